"""Runs every collector at the same time; nothing hangs, and what does not come is Unknown."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hygie.workstation.facts.model import Collected, Collector, FactKey, Facts, Reason, Unknown
from hygie.workstation.probe import Probe

WHOLE_SECONDS = 20.0  # the check-up answers after this long whatever a collector does


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one collector took, in milliseconds; ``finished`` is False when it was given up."""

    collector: str
    ms: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Collection:
    """All facts of a machine, and what each collector cost."""

    facts: Facts
    timings: tuple[Timing, ...]


def collect(probe: Probe, collectors: Iterable[Collector], *, seconds: float = WHOLE_SECONDS) -> Collection:
    """Every promised fact: read, or Unknown with the reason.

    Threads are daemons: a read stuck in the kernel (dead network disk) is given up, not waited for.
    """
    works = [_Work(collector, probe) for collector in collectors]
    for work in works:
        work.thread.start()
    deadline = time.monotonic() + seconds
    for work in works:
        work.thread.join(max(0.0, deadline - time.monotonic()))
    facts: dict[FactKey[Any], Any] = {}
    for work in works:
        facts.update(work.outcome())
    return Collection(Facts(facts), tuple(work.timing() for work in works))


class _Work:
    def __init__(self, collector: Collector, probe: Probe) -> None:
        self.collector, self.probe = collector, probe
        self.started = time.monotonic()
        self.ended: float | None = None
        self.collected: Collected = {}
        self.failure: Unknown = Unknown(Reason.TIMEOUT, collector.name, "lecture abandonnée")
        self.thread = threading.Thread(target=self._collect, name=collector.name, daemon=True)

    def _collect(self) -> None:
        try:
            self.collected = self.collector.collect(self.probe)
            self.failure = Unknown(Reason.ABSENT, self.collector.name)
        except Exception as error:  # noqa: BLE001 - an unforeseen answer of the machine: said, never fatal, never ok
            self.failure = Unknown(Reason.UNPARSABLE, self.collector.name, type(error).__name__)
        self.ended = time.monotonic()

    def outcome(self) -> Collected:
        collected = self.collected if self.ended is not None else {}
        return {key: collected.get(key, self.failure) for key in self.collector.provides}

    def timing(self) -> Timing:
        ended = self.ended if self.ended is not None else time.monotonic()
        return Timing(self.collector.name, round((ended - self.started) * 1000), self.ended is not None)
