"""The list of published fixes that this computer holds is recent: it does ask its maker, and gets answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import ago, day
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.updates import UPDATE_LISTS_AT


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """By the date the maker signed, which neither a failed refresh nor a copied file can make younger."""
    listed = facts.value(UPDATE_LISTS_AT)
    expected = f"liste de moins de {limits['most_days']} jours"
    if listed is None:
        return to_fix("never", observed="aucune liste", expected=expected)
    if listed > now + timedelta(days=1):
        return unknown("clock", day=day(listed), observed=day(now), expected=expected)
    days = max((now.date() - listed.date()).days, 0)
    values = {"day": day(listed), "ago": ago(days)}
    if days > limits["most_days"]:
        return to_fix(**values, observed=f"liste du {day(listed)}", expected=expected)
    return ok(**values, observed=f"liste du {day(listed)}", expected=expected)
