"""A check-up made with sudo reaches the page; what cannot be read is set aside and said, never lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hygie.agent.report import report_of
from hygie.evidence.model import Verdict
from hygie.server.checkups.models import CheckUp, State
from hygie.server.checkups.received import take_in
from hygie.server.checkups.services import begin
from hygie.server.proofs.services import evidence_of
from hygie.workstation.probes.who import identity_of_this_computer
from tests.server.stored import checkup, first_checks, practice, store

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
HERE = identity_of_this_computer().computer


def report(moment: datetime = NOW, /, **changes: Any) -> dict[str, Any]:
    return {**report_of(checkup({}, moment, computer=HERE, elevated=True)), **changes}


def leave(folder: Path, content: Any) -> Path:
    path = folder / "bilan.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def verdict_of(check: str) -> Verdict:
    return next(e.verdict for e in evidence_of(practice().id) if e.source == check and e.subject == HERE)


def test_a_report_left_with_sudo_is_stored_as_a_checkup_with_its_proofs(tmp_path: Path) -> None:
    path = leave(tmp_path, report())
    assert take_in(practice().id, tmp_path) == 1
    assert not path.exists()
    row = CheckUp.objects.of(practice().id).get()
    assert (row.state, row.report["elevated"]) == (State.DONE, True)
    assert verdict_of(first_checks(1)[0]) is Verdict.OK


def test_what_rights_kept_unread_later_does_not_erase_what_was_proven(tmp_path: Path) -> None:
    check = first_checks(1)[0]
    leave(tmp_path, report(NOW - timedelta(days=1)))
    take_in(practice().id, tmp_path)
    store({check: Verdict.UNKNOWN}, NOW, computer=HERE)  # needs_admin: nobody looked
    assert verdict_of(check) is Verdict.OK
    store({check: Verdict.TO_FIX}, NOW, computer=HERE)  # somebody looked
    assert verdict_of(check) is Verdict.TO_FIX


def test_an_ended_proof_gives_way_to_what_could_not_be_read(tmp_path: Path) -> None:
    check = first_checks(1)[0]
    leave(tmp_path, report(NOW - timedelta(days=200)))
    take_in(practice().id, tmp_path)
    store({check: Verdict.UNKNOWN}, NOW, computer=HERE)
    assert verdict_of(check) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ceci n’est pas du JSON", "n’a pas été retenu"),
        ([1, 2], "n’est pas un bilan"),
        (report(version=99), "n’est pas un bilan"),
        (report(computer={"id": HERE}), "incomplet ou abîmé"),
        (report(findings=[{"check": "x"}]), "incomplet ou abîmé"),
        (report(at="2026-11-22T09:00:00"), "fuseau horaire"),
        (report(computer={"id": "f" * 16, "name": "autre", "system": "linux"}), "un autre ordinateur"),
        (report(NOW + timedelta(days=3)), "dans le futur"),
    ],
)
def test_a_report_that_cannot_be_trusted_is_set_aside_and_said(
    tmp_path: Path, content: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = leave(tmp_path, content)
    assert take_in(practice().id, tmp_path) == 0
    assert said in capsys.readouterr().out
    assert path.with_suffix(".refuse").exists()
    assert not CheckUp.objects.of(practice().id).exists()


def test_a_report_waits_while_another_checkup_is_under_way(tmp_path: Path) -> None:
    begin(practice().id, HERE, NOW)
    path = leave(tmp_path, report())
    assert take_in(practice().id, tmp_path) == 0
    assert path.exists()


def test_a_folder_that_does_not_exist_yet_holds_nothing(tmp_path: Path) -> None:
    assert take_in(practice().id, tmp_path / "absent") == 0
