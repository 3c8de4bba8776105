"""The command as a person types it: French help, French errors, honest exit statuses, any terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hygie.agent import cli, recording
from hygie.agent.verify import status_of
from hygie.evidence.model import Verdict
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp, run_checkup
from hygie.workstation.collect import Timing
from hygie.workstation.facts.model import Facts
from hygie.workstation.probe import Identity
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.probes.writing import write_recording
from hygie.workstation.systems import collectors_for
from tests.workstation.desktops import gnome
from tests.workstation.machines import NOW

ROOT = Path(__file__).resolve().parents[2]
# The bare interpreter, as users have it: the check-up needs no virtual environment.
PLAIN_PYTHON = sys._base_executable  # type: ignore[attr-defined]
ENGLISH = ("usage:", "positional", "optional", "options:", "show this", "required", "error", "choose")


def hygie(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LC_ALL": "C.UTF-8", **settings}
    return subprocess.run([PLAIN_PYTHON, ROOT / "hygie", *arguments], env=environ, capture_output=True, check=False)


def desktop() -> Recording:
    return gnome(idle="uint32 0")._recording  # never locks: something to fix


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A recorded desktop."""
    write_recording(desktop(), tmp_path / "poste")
    return tmp_path / "poste"


def checkup_of(*verdicts: Verdict) -> CheckUp:
    findings = tuple(Finding("x", verdict, "T", "S.", "", "", (), ()) for verdict in verdicts)
    identity = Identity("linux", "accueil", 1000, "/home/accueil", elevated=False, computer="0" * 16, host_name="poste")
    return CheckUp(identity, NOW, 1, Facts({}), findings, (Timing("t", 1, finished=True),))


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ((Verdict.OK,), 0),
        ((Verdict.OK, Verdict.NOT_APPLICABLE), 0),
        ((Verdict.OK, Verdict.WATCH), 0),
        ((Verdict.OK, Verdict.UNKNOWN), 3),
        ((Verdict.UNKNOWN, Verdict.TO_FIX, Verdict.OK), 1),
    ],
)
def test_the_exit_status_says_the_worst_that_was_found(verdicts: tuple[Verdict, ...], status: int) -> None:
    assert status_of(checkup_of(*verdicts)) == status


def test_a_machine_that_says_nothing_is_not_in_order() -> None:
    nothing = run_checkup(
        ReplayProbe(Recording(desktop().identity, NOW)),
        collectors_for("linux"),
        list(checks().values()),
    )
    assert status_of(nothing) in {1, 3}
    assert nothing.count(Verdict.OK) <= 1  # the age of Hygie's own list needs no machine


HELP = [("--aide",), ("-h",), ("verifier", "--aide"), ("corriger", "-h"), ("annuler", "-h")]


@pytest.mark.parametrize("arguments", HELP)
def test_the_help_is_in_french(arguments: tuple[str, ...]) -> None:
    said = hygie(*arguments)
    text = said.stdout.decode()
    assert said.returncode == 0
    assert text.startswith("Utilisation\u00a0: hygie")
    assert [word for word in ENGLISH if word in text.lower()] == []


def test_the_help_explains_the_exit_statuses() -> None:
    assert "Codes de sortie" in hygie("--aide").stdout.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ("verifie",),
        ("verifier", "--detaill"),
        ("verifier", "--json", "--ocsf"),
        ("verifier", "--rejouer"),
        ("verifier", "de", "trop"),
    ],
)
def test_a_command_that_is_not_understood_is_refused_with_a_way_out(arguments: tuple[str, ...]) -> None:
    said = hygie(*arguments)
    assert (said.returncode, said.stdout) == (2, b"")
    told = said.stderr.decode().replace("\u00a0", " ")
    assert "Commande non comprise : " in told
    assert "Tapez « ./hygie --aide »" in told
    assert [word for word in (*ENGLISH, "traceback", "argument", "invalid", "allowed") if word in told.lower()] == []


def test_the_bare_command_shows_the_help_and_is_no_success() -> None:
    said = hygie()
    assert (said.returncode, said.stdout) == (2, b"")
    assert "Codes de sortie" in said.stderr.decode()


def test_the_version_is_said() -> None:
    said = hygie("--version")
    assert (said.returncode, said.stdout[:6]) == (0, b"Hygie ")


def test_a_recording_is_judged_instead_of_this_computer(recorded: Path) -> None:
    said = hygie("verifier", "--rejouer", recorded, "--json")
    report = json.loads(said.stdout)
    assert (said.returncode, report["computer"]["name"], report["at"]) == (1, "poste", NOW.isoformat())
    assert "Enregistrement d’un poste" in hygie("verifier", "--rejouer", recorded).stdout.decode()


@pytest.mark.parametrize("form", ["--json", "--ocsf"])
def test_the_json_stays_json_on_a_narrow_terminal(recorded: Path, form: str) -> None:
    said = hygie("verifier", "--rejouer", recorded, form, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert json.loads(said.stdout)


@pytest.mark.parametrize("encoding", ["ascii", "cp850", "latin-1", "cp1252", "utf-16"])
def test_any_terminal_gets_the_whole_checkup(recorded: Path, encoding: str) -> None:
    said = hygie("verifier", "--rejouer", recorded, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (said.returncode, said.stderr) == (1, b"")
    text = said.stdout.decode(encoding)
    assert "corriger" in text
    assert "Traceback" not in text


def test_there_is_no_colour_out_of_a_terminal(recorded: Path) -> None:
    assert b"\x1b" not in hygie("verifier", "--rejouer", recorded).stdout


@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_the_person_wants_none(
    recorded: Path, settings: dict[str, str], coloured: object
) -> None:
    master, slave = pty.openpty()
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LC_ALL": "C.UTF-8", **settings}
    command = [sys.executable, str(ROOT / "hygie"), "verifier", "--rejouer", str(recorded)]
    with subprocess.Popen(command, env=environ, stdin=slave, stdout=slave, stderr=slave) as process:
        os.close(slave)
        said = b""
        try:
            while chunk := os.read(master, 65_536):
                said += chunk
        except OSError:  # how Linux says that the other side is gone
            os.close(master)
        assert process.wait() == 1
    assert (b"\x1b[1;" in said) is coloured


def test_lines_fit_eighty_columns(recorded: Path) -> None:
    lines = hygie("verifier", "--rejouer", recorded).stdout.decode().splitlines()
    commands = [line for line in lines if len(line) > 80]
    assert [line for line in commands if " " in line.strip() and "sudo" not in line and "./hygie" not in line] == []


def test_the_detail_shows_facts_sources_and_times(recorded: Path) -> None:
    text = hygie("verifier", "--rejouer", recorded, "--detail").stdout.decode()
    assert "Faits lus" in text
    assert "[/etc/os-release]" in text
    assert " ms  " in text


def test_a_reader_that_leaves_gets_neither_a_traceback_nor_a_calm_status(recorded: Path) -> None:
    script = f"('{sys.executable}' '{ROOT / 'hygie'}' verifier --rejouer '{recorded}' --json; echo $? >&2) | head -c 1"
    said = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert said.stderr in {b"141\n", b"1\n"}  # 1 where the pipe could hold the whole answer


@pytest.mark.parametrize("folder", ["rien", "vide"])
def test_a_folder_without_recording_is_refused_in_french(tmp_path: Path, folder: str) -> None:
    (tmp_path / "vide").mkdir()
    said = hygie("verifier", "--rejouer", tmp_path / folder)
    assert (said.returncode, said.stdout) == (2, b"")
    assert "lecture impossible" in said.stderr.decode()
    assert "Traceback" not in said.stderr.decode()


def test_a_recording_of_this_computer_gives_back_its_verdicts(tmp_path: Path) -> None:
    said = hygie("verifier", "--enregistrer", tmp_path / "poste")
    text = said.stdout.decode()
    assert (said.returncode, "donne les mêmes" in text) == (0, True), text
    again = json.loads(hygie("verifier", "--rejouer", tmp_path / "poste", "--json").stdout)
    assert len(again["findings"]) == len(checks())
    assert again["computer"] == {"id": "0" * 16, "name": "poste", "system": "linux"}


def test_a_recording_never_goes_over_another_folder(tmp_path: Path) -> None:
    (tmp_path / "precieux.txt").write_text("à garder")
    (tmp_path / "fichier").touch()
    for folder in (tmp_path, tmp_path / "fichier"):
        said = hygie("verifier", "--enregistrer", folder)
        assert (said.returncode, "Choisissez un dossier neuf" in said.stderr.decode()) == (2, True)
    assert sorted(path.name for path in tmp_path.glob("*.t*")) == ["precieux.txt"]


def test_recording_a_recording_is_refused(recorded: Path, tmp_path: Path) -> None:
    said = hygie("verifier", "--rejouer", recorded, "--enregistrer", tmp_path / "autre")
    assert said.returncode == 2
    assert not (tmp_path / "autre").exists()


def test_a_name_left_in_a_recording_is_told(tmp_path: Path) -> None:
    identity = replace(desktop().identity, user="mlefort", uid=1000, host_name="pc-lefort")
    (tmp_path / "machine.toml").write_text("un reste de pc-lefort", encoding="utf-8")
    assert recording.traces(tmp_path, identity) == ["le nom du poste"]
    (tmp_path / "machine.toml").write_text("rien de mlefort ni de PC-LEFORT", encoding="utf-8")
    assert recording.traces(tmp_path, identity) == ["votre nom de session"]


def test_an_interruption_is_told_calmly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: str) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_verb", interrupted)
    assert cli.main(["verifier"]) == 130
    assert "Interrompu" in capsys.readouterr().err
