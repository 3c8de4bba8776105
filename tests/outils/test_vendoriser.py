"""Files that others made are exactly those that were fetched, and the judge of that does complain."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ICON = Path("src/hygie/server/ui/static/ui/icons/clock.svg")


@pytest.fixture(scope="module")
def vendoriser() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendoriser", ROOT / "outils" / "vendoriser.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["vendoriser"] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path, vendoriser: ModuleType) -> Path:
    """The vendored folders and their records, to be spoilt."""
    (tmp_path / "outils").mkdir()
    for record in (vendoriser.LIST, vendoriser.SUMS):
        shutil.copy(ROOT / record, tmp_path / record)
    for package in vendoriser.read_packages(ROOT):
        shutil.copytree(ROOT / package.folder, tmp_path / package.folder)
    return tmp_path


def test_the_shipped_files_are_those_that_were_fetched(vendoriser: ModuleType, copy: Path) -> None:
    assert vendoriser.problems(ROOT) == []
    assert vendoriser.problems(copy) == []


def test_each_package_ships_its_licence(vendoriser: ModuleType) -> None:
    for package in vendoriser.read_packages(ROOT):
        assert package.licence
        assert "LICENSE" in package.files


def test_a_changed_file_is_seen(vendoriser: ModuleType, copy: Path) -> None:
    (copy / ICON).write_text("<svg/>", "utf-8")
    assert vendoriser.problems(copy) == [f"{ICON}: changed since it was fetched"]


def test_a_missing_file_is_seen(vendoriser: ModuleType, copy: Path) -> None:
    (copy / ICON).unlink()
    assert vendoriser.problems(copy) == [f"{ICON}: missing"]


def test_a_stranger_in_a_vendored_folder_is_seen(vendoriser: ModuleType, copy: Path) -> None:
    (copy / ICON.parent / "logo.svg").touch()
    assert vendoriser.problems(copy) == [f"{ICON.parent}/logo.svg: unknown file in a vendored folder"]


def test_a_file_listed_but_never_fetched_is_seen(vendoriser: ModuleType, copy: Path) -> None:
    (copy / vendoriser.LIST).write_text(
        (copy / vendoriser.LIST).read_text("utf-8").replace('"clock.svg" =', '"horloge.svg" ='), "utf-8"
    )
    assert f"{ICON.parent}/horloge.svg: not recorded in outils/vendored.sha256" in vendoriser.problems(copy)
