"""Nothing is sent anywhere: the check-up and the page run where packets could leave, and none does."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.isolated import run_isolated

ROOT = Path(__file__).resolve().parents[1]
SEND = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('198.51.100.7', 9))"
ASK = "import socket\ntry:\n    socket.getaddrinfo('hygie.example', 443)\nexcept OSError:\n    pass"

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces of Linux"),
]


def environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize("script", [SEND, ASK], ids=["a-datagram", "a-question-to-a-name-server"])
def test_the_counter_moves_when_something_is_sent(script: str, tmp_path: Path) -> None:
    """The control: without it, a counter stuck at zero would prove anything."""
    outcome = run_isolated([sys.executable, "-c", script], tmp_path)
    assert (outcome.status, outcome.packets > 0) == (0, True)


def test_the_counter_stays_still_when_nothing_is_sent(tmp_path: Path) -> None:
    assert run_isolated(["sleep", "0.5"], tmp_path).packets == 0


@pytest.mark.parametrize("options", [(), ("--json",), ("--ocsf",), ("--detail",)])
def test_a_checkup_sends_nothing(options: tuple[str, ...], tmp_path: Path) -> None:
    outcome = run_isolated([sys.executable, str(ROOT / "hygie"), "verifier", *options], tmp_path, environ())
    assert outcome.status in {0, 1, 3}, outcome.stderr
    assert outcome.packets == 0


def test_a_recording_sends_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "hygie"), "verifier", "--enregistrer", str(tmp_path / "poste")]
    outcome = run_isolated(command, tmp_path, environ())
    assert (outcome.status, outcome.packets) == (0, 0), outcome.stderr


def test_the_page_and_everything_it_links_to_send_nothing(tmp_path: Path) -> None:
    outcome = run_isolated([sys.executable, ROOT / "tests" / "visitor.py"], tmp_path, environ())
    assert outcome.status == 0, outcome.stderr
    visited = json.loads(outcome.stdout)
    assert outcome.packets == 0
    assert visited["/"] == visited["/bilan.pdf"] == 200
    assert len([path for path, status in visited.items() if status == 200]) >= 10
    assert {path: status for path, status in visited.items() if status >= 400 and status != 405} == {}
