"""Only one account has the number 0, which gives every right."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.facts.accounts import USERS
from hygie.workstation.facts.model import Facts

EXPECTED = "root, et lui seul"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix when another account shares the number of root."""
    del limits, now
    names = [account.username for account in facts.value(USERS) if account.uid == 0]
    if not names:
        return unknown(observed="compte root introuvable", expected=EXPECTED)
    others = [name for name in names if name != "root"] or names[1:]
    if others:
        return to_fix(names=", ".join(others), observed=", ".join(names), expected=EXPECTED)
    return ok(observed="root", expected=EXPECTED)
