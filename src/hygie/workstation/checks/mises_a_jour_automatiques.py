"""Security updates install themselves on this computer, and did so lately where the tool leaves a trace."""

from __future__ import annotations

from datetime import datetime, timedelta

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.checks.words import day
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.updates import AUTOMATIC_UPDATES

EXPECTED = "installation automatique des correctifs"
LEAVES_A_TRACE = {"unattended-upgrades"}


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix by the first obstacle; watched when it is set up and nothing shows that it ran lately."""
    automatic = facts.value(AUTOMATIC_UPDATES)
    if automatic.obstacle:
        return to_fix(automatic.obstacle, tool=automatic.tool, observed="non automatiques", expected=EXPECTED)
    if automatic.tool not in LEAVES_A_TRACE:
        return ok("set", tool=automatic.tool, observed="automatiques", expected=EXPECTED)
    if automatic.last_run is not None and automatic.last_run > now + timedelta(days=1):
        return unknown("clock", day=day(automatic.last_run), observed=day(now), expected=EXPECTED)
    if automatic.last_run is None:
        return watch("never_seen", tool=automatic.tool, observed="jamais vues à l’œuvre", expected=EXPECTED)
    last = day(automatic.last_run)
    if now - automatic.last_run > timedelta(days=limits["most_days"]):
        return watch("late", day=last, observed=f"dernier passage le {last}", expected=EXPECTED)
    return ok(day=last, observed=f"dernier passage le {last}", expected=EXPECTED)
