"""What every test gets: a house of its own, one time zone, and no way out to the network.

The network is closed by pytest-socket (pyproject.toml), except loopback for our own servers.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.settings import FOLDER

os.environ["TZ"] = "Europe/Paris"
time.tzset()
# A shell starts what it leaves behind it with Ctrl-C ignored, and children inherit that: our servers must hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """Remove the folder of this process; an exit handler would not run in the processes of pytest-xdist."""
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that nothing is read from, or left in, the developer's."""
    home = tmp_path / "maison"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("HYGIE_DATA_DIR", str(home / "hygie"))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home
