"""docs/enregistrement.md shows recordings that really load, and the trap it quotes is the one of the tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probes.files import MACHINE, load_recording
from tests.machines.cases import EXPECTED, HERE

TEXT = (Path(__file__).parents[2] / "docs" / "enregistrement.md").read_text(encoding="utf-8")
WHOLE, TRAP, TABLE = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def test_the_example_of_the_format_loads(tmp_path: Path) -> None:
    (tmp_path / MACHINE).write_text(WHOLE, encoding="utf-8")
    recording = load_recording(tmp_path)
    assert [len(table) for table in recording.tables()] == [1, 2, 1, 1, 0, 0, 0]
    assert isinstance(recording.files["/etc/shadow"], Unknown)


def test_the_trap_quoted_is_the_one_of_the_tests() -> None:
    folder = HERE / "linux" / "verrouillage-jamais"
    written = tomllib.loads((folder / MACHINE).read_text(encoding="utf-8"))
    quoted = tomllib.loads(TRAP)
    assert written["base"] == quoted["base"]
    assert [(run["command"], run["stdout"]) for run in written["run"]] == [
        (run["command"], run["stdout"]) for run in quoted["run"]
    ]
    assert tomllib.loads((folder / EXPECTED).read_text(encoding="utf-8")) == tomllib.loads(TABLE)


def test_every_reason_for_not_knowing_is_explained() -> None:
    assert [reason.value for reason in Reason if f"`{reason.value}`" not in TEXT] == []


def test_every_kind_of_answer_is_explained() -> None:
    assert [kind for kind in ("run", "file", "dir", "stat", "json") if f"`[[{kind}]]`" not in TEXT] == []
