"""What is installed is locked, hashed, the same everywhere, and bound to no machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def pins(lock: str) -> dict[str, list[str]]:
    """Each locked `name==version`, and its hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split()[0]: re.findall(r"--hash=sha256:([0-9a-f]{64})", line) for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_component_has_one_version_and_its_hashes(lock: str) -> None:
    assert pins(lock)
    for pin, hashes in pins(lock).items():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin)
        assert hashes, pin


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry_and_no_folder(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_compiled_components_are_locked_for_the_three_systems() -> None:
    typst = next(hashes for pin, hashes in pins("requirements.txt").items() if pin.startswith("typst=="))
    assert len(typst) >= 6  # Linux, macOS and Windows, on Intel and ARM


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_the_package_asks_for_what_is_locked() -> None:
    asked = [line.split("#")[0].strip() for line in (ROOT / "requirements.in").read_text("utf-8").splitlines()]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"] == []
    assert project["optional-dependencies"]["serveur"] == [line for line in asked if line]
