"""Daily work is done with an account that cannot change the whole computer."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.facts.accounts import SESSION_POWERS, USERS
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import DESKTOP

EXPECTED = "un compte sans droits d’administrateur"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Of the person at the keyboard; on a machine without a screen nobody works daily."""
    del limits, now
    facts.value(DESKTOP)
    session = facts.value(SESSION_POWERS)
    if session.uid == 0:
        return _of_root(facts)
    observed = ", ".join(session.powers) or "aucun droit d’administrateur"
    values = {"name": session.username, "powers": ", ".join(session.powers)}
    if session.without_password:
        return to_fix("free", observed=observed, expected=EXPECTED, **values)
    if session.powers:
        return to_fix(observed=observed, expected=EXPECTED, **values)
    return ok(observed=observed, expected=EXPECTED, **values)


def _of_root(facts: Facts) -> Judgement:
    """Whether somebody works as root is known only when there is no other account to work with."""
    if any(account.person for account in facts.value(USERS)):
        return unknown("root", observed="bilan lancé par root", expected=EXPECTED)
    return to_fix("only_root", observed="root est le seul compte", expected=EXPECTED)
