"""No update waits for a restart, and the machine restarts now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, watch
from hygie.workstation.checks.words import ago, calendar_days, count
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import REBOOT_PENDING, UPTIME_SECONDS

DAY = 86_400


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix when a restart is owed; watched when the machine has run for long."""
    uptime = facts.value(UPTIME_SECONDS)
    days = uptime // DAY
    expected = f"aucun en attente, moins de {limits['most_days']} jours"
    if facts.value(REBOOT_PENDING):
        return to_fix("pending", observed="redémarrage en attente", expected=expected)
    if days > limits["most_days"]:
        return watch("long", days=count(days, "jour"), observed=count(days, "jour"), expected=expected)
    started = ago(calendar_days(now - timedelta(seconds=uptime), now))
    return ok(ago=started, observed=started, expected=expected)
