"""No published security fix waits for this computer, as far as a recent list can tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import count, day
from hygie.workstation.facts.model import Facts, NotApplicable
from hygie.workstation.facts.updates import PENDING_SECURITY, SECURITY_SOURCE, UPDATE_LISTS_AT, Update

EXPECTED = "aucun correctif en attente"
NAMED = 3  # names shown; the rest is counted


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix when something waits; ok only when a recent list says that nothing does."""
    no_need = isinstance(facts.get(SECURITY_SOURCE), NotApplicable)
    if not no_need and not facts.value(SECURITY_SOURCE):
        return to_fix("no_source", observed="source de correctifs absente", expected=EXPECTED)
    pending = facts.value(PENDING_SECURITY)
    if pending:
        return _waiting(pending)
    listed = facts.value(UPDATE_LISTS_AT)
    if listed is None:
        return unknown("never", observed="aucune liste", expected=EXPECTED)
    if listed > now + timedelta(days=1):
        return unknown("clock", day=day(listed), observed=day(now), expected=EXPECTED)
    if now - listed > timedelta(days=limits["most_list_days"]):
        return unknown("stale", day=day(listed), observed=f"liste du {day(listed)}", expected=EXPECTED)
    return ok(day=day(listed), observed=EXPECTED, expected=EXPECTED)


def _waiting(pending: tuple[Update, ...]) -> Judgement:
    held = [update.name for update in pending if update.held]
    shown = held or [update.name for update in pending]
    names = ", ".join(shown[:NAMED]) + ("…" if len(shown) > NAMED else "")
    fixes = count(len(pending), "correctif")
    sentence = "held" if held else "to_fix"
    return to_fix(sentence, observed=f"{fixes} en attente", expected=EXPECTED, fixes=fixes, names=names)
