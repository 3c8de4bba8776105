"""Collecting: every promised fact comes back, read or not, and no collector can delay or stop the others."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from hygie.workstation.collect import Collection, collect
from hygie.workstation.facts.model import Collected, Collector, Fact, FactKey, Known, Reason, Unknown
from hygie.workstation.probe import Probe
from tests.workstation.machines import machine

ONE: FactKey[int] = FactKey("un", "le premier fait")
TWO: FactKey[int] = FactKey("deux", "le second fait")


def collector(name: str, read: Callable[[Probe], Collected], *keys: FactKey[int]) -> Collector:
    return Collector(name, keys or (ONE,), read)


def prompt(key: FactKey[int]) -> Collector:
    return collector("rapide", lambda probe: {key: Known(2, "ici")}, key)


def collected(*collectors: Collector, seconds: float = 5.0) -> Collection:
    return collect(machine(), collectors, seconds=seconds)


def fact(collection: Collection, key: FactKey[int]) -> Fact[int]:
    return collection.facts.get(key)


def test_a_collector_that_hangs_is_given_up_and_the_others_are_kept() -> None:
    for_ever = threading.Event()
    hanging = collector("bloqué", lambda probe: {ONE: Known(int(for_ever.wait(30)), "")})
    started = time.monotonic()
    collection = collected(hanging, prompt(TWO), seconds=0.3)
    took = time.monotonic() - started
    for_ever.set()
    assert took < 2
    assert fact(collection, ONE) == Unknown(Reason.TIMEOUT, "bloqué", "lecture abandonnée")
    assert fact(collection, TWO) == Known(2, "ici")
    assert [(timing.collector, timing.finished) for timing in collection.timings] == [
        ("bloqué", False),
        ("rapide", True),
    ]


def test_many_hanging_collectors_cost_the_whole_limit_once() -> None:
    for_ever = threading.Event()
    works = [collector(f"bloqué {n}", lambda probe: {ONE: Known(int(for_ever.wait(30)), "")}) for n in range(20)]
    started = time.monotonic()
    collected(*works, seconds=0.4)
    took = time.monotonic() - started
    for_ever.set()
    assert took < 2


def test_a_collector_that_raises_is_said_and_stops_nobody() -> None:
    def broken(probe: Probe) -> Collected:
        raise RuntimeError("inattendu")

    collection = collected(collector("cassé", broken), prompt(TWO))
    assert fact(collection, ONE) == Unknown(Reason.UNPARSABLE, "cassé", "RuntimeError")
    assert fact(collection, TWO) == Known(2, "ici")


def test_a_promised_fact_that_is_forgotten_is_unknown() -> None:
    collection = collected(collector("oublieux", lambda probe: {ONE: Known(1, "")}, ONE, TWO))
    assert fact(collection, ONE) == Known(1, "")
    assert fact(collection, TWO) == Unknown(Reason.ABSENT, "oublieux")


def test_what_was_not_promised_is_not_taken() -> None:
    collection = collected(collector("généreux", lambda probe: {ONE: Known(1, ""), TWO: Known(9, "")}))
    assert isinstance(fact(collection, TWO), Unknown)


def test_a_collector_that_hangs_does_not_keep_the_program_alive() -> None:
    script = """
import time
from hygie.workstation.collect import collect
from hygie.workstation.facts.model import Collector
collect(None, [Collector("bloqué", (), lambda probe: time.sleep(60))], seconds=0.1)
"""
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
    subprocess.run([sys.executable, "-c", script], env=environ, check=True, timeout=20)


def test_slow_collectors_run_side_by_side() -> None:
    def slow(probe: Probe) -> Collected:
        time.sleep(0.4)
        return {ONE: Known(1, "")}

    started = time.monotonic()
    collection = collected(*[collector(f"lent {n}", slow) for n in range(8)])
    assert time.monotonic() - started < 1.6  # 3.2 s one after the other
    assert all(timing.finished and timing.ms >= 390 for timing in collection.timings)


def test_a_reading_that_comes_after_the_end_changes_nothing() -> None:
    late = threading.Event()
    collection = collected(collector("tardif", lambda probe: {ONE: Known(int(late.wait(30)), "")}), seconds=0.1)
    late.set()
    time.sleep(0.1)
    assert isinstance(fact(collection, ONE), Unknown)
    assert collection.timings[0].finished is False
