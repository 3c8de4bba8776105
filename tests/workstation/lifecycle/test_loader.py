"""A bad table is refused, with the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hygie.catalogue.fields import CatalogueError
from hygie.workstation.lifecycle.loader import read_lifecycle

GOOD = """checked_on = 2026-08-22
[bois]
name = "Bois"
source = "https://exemple.invalid"
releases = [{ version = "1", name = "Bois 1", ends = 2027-01-01 }]
"""


def test_a_good_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_lifecycle(path).products["bois"].releases[0].name == "Bois 1"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("checked_on = 2026-08-22", "", "checked_on"),
        ("2026-08-22", '"hier"', "une date"),
        ("ends = 2027-01-01", 'ends = "bientôt"', "une date"),
        ("ends = 2027-01-01", "fin = 2027-01-01", "fin"),
        ("ends = 2027-01-01", "ends = 2027-01-01, extended = 2026-01-01", "prolongé"),
        ("ends = 2027-01-01 }", 'ends = 2027-01-01 }, { version = "1", name = "x" }', "deux fois"),
        ("releases = [", "versions = [", "releases"),
    ],
)
def test_a_bad_table_names_what_is_wrong(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "table.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=words):
        read_lifecycle(path)
