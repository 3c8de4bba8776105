"""The session locks by itself after a short time without activity."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.checks.words import duration
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.session import SCREEN_LOCK


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Screen off plus grace, compared with the limit; the few seconds KDE leaves to change one's mind are tolerated."""
    del now
    lock = facts.value(SCREEN_LOCK)
    expected = f"{duration(limits['most_seconds'])} au plus"
    if not lock.enabled:
        return to_fix("off", observed="désactivé", expected=expected)
    if lock.idle_seconds == 0:
        return to_fix("never", observed="jamais", expected=expected)
    grace = lock.grace_seconds if lock.grace_seconds > limits["tolerated_grace_seconds"] else 0
    delay = lock.idle_seconds + grace
    words = duration(delay)
    if delay > limits["most_seconds"]:
        return to_fix("long", delay=words, observed=words, expected=expected)
    return ok(delay=words, observed=words, expected=expected)
