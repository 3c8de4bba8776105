"""The system of this computer still receives security fixes from its maker."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.checks.words import day
from hygie.workstation.facts.model import Facts
from hygie.workstation.lifecycle.loader import lifecycle
from hygie.workstation.lifecycle.support import State, Support
from hygie.workstation.lifecycle.systems import system_support

EXPECTED = "un système maintenu par son éditeur"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """By the dated table. A version the table does not know is unknown, never red."""
    age = lifecycle().age(now.date()).days
    if age < 0:
        return unknown("clock", observed=day(now), expected=EXPECTED)
    support = system_support(facts, now.date())
    if support.state is State.SUPPORTED:
        return _supported(support, age, limits["most_table_days"])
    if support.state is State.ENDING_SOON and support.ends:
        last = day(support.ends)
        return watch("soon", name=support.name, day=last, observed=f"jusqu’au {last}", expected=EXPECTED)
    if support.state is State.EXTENDED and support.ends and support.extended:
        days = {"ends": day(support.ends), "extended": day(support.extended)}
        return watch("extended", name=support.name, **days, observed="support prolongé", expected=EXPECTED)
    if support.state is State.ENDED:
        return _ended(support)
    return unknown(support.state.value, name=support.name, observed="dates inconnues", expected=EXPECTED)


def _supported(support: Support, age: int, most: int) -> Judgement:
    if support.ends is not None:
        return ok(name=support.name, day=day(support.ends), observed=f"jusqu’au {day(support.ends)}", expected=EXPECTED)
    if age > most:
        return unknown("open_old", name=support.name, observed="date de fin non annoncée", expected=EXPECTED)
    return ok("open", name=support.name, day=day(lifecycle().checked_on), observed="maintenu", expected=EXPECTED)


def _ended(support: Support) -> Judgement:
    if support.ends is None:
        return to_fix("ended_long_ago", name=support.name, observed="plus maintenu", expected=EXPECTED)
    last = day(support.ends)
    return to_fix("ended", name=support.name, day=last, observed=f"fini le {last}", expected=EXPECTED)
