"""What went wrong is said in French, with something to do, and never with the status of a check-up."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from hygie.agent import cli, guard
from hygie.catalogue.fields import CatalogueError

START = "import sys; from hygie.agent.cli import main; sys.exit(main(['demarrer', '--sans-navigateur']))"


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_: object, __: object) -> int:
        raise error

    monkeypatch.setattr(cli, "_verb", lambda _: fail)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/root/x"), "/root/x : vous n’en avez pas le droit"),
        (OSError(errno.ENOSPC, "No space left on device"), "le disque est plein"),
        (OSError(errno.EROFS, "Read-only file system", "/x"), "lecture seule"),
        (CatalogueError("mesure.toml", "il manque un titre.", "ajoutez-le."), "À faire : ajoutez-le."),
        (ZeroDivisionError("division by `zero`"), "erreur imprévue"),
    ],
)
def test_every_failure_is_told_in_french_with_status_two(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, error)
    assert cli.main(["verifier"]) == 2
    told = capsys.readouterr().err
    assert said in told.replace("\u00a0", " ")
    assert [word for word in ("Traceback", "denied", "No space left", "Errno", "`") if word in told] == []


def test_the_traceback_is_shown_only_to_who_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(guard.DEBUG, "1")
    failing(monkeypatch, ZeroDivisionError("division by zero"))
    assert cli.main(["verifier"]) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "said"), [(11, "abîmée"), (26, "abîmée"), (13, "disque est plein"), (1032, "droits"), (5, "occupée")]
)
def test_an_error_of_sqlite_is_recognised_under_the_one_that_wraps_it(code: int, said: str) -> None:
    inner, outer = sqlite3.DatabaseError("words in English"), RuntimeError("enveloppe")
    inner.sqlite_errorcode = code
    outer.__cause__ = inner
    assert said in guard.sentence(outer)


@pytest.mark.parametrize("damage", ["not-sqlite", "truncated", "rotten page"])
def test_a_damaged_database_stops_the_start_and_is_left_as_it_is(damage: str, tmp_path: Path) -> None:
    base = tmp_path / "hygie.sqlite3"
    if damage == "not-sqlite":
        base.write_bytes(b"ceci n'est pas une base " * 400)
    else:
        with sqlite3.connect(base) as made:
            made.execute("pragma journal_mode=wal")  # as Hygie's own, or else its header would change at once
            made.execute("create table essai (texte text)")
            made.executemany("insert into essai values (?)", [("x" * 900,)] * 200)
        made.close()
        whole = base.read_bytes()
        # A rotten page lies where the first reads do not go: only the check at start sees it.
        rotten = whole[:40_960] + b"\x7f" * 4_096 + whole[45_056:]
        base.write_bytes(rotten if damage == "rotten page" else whole[:40_000])
    before = base.read_bytes()
    environ = {**os.environ, "HYGIE_DATA_DIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(
        [sys.executable, "-c", START], env=environ, capture_output=True, text=True, timeout=20, check=False
    )
    assert (said.returncode, "La base de Hygie est abîmée" in said.stderr) == (2, True), said.stderr
    assert "Traceback" not in said.stderr
    assert base.read_bytes() == before
