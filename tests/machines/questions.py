"""For whoever writes a recorded machine: ``python -m tests.machines.questions FOLDER``.

Prints every question that a collector asks of the recording, and above all those that got no answer: a healthy machine
must not owe a verdict to an answer that was forgotten. Also lists answers that nobody asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hygie.workstation.collect import collect
from hygie.workstation.facts.model import Collector, Reason, Unknown
from hygie.workstation.probes.files import load_recording
from hygie.workstation.probes.recorder import RecordingProbe
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.systems import collectors_for

KINDS = ("run", "file", "dir", "stat")


def asked_by(collector: Collector, recording: Recording) -> Recording:
    """What one collector asked of a recorded machine, with the answers."""
    probe = RecordingProbe(ReplayProbe(recording))
    collect(probe, (collector,))
    return probe.recording


def questions(recording: Recording) -> list[tuple[str, Any, Any]]:
    """(kind, question, answer) of everything in a recording, registry and other systems aside."""
    tables: tuple[dict[Any, Any], ...] = recording.tables()
    return [(kind, key, table[key]) for kind, table in zip(KINDS, tables, strict=False) for key in table]


def lines(recording: Recording) -> Iterator[str]:
    """The report, line by line."""
    asked: set[tuple[str, Any]] = set()
    for collector in collectors_for(recording.identity.system):
        yield f"{collector.name}:"
        for kind, key, answer in sorted(questions(asked_by(collector, recording)), key=str):
            asked.add((kind, key))
            absent = isinstance(answer, Unknown) and answer.reason is Reason.ABSENT
            yield f"  {'ABSENT' if absent else '      '} {kind:4} {' '.join(key) if isinstance(key, tuple) else key}"
    yield "never asked:"
    yield from (f"  {kind} {key}" for kind, key, _ in questions(recording) if (kind, key) not in asked)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(load_recording(Path(sys.argv[1]))))
