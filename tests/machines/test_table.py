"""docs/machines.md says what the recorded machines say."""

from __future__ import annotations

from pathlib import Path

from tests.machines.cases import cases
from tests.machines.table import page

DOCUMENT = Path(__file__).parents[2] / "docs" / "machines.md"


def test_the_committed_page_is_up_to_date() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == page(), "lancez : python -m tests.machines.table > docs/machines.md"


def test_every_machine_is_on_the_page() -> None:
    text = page()
    assert [case.id for case in cases() if f"| `{case.id}` |" not in text] == []


def test_the_page_counts_no_false_green_and_no_false_red() -> None:
    row = page().split("| Machines |")[1].splitlines()[2]
    assert row.split(" | ")[2:4] == ["0", "0"]
