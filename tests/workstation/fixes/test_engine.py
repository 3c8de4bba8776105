"""Applying and undoing: the old state is kept first, and comes back exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygie.workstation.fixes.engine import FixError, ForeignChangeError, apply, undo
from hygie.workstation.fixes.hand import FileState
from hygie.workstation.fixes.model import FixPlan
from hygie.workstation.fixes.packages import install_step
from hygie.workstation.fixes.records import (
    RecordError,
    RecordState,
    StepState,
    UndoRecord,
    find_record,
    list_records,
    load,
    save,
)
from hygie.workstation.fixes.steps import CommandStep, FileStep, SettingStep, Step
from hygie.workstation.fixes.text import render_record
from tests.workstation.fixes.hands import FakeHand

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
RULES = FileState(b"# aucune r\xe8gle\n", 0o640, 0, 42)
SETTING = SettingStep("Verrouillage", "org.essai", "verrou", "false", "true", at_default=True)
FILE = FileStep("Réglage", "/etc/essai.conf", None, FileState(b"oui\n"))
COMMAND = CommandStep("Service", "arrêté", "en marche", (("service", "on"),), ("service", "off"), ("/etc/regles",))


def world() -> FakeHand:
    def on(hand: FakeHand) -> None:
        hand.files["/etc/regles"] = FileState(b"tout fermer\n", 0o640, 0, 42)

    def off(hand: FakeHand) -> None:
        hand.files.pop("/etc/regles", None)

    return FakeHand(
        {"org.essai verrou": "false"},
        {"/etc/regles": RULES},
        {"service on": on, "service off": off},
    )


def plan(*steps: Step) -> FixPlan:
    return FixPlan("essai", "Correction d’essai", "medecin", steps or (SETTING, FILE, COMMAND))


def test_everything_is_done_then_undone_to_the_byte(tmp_path: Path) -> None:
    hand = world()
    record = apply(plan(), hand, tmp_path, NOW)
    assert hand.settings == {"org.essai verrou": "true"}
    assert hand.files["/etc/essai.conf"].data == b"oui\n"
    assert record.state is RecordState.APPLIED
    undo(load(tmp_path / f"{record.id}.json"), hand, tmp_path)
    assert hand.settings == world().settings
    assert hand.files == world().files
    assert find_states(tmp_path) == [RecordState.UNDONE]


def find_states(folder: Path) -> list[RecordState]:
    return [record.state for record in list_records(folder)[0]]


def test_the_record_tells_who_when_which_hygie_and_the_old_values_with_their_type(tmp_path: Path) -> None:
    record = apply(plan(), world(), tmp_path, NOW)
    path = tmp_path / f"{record.id}.json"
    data = json.loads(path.read_text())
    assert (data["who"], data["at"], data["format"]) == ("medecin", "2026-11-22T09:30:00+00:00", 1)
    assert data["hygie"]
    assert [step["progress"] for step in data["steps"]] == ["done"] * 3
    assert data["steps"][0]["old"] == "false"
    assert data["steps"][2]["before"]["/etc/regles"]["mode"] == 0o640
    assert path.stat().st_mode & 0o777 == 0o600
    assert load(path) == record


def test_the_old_state_is_on_the_disk_before_anything_changes(tmp_path: Path) -> None:
    hand = world()
    hand.fails = {"gsettings set"}
    seen: list[str] = []
    original = hand.run

    def spy(argv: list[str], *, seconds: float = 30) -> object:
        if argv[1] == "set":
            seen.extend(path.read_text() for path in tmp_path.glob("*.json"))
        return original(argv, seconds=seconds)

    hand.run = spy  # type: ignore[assignment,method-assign]
    with pytest.raises(FixError):
        apply(plan(), hand, tmp_path, NOW)
    assert len(seen) == 1
    assert '"begun"' in seen[0]


@pytest.mark.parametrize(
    ("fails", "steps"),
    [
        ("service on", (SETTING, FILE, COMMAND)),
        ("put /etc/essai.conf", (SETTING, COMMAND, FILE)),
        ("gsettings set", (COMMAND, FILE, SETTING)),
    ],
)
def test_a_failure_in_the_middle_puts_back_what_was_done(tmp_path: Path, fails: str, steps: tuple[Step, ...]) -> None:
    hand = world()
    hand.fails = {fails}
    with pytest.raises(FixError, match="remis comme avant"):
        apply(plan(*steps), hand, tmp_path, NOW)
    assert hand.settings == world().settings
    assert hand.files == world().files
    assert find_states(tmp_path) == [RecordState.ROLLED_BACK]


def test_when_the_way_back_fails_too_it_is_said_and_can_be_resumed(tmp_path: Path) -> None:
    hand = world()
    hand.fails = {"service on", "service off"}
    with pytest.raises(FixError, match="a échoué aussi"):
        apply(plan(), hand, tmp_path, NOW)
    assert hand.settings == world().settings, "one step that resists does not keep the others in place"
    record = find_record(tmp_path, "essai")
    assert record.state is RecordState.STARTED
    hand.fails = set()
    undo(record, hand, tmp_path)
    assert hand.files == world().files
    assert find_states(tmp_path) == [RecordState.UNDONE]


def test_nothing_is_done_when_the_record_cannot_be_written(tmp_path: Path) -> None:
    hand = world()
    (tmp_path / "plein").write_text("")
    with pytest.raises(FixError, match="Rien n’a été changé"):
        apply(plan(), hand, tmp_path / "plein", NOW)
    assert hand.settings == world().settings


def test_a_plan_shown_long_ago_is_refused(tmp_path: Path) -> None:
    hand = world()
    hand.settings["org.essai verrou"] = "peut-être"
    with pytest.raises(FixError, match="changé entre-temps"):
        apply(plan(), hand, tmp_path, NOW)
    hand = world()
    hand.files["/etc/essai.conf"] = FileState(b"non\n")
    with pytest.raises(FixError, match="changé entre-temps"):
        apply(plan(), hand, tmp_path, NOW)
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_somebody_changed_since_is_not_wiped_without_asking(tmp_path: Path, number: int) -> None:
    hand = world()
    record = apply(plan(), hand, tmp_path, NOW)
    if number == 0:
        hand.settings["org.essai verrou"] = "'autre'"
    else:
        hand.files["/etc/essai.conf" if number == 1 else "/etc/regles"] = FileState(b"autre\n")
    before = (dict(hand.settings), dict(hand.files))
    with pytest.raises(ForeignChangeError, match=r"sudo ./hygie annuler .*-essai --forcer`"):
        undo(record, hand, tmp_path)
    assert (hand.settings, hand.files) == before
    undo(record, hand, tmp_path, forced=True)
    assert hand.settings == world().settings
    assert hand.files == world().files


def test_what_somebody_already_put_back_is_no_obstacle(tmp_path: Path) -> None:
    hand = world()
    record = apply(plan(SETTING, FILE), hand, tmp_path, NOW)
    hand.settings["org.essai verrou"] = "false"
    hand.files.pop("/etc/essai.conf")
    undo(record, hand, tmp_path)
    assert hand.files == world().files


def test_a_file_keeps_its_mode_and_owner_and_gets_them_back(tmp_path: Path) -> None:
    hand = world()
    old = FileState(b"non\n", 0o600, 7, 8)
    hand.files["/etc/essai.conf"] = old
    record = apply(plan(replace(FILE, old=FileState(b"non\n"))), hand, tmp_path, NOW)
    assert hand.files["/etc/essai.conf"] == FileState(b"oui\n", 0o600, 7, 8)
    undo(record, hand, tmp_path)
    assert hand.files["/etc/essai.conf"] == old


def test_a_setting_chosen_by_the_person_is_written_back_rather_than_reset(tmp_path: Path) -> None:
    hand = world()
    record = apply(plan(replace(SETTING, at_default=False)), hand, tmp_path, NOW)
    undo(record, hand, tmp_path)
    assert "gsettings set org.essai verrou false" in hand.ran


def test_an_undone_correction_cannot_be_undone_twice(tmp_path: Path) -> None:
    hand = world()
    record = apply(plan(), hand, tmp_path, NOW)
    undo(record, hand, tmp_path)
    with pytest.raises(FixError, match="annulée"):
        undo(record, hand, tmp_path)
    again = find_record(tmp_path, "essai")
    with pytest.raises(FixError, match="déjà annulée"):
        undo(again, hand, tmp_path)


def test_nothing_is_installed_without_a_yes(tmp_path: Path) -> None:
    hand = world()
    with pytest.raises(FixError, match="votre accord"):
        apply(plan(install_step("ufw")), hand, tmp_path, NOW)
    assert hand.ran == []


def test_a_correction_cut_by_a_power_failure_can_be_undone(tmp_path: Path) -> None:
    hand = world()
    record = apply(plan(), hand, tmp_path, NOW)
    record.state, record.progress = RecordState.STARTED, [StepState.DONE, StepState.BEGUN, StepState.PLANNED]
    hand.files = {"/etc/regles": RULES}  # the second step had not written its file
    save(record, tmp_path)
    undo(find_record(tmp_path, "essai"), hand, tmp_path)
    assert hand.settings == world().settings
    assert hand.files == world().files


def test_a_damaged_record_is_told_and_hides_no_other(tmp_path: Path) -> None:
    record = apply(plan(), world(), tmp_path, NOW)
    (tmp_path / "abime.json").write_text('{"format": 1')
    (tmp_path / "autre.json").write_text('{"format": 99}')
    records, problems = list_records(tmp_path)
    assert [one.id for one in records] == [record.id]
    assert len(problems) == 2
    with pytest.raises(RecordError, match="abime"):
        find_record(tmp_path, "inconnue")


def test_a_record_reads_as_one_line_of_french(tmp_path: Path) -> None:
    record: UndoRecord = apply(plan(), world(), tmp_path, NOW)
    line = render_record(record).replace("\u00a0", " ")
    here = record.at.astimezone()
    assert line.startswith(f"22 novembre 2026 à {here.hour} h {here:%M} · Correction d’essai · appliquée · ")
