"""One Hygie for one data folder: who holds it, and where its page answers."""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hygie.server.folders import PRIVATE_FILE, secret_key, write_private
from hygie.server.presence import PATH, answer_to

ANNOUNCE, LOCK = "server.json", "server.lock"
SECONDS_TO_ANSWER = 2.0
SECONDS_TO_WAIT = 10.0  # another one that is starting announces itself soon


@contextmanager
def hold(data: Path) -> Iterator[bool]:
    """True while this process alone holds the data folder; the system lets go when it dies, however it dies."""
    with open(os.open(data / LOCK, os.O_CREAT | os.O_RDWR, PRIVATE_FILE), "r+b") as lock:
        try:
            _take(lock.fileno())
        except OSError:
            yield False
        else:
            yield True


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        return
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def announce(data: Path, port: int) -> None:
    """Says where the page of this process is."""
    write_private(data / ANNOUNCE, json.dumps({"pid": os.getpid(), "port": port}))


def forget(data: Path) -> None:
    """Takes the announcement back."""
    (data / ANNOUNCE).unlink(missing_ok=True)


def port_of_running(data: Path, *, patience: float = SECONDS_TO_WAIT) -> int | None:
    """The port on which the other Hygie of this folder really answers; None when none does in time."""
    deadline = time.monotonic() + patience
    while True:
        port = _announced(data)
        if port is not None and answers(port, secret_key(data)):
            return port
        if time.monotonic() > deadline:
            return None
        time.sleep(0.2)


def answers(port: int, secret: str) -> bool:
    """Whether what listens there is the Hygie that holds ``secret``: an older file may name a stranger's port."""
    question = secrets.token_urlsafe(16)
    url = f"http://127.0.0.1:{port}{PATH}?question={question}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy must not be asked about loopback
    with suppress(OSError, ValueError):
        with opener.open(url, timeout=SECONDS_TO_ANSWER) as response:
            body: bytes = response.read(200)
        return body == answer_to(question, secret).encode()
    return False


def _announced(data: Path) -> int | None:
    try:
        return int(json.loads((data / ANNOUNCE).read_text(encoding="utf-8"))["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
