"""A check-up made with sudo is left to the person who asked, as that person and never as root."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hygie.agent.folders import data_folder_of, received_folder
from hygie.agent.handover import leave_for_page
from hygie.workstation.probe import Identity

NOBODY = 65534
REPORT = {"schema": "hygie-bilan", "at": "2026-11-22T09:00:00+00:00"}
ROOT = os.geteuid() == 0  # only root can act for somebody else; elsewhere the answer must be no


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of an ordinary person who uses the page; pytest's own folders are closed to them."""
    monkeypatch.delenv("HYGIE_DATA_DIR")
    home = Path(tempfile.mkdtemp(prefix="hygie-maison-"))
    home.chmod(0o755)
    folder = data_folder_of(home)
    folder.mkdir(parents=True)
    if ROOT:
        for path in (home, *home.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    yield home
    shutil.rmtree(home)


def person(home: Path, *, uid: int = NOBODY, elevated: bool = True) -> Identity:
    return Identity("linux", "nobody", uid, str(home), elevated, "0" * 16, "poste")


def test_the_report_lies_in_the_folder_of_the_person_closed_to_others(home: Path) -> None:
    assert leave_for_page(REPORT, person(home)) is ROOT
    left = list(received_folder(data_folder_of(home)).glob("*.json"))
    assert len(left) == ROOT
    for path in left:
        assert json.loads(path.read_text(encoding="utf-8")) == REPORT
        assert (path.stat().st_uid, path.stat().st_mode & 0o777) == (NOBODY, 0o600)


def test_a_link_planted_by_the_person_leads_nowhere_they_could_not_write(home: Path, tmp_path: Path) -> None:
    received_folder(data_folder_of(home)).symlink_to(tmp_path)
    assert leave_for_page(REPORT, person(home)) is False
    assert not list(tmp_path.glob("bilan*"))


def test_nothing_is_left_to_who_does_not_use_the_page_nor_without_sudo(home: Path) -> None:
    assert leave_for_page(REPORT, person(home, uid=0)) is False
    assert leave_for_page(REPORT, person(home, elevated=False)) is False
    shutil.rmtree(data_folder_of(home))
    assert leave_for_page(REPORT, person(home)) is False
    assert not data_folder_of(home).exists()
