"""What a command costs: time, processor, memory, of the command and of all that it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534
# As a user has it: a developer's setting must not make every start compile again.
ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@dataclass(frozen=True)
class Cost:
    """One run. ``cpu`` is user + system seconds of the command and of every descendant it waited for.

    ``peak_mb`` is the largest process of that family (ru_maxrss), not their sum: shared pages would count twice.
    """

    wall: float
    first_byte: float
    cpu: float
    peak_mb: float
    status: int
    stdout: bytes


def cost_of(command: Sequence[str | Path]) -> Cost:
    """Runs a command to its end and measures it."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=ENVIRON,
        )
        assert process.stdout is not None
        said = os.read(process.stdout.fileno(), 65_536)
        first = time.perf_counter() - start
        said += process.stdout.read()
        _, waited, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(waited)
    return Cost(wall, first, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode, said)


def median_cost(command: Sequence[str | Path], runs: int) -> Cost:
    """The median of each figure, after one run that fills the caches."""
    cost_of(command)
    costs = [cost_of(command) for _ in range(runs)]

    def middle(name: str) -> float:
        return statistics.median(getattr(cost, name) for cost in costs)

    last = costs[-1]
    return Cost(middle("wall"), middle("first_byte"), middle("cpu"), middle("peak_mb"), last.status, last.stdout)


def as_ordinary_user(command: Sequence[str | Path]) -> list[str | Path]:
    """The same command without rights, when the bench runs as root."""
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]


def peak_memory_of(pid: int) -> float:
    """The most that a living process has held in memory, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def processor_of(pid: int) -> float:
    """Seconds of processor that a living process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
