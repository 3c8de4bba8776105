"""Correcting and undoing as a person does: nothing without a yes, everything put back to the byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hygie.agent import mend
from hygie.agent.cli import main
from hygie.workstation.fixes import registry
from hygie.workstation.fixes.hand import FileState
from hygie.workstation.fixes.model import Fix, FixPlan, FixRefusal
from hygie.workstation.fixes.steps import FileStep
from hygie.workstation.probe import Probe

NEW = b"verrou = oui\n"


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings, and a correction named "essai" that rewrites it whole."""
    path = tmp_path / "réglages.conf"
    path.write_bytes(b"verrou = non\r\n# accentu\xe9\n")
    path.chmod(0o640)

    def prepare(_: Probe) -> FixPlan | FixRefusal:
        now = path.read_bytes()
        if now == NEW:
            return FixRefusal("essai", "Le verrou est déjà réglé.", in_place=True)
        step = FileStep("Réglage du verrou", str(path), FileState(now), FileState(NEW))
        return FixPlan("essai", "Régler le verrou", "personne", (step,))

    monkeypatch.setattr(registry, "FIXES", {"essai": Fix("essai", "Régler le verrou", prepare)})
    return path


def test_the_list_of_corrections_says_what_is_possible(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corriger"]) == 0
    assert "essai" in (said := capsys.readouterr().out)
    assert "possible maintenant" in said


def test_without_a_person_to_say_yes_nothing_changes(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = setting.read_bytes()
    assert main(["corriger", "essai"]) == mend.NOT_DONE
    said = capsys.readouterr().out
    assert "verrou = oui" in said
    assert "Rien n’a été changé." in said
    assert setting.read_bytes() == before


@pytest.mark.parametrize("answer", ["", "non", "n", "peut-être", "yes"])
def test_anything_but_a_clear_yes_is_a_no(setting: Path, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert main(["corriger", "essai"]) == mend.NOT_DONE
    assert setting.read_bytes() != NEW


def test_a_yes_applies_and_undoing_puts_back_every_byte_and_the_rights(setting: Path) -> None:
    before, mode = setting.read_bytes(), setting.stat().st_mode
    assert main(["corriger", "essai", "--oui"]) == mend.DONE
    assert setting.read_bytes() == NEW
    assert main(["annuler", "essai"]) == mend.DONE
    assert (setting.read_bytes(), setting.stat().st_mode) == (before, mode)


def test_what_is_already_in_place_is_said_and_is_no_error(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setting.write_bytes(NEW)
    assert main(["corriger", "essai", "--oui"]) == mend.DONE
    assert "déjà réglé" in capsys.readouterr().out


def test_a_value_changed_since_is_not_wiped_unless_forced(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = setting.read_bytes()
    main(["corriger", "essai", "--oui"])
    setting.write_bytes(b"verrou = parfois\n")
    assert main(["annuler", "essai"]) == mend.NOT_DONE
    assert "--forcer" in capsys.readouterr().out
    assert setting.read_bytes() == b"verrou = parfois\n"
    assert main(["annuler", "essai", "--forcer"]) == mend.DONE
    assert setting.read_bytes() == before


def test_corrections_done_are_listed_with_the_way_back(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annuler"]) == mend.DONE
    assert "Aucune correction" in capsys.readouterr().out
    main(["corriger", "essai", "--oui"])
    assert main(["annuler"]) == mend.DONE
    assert "appliquée" in capsys.readouterr().out


def test_an_unknown_name_is_refused_with_the_known_ones(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corriger", "inconnue"]) == mend.NOT_DONE
    assert "essai" in capsys.readouterr().out
    assert main(["annuler", "inconnue"]) == mend.NOT_DONE


def test_undo_records_are_closed_to_others(setting: Path) -> None:
    main(["corriger", "essai", "--oui"])
    folder = Path(os.environ["HYGIE_DATA_DIR"]) / "corrections"
    assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0]


def test_every_correction_named_by_a_check_exists() -> None:
    from hygie.workstation.checks.loader import checks

    named = {check.texts.fix for check in checks().values() if check.texts.fix}
    assert named == set(registry.FIXES)


def test_a_correction_already_undone_is_said_to_be_so(setting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["corriger", "essai", "--oui"])
    assert main(["annuler", "essai"]) == mend.DONE
    capsys.readouterr()
    assert main(["annuler", "essai"]) == mend.NOT_DONE
    assert "déjà annulée" in capsys.readouterr().out


def test_the_ways_back_and_forth_carry_sudo_where_they_need_it(
    setting: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["corriger", "essai", "--oui"])
    main(["annuler"])
    said = capsys.readouterr().out
    assert "Pour revenir en arrière\u00a0: sudo ./hygie annuler 2" in said
    assert "Pour en défaire une\u00a0: sudo ./hygie annuler NOM" in said
    assert "`" not in said
    assert "UTC" not in said
