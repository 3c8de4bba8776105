"""A check-up and its evidence are kept together or not at all; ``since`` says how long a verdict has lasted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Kind
from hygie.evidence.model import Evidence, Verdict
from hygie.server.checkups import services, work
from hygie.server.checkups.models import State
from hygie.server.practice.models import Computer
from hygie.server.proofs.models import Proof
from hygie.server.proofs.services import evidence_of, record
from tests.server.stored import COMPUTER, checkup, first_checks, practice, store

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def piece(verdict: Verdict, at: datetime, subject: str = "poste-1") -> Evidence:
    return Evidence(str(practice().id), "pare-feu", Kind.PROBE, "un", subject, verdict, at, at + 30 * DAY, at)


def kept(subject: str = "poste-1") -> Evidence:
    (found,) = [e for e in evidence_of(practice().id) if e.subject == subject]
    return found


def test_a_verdict_that_lasts_keeps_the_day_it_was_first_seen() -> None:
    for days in range(3):
        record(practice().id, [piece(Verdict.TO_FIX, MONDAY + days * DAY)])
    assert (kept().since, kept().observed_at) == (MONDAY, MONDAY + 2 * DAY)
    assert Proof.objects.of(practice().id).count() == 1


def test_a_verdict_that_changes_starts_a_new_interval_and_keeps_the_old_one() -> None:
    record(practice().id, [piece(Verdict.TO_FIX, MONDAY)])
    record(practice().id, [piece(Verdict.OK, MONDAY + DAY)])
    record(practice().id, [piece(Verdict.TO_FIX, MONDAY + 2 * DAY)])
    assert kept().since == MONDAY + 2 * DAY
    assert Proof.objects.of(practice().id).filter(current=False).count() == 2


def test_another_computer_has_its_own_intervals() -> None:
    record(practice().id, [piece(Verdict.TO_FIX, MONDAY)])
    record(practice().id, [piece(Verdict.TO_FIX, MONDAY + DAY, subject="poste-2")])
    assert kept("poste-1").since == MONDAY
    assert kept("poste-2").since == MONDAY + DAY


def test_the_last_look_is_believed_even_when_the_clock_went_back() -> None:
    record(practice().id, [piece(Verdict.OK, MONDAY + 1000 * DAY)])
    record(practice().id, [piece(Verdict.OK, MONDAY)])
    assert (kept().observed_at, kept().since) == (MONDAY, MONDAY)


def test_the_stored_digest_is_that_of_the_content() -> None:
    record(practice().id, [piece(Verdict.OK, MONDAY)])
    record(practice().id, [piece(Verdict.OK, MONDAY + DAY)])
    assert Proof.objects.of(practice().id).get().digest == kept().digest


def test_a_verdict_unknown_to_this_version_is_never_given_to_the_judge() -> None:
    record(practice().id, [piece(Verdict.OK, MONDAY)])
    Proof.objects.of(practice().id).update(verdict="splendide")
    assert evidence_of(practice().id) == []


def test_storing_ends_the_checkup_and_knows_the_computer() -> None:
    number = store({first_checks(1)[0]: Verdict.TO_FIX}, MONDAY)
    row = services.one(practice().id, number)
    assert row is not None
    assert (row.state, row.finished_at) == (State.DONE, MONDAY)
    assert row.verdicts[first_checks(1)[0]] == "to_fix"
    assert row.report["schema"] == "hygie-bilan"
    assert Computer.objects.of(practice().id).get().name == "poste-accueil"


def test_nothing_of_a_checkup_is_kept_when_its_evidence_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(RuntimeError):
        store({}, MONDAY)
    row = services.running(practice().id)
    assert row is not None
    assert row.report == {}
    assert not Computer.objects.of(practice().id).exists()


def test_only_one_checkup_of_a_computer_runs_at_a_time() -> None:
    assert services.begin(practice().id, COMPUTER, MONDAY)
    assert services.begin(practice().id, COMPUTER, MONDAY) is None
    assert services.begin(practice().id, "another", MONDAY)


def test_a_checkup_given_up_meanwhile_is_not_stored_over() -> None:
    number = services.begin(practice().id, COMPUTER, MONDAY)
    assert number
    services.interrupt(practice().id, MONDAY)
    services.store_checkup(practice().id, number, {"findings": []}, [piece(Verdict.OK, MONDAY)], MONDAY)
    row = services.one(practice().id, number)
    assert row
    assert row.state == State.INTERRUPTED
    assert evidence_of(practice().id) == []


def test_a_checkup_dated_in_the_future_is_not_the_latest() -> None:
    right = store({}, MONDAY)
    store({}, MONDAY + 1000 * DAY)
    row = services.latest(practice().id, MONDAY + DAY)
    assert row
    assert row.uuid == right


@pytest.mark.django_db(transaction=True)
def test_the_background_work_stores_what_it_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "look_at_this_computer", lambda: checkup({}, MONDAY))
    thread = work.launch(practice().id)
    assert thread
    thread.join()
    assert services.latest(practice().id, timezone.now())
    assert {e.measure for e in evidence_of(practice().id)} <= set(catalogue().measures)


@pytest.mark.django_db(transaction=True)
def test_a_look_that_breaks_is_shown_as_interrupted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise OSError("gone")

    monkeypatch.setattr(work, "look_at_this_computer", broken)
    thread = work.launch(practice().id)
    assert thread
    thread.join()
    assert services.history(practice().id).get().state == State.INTERRUPTED
    assert "did not come to its end" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_checkup_is_made_at_the_start_only_when_the_last_one_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(work, "look_at_this_computer", lambda: checkup({}, now))
    store({}, now - timedelta(hours=23))
    assert work.launch_if_stale(practice().id, now) is None
    thread = work.launch_if_stale(practice().id, now + timedelta(hours=2))
    assert thread
    thread.join()
