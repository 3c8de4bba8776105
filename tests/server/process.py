"""The real ``hygie demarrer`` in a process of its own, on SQLite, with a look at the computer that we choose."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUICK = "lambda: checkup({}, datetime.now(UTC))"
ENDLESS = "lambda: time.sleep(600)"
PROGRAM = """
import sys, time
from datetime import UTC, datetime
def prepare():
    from hygie.server.checkups import work
    from tests.server.stored import checkup
    work.look_at_this_computer = {look}
import django
setup = django.setup
def set_up_and_prepare():
    setup()
    prepare()
django.setup = set_up_and_prepare
from hygie.server.start import main
sys.exit(main(sys.argv[1:]))
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(*arguments: str, look: str = QUICK) -> list[str]:
    """``hygie demarrer`` without a browser."""
    return [sys.executable, "-c", PROGRAM.replace("{look}", look), "--sans-navigateur", *arguments]


def environment(data: Path) -> dict[str, str]:
    """That of a user: SQLite, our data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HYGIE_", "DJANGO_"))}
    return {**kept, "HYGIE_DATA_DIR": str(data), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


@contextmanager
def running(data: Path, *arguments: str, look: str = QUICK) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address of its page, once it answers; killed at the end if it still lives."""
    argv = command("--port", str(free_port()), *arguments, look=look)
    with subprocess.Popen(
        argv, env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process, _address(process, data)
        finally:
            process.kill()


def get(address: str) -> str:
    """The page at an address."""
    with urllib.request.urlopen(address, timeout=10) as response:
        return str(response.read().decode())


def wait_for(address: str, words: str, seconds: float = 20) -> str:
    """The page, once it says these words."""
    deadline = time.monotonic() + seconds
    while words not in (page := get(address)):
        assert time.monotonic() < deadline, page[-3000:]
        time.sleep(0.05)
    return page


def _address(process: subprocess.Popen[str], data: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            announced = json.loads((data / "server.json").read_text())
        except (OSError, ValueError):
            announced = {}
        if announced.get("pid") == process.pid:
            return f"http://127.0.0.1:{announced['port']}/"
        time.sleep(0.02)
    process.kill()
    assert process.stdout
    raise AssertionError(process.stdout.read())
