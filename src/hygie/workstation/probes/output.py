"""Waits for a command: for so long, and for so many bytes, then its whole group is killed."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput, Reading

LARGEST_OUTPUT = 16_000_000  # bytes of one stream; a longer answer is refused, never half read
CHUNK = 65_536


def output_of(process: subprocess.Popen[bytes], seconds: float, source: str) -> Reading[CommandOutput]:
    """What the command printed and its status. Unknown: TIMEOUT past ``seconds``, REFUSED when it prints without end.

    ``process`` leads its own session and has pipes for both streams. They are read as they come, so that a
    command that never stops printing costs ``LARGEST_OUTPUT`` bytes of memory at most.
    """
    deadline = time.monotonic() + seconds
    try:
        streams = _read_streams(process, deadline)
        if streams is None:
            return Unknown(Reason.REFUSED, source, "réponse démesurée")
        # A command may close its output and live on.
        status = process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except (TimeoutError, subprocess.TimeoutExpired):
        return Unknown(Reason.TIMEOUT, source, f"plus de {seconds:g} s")
    finally:
        _release(process)
    return CommandOutput(status, *streams)


def _read_streams(process: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bytes] | None:
    """Both streams to their end; None when one is too long; TimeoutError past the deadline."""
    assert process.stdout is not None  # noqa: S101 - the caller asked for pipes
    assert process.stderr is not None  # noqa: S101
    kept = {process.stdout.fileno(): bytearray(), process.stderr.fileno(): bytearray()}
    with selectors.DefaultSelector() as selector:
        for number in kept:
            selector.register(number, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for key, _ in selector.select(left):
                chunk = os.read(key.fd, CHUNK)
                kept[key.fd] += chunk
                if not chunk:
                    selector.unregister(key.fd)
                elif len(kept[key.fd]) > LARGEST_OUTPUT:
                    return None
    stdout, stderr = (bytes(stream) for stream in kept.values())
    return stdout, stderr


def _release(process: subprocess.Popen[bytes]) -> None:
    """Kills what is left of the command; a process stuck in the kernel is left behind, not waited for.

    Once the command has ended, a child it left on purpose (a bus, an agent) with its own output is not ours to kill.
    """
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=1)
