"""Hygie's own list of end-of-support dates is recent enough to be trusted."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import count, day
from hygie.workstation.facts.model import Facts
from hygie.workstation.lifecycle.loader import lifecycle


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """By the day the list was checked; it needs no fact of the machine but its clock."""
    del facts
    table = lifecycle()
    age, checked_on = table.age(now.date()).days, day(table.checked_on)
    expected = f"moins de {count(limits['most_days'], 'jour')}"
    if age < 0:
        return unknown("clock", day=checked_on, observed=day(now), expected=expected)
    if age > limits["most_days"]:
        return to_fix(day=checked_on, observed=count(age, "jour"), expected=expected)
    return ok(day=checked_on, observed=count(age, "jour"), expected=expected)
