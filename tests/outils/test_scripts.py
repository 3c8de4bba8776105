"""The scripts behind `make tests`: one red gate makes it all red, and what is missing is said with its reason."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OUTILS = Path(__file__).resolve().parents[2] / "outils"


def run(script: str, *argv: str, path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a script that sees only the programs of the folder ``path``."""
    bash = shutil.which("bash")
    assert bash
    env = {"PATH": str(path), **environ}
    return subprocess.run([bash, OUTILS / script, *argv], env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "programmes"
    folder.mkdir()
    return folder


def add(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    (folder / name).chmod(0o755)


def test_all_gates_green_is_green(programs: Path) -> None:
    add(programs, "make", "exit 0")
    done = run("tests.sh", path=programs)
    assert done.returncode == 0
    assert done.stdout.endswith("6 passed, 0 failed\n")


def test_one_red_gate_is_red_and_the_others_are_still_tried(programs: Path) -> None:
    add(programs, "make", '[ "$2" != types ]')
    done = run("tests.sh", path=programs)
    assert done.returncode == 1
    assert "types        ÉCHEC" in done.stdout
    assert "postgres     réussi" in done.stdout
    assert done.stdout.endswith("5 passed, 1 failed\n")


def test_without_the_right_to_install_it_says_what_is_missing_why_and_the_command(programs: Path) -> None:
    add(programs, "id", "echo 1000")
    add(programs, "pdftoppm", "")
    done = run("systeme.sh", path=programs, PYTHON=sys.executable)
    assert done.returncode == 1
    assert "- chromium : les pages dans un vrai navigateur" in done.stderr
    assert "sudo apt-get install --no-install-recommends" in done.stderr
    assert "poppler-utils" not in done.stderr


def test_it_installs_only_what_is_missing_through_sudo(programs: Path, tmp_path: Path) -> None:
    for name in ("chromium", "pdftoppm", "initdb", "ip", "dbus-daemon", "gsettings", "dconf-service", "ufw"):
        add(programs, name, "")
    add(programs, "id", "echo 1000")
    add(programs, "sudo", 'shift; exec "$@"')
    add(programs, "env", 'shift; exec "$@"')
    add(programs, "mktemp", f"echo {tmp_path}/journal")
    add(programs, "rm", "")
    add(programs, "true", "")
    add(programs, "apt-get", f'echo "$@" >> {tmp_path}/demandes')
    done = run("systeme.sh", path=programs, PYTHON=sys.executable)
    assert (done.returncode, done.stdout) == (0, "Installation de : util-linux\n")
    asked = (tmp_path / "demandes").read_text("utf-8").splitlines()
    assert asked[0].endswith("update")
    assert asked[1].endswith("install --no-install-recommends util-linux")


def test_the_throw_away_database_gives_the_status_of_its_command() -> None:
    command = [str(OUTILS / "postgres.sh"), "bash", "-c", 'echo "$HYGIE_DATABASE_URL"; exit 3']
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stdout.startswith("postgresql://hygie:")
