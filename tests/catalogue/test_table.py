"""docs/catalogue.md says what the catalogue says."""

from __future__ import annotations

from pathlib import Path

from hygie.catalogue.loader import catalogue
from hygie.catalogue.table import page

DOCUMENT = Path(__file__).parents[2] / "docs" / "catalogue.md"


def test_the_committed_page_is_up_to_date() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == page(catalogue()), "lancez : python -m hygie.catalogue.table > docs/catalogue.md"


def test_every_measure_and_every_text_is_on_the_page() -> None:
    text = page(catalogue())
    assert [name for name in (*catalogue().measures, *catalogue().references) if f"`{name}`" not in text] == []


def test_a_proof_that_hygie_cannot_read_yet_is_said_to_come() -> None:
    row = next(line for line in page(catalogue()).splitlines() if "<br>`sauvegarde-deconnectee` |" in line)
    assert "à venir" in row


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    tables = [line for line in page(catalogue()).splitlines() if line.startswith("| ")]
    assert {line.count(" | ") for line in tables} == {4, 2}


def test_themes_and_kinds_of_proof_are_written_in_french() -> None:
    text = page(catalogue())
    assert "## Locaux et matériel\n" in text
    assert "lu sur une machine (30 jours)" in text
    assert "<built-in" not in text
