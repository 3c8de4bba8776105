"""`hygie verifier` loads little: the standard library without its slow rooms, and Hygie."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Slow to load, and of no use to look at a computer. ssl and urllib.request would also mean that something is sent.
UNWANTED = {"asyncio", "email", "http", "multiprocessing", "socketserver", "ssl", "unittest", "urllib.request", "venv"}

LIST_LOADED = """
import contextlib, io, json, sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
from hygie.agent.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main(sys.argv[2:])
print(json.dumps(sorted(set(sys.modules) - before)))
"""


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """What a fresh interpreter, without site-packages, has loaded once it has checked this very computer."""
    command = [sys.executable, "-I", "-S", "-c", LIST_LOADED, str(ROOT / "src"), "verifier", "--json"]
    modules: list[str] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return modules


def test_a_checkup_loads_only_the_standard_library_and_hygie(loaded: list[str]) -> None:
    strangers = {name.split(".")[0] for name in loaded} - sys.stdlib_module_names - {"hygie"}
    assert strangers == set()


def test_a_checkup_loads_nothing_slow_and_nothing_that_talks_to_the_network(loaded: list[str]) -> None:
    assert UNWANTED.isdisjoint(loaded)
    assert not [name for name in loaded if name.startswith("hygie.server")]


def test_it_starts_quickly() -> None:
    """The budget is 150 ms idle; twice that here, since other tests run at the same time."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    seconds = []
    for _ in range(6):
        start = time.perf_counter()
        subprocess.run([sys.executable, ROOT / "hygie", "--version"], env=environ, capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    assert statistics.median(seconds[1:]) < 0.3  # the first run fills Python's caches
