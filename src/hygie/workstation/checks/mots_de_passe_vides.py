"""Every account that opens a session has a password."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.facts.accounts import EMPTY_PASSWORDS
from hygie.workstation.facts.model import Facts

EXPECTED = "aucun compte sans mot de passe"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix as soon as one account has none."""
    del limits, now
    names = facts.value(EMPTY_PASSWORDS)
    if names:
        return to_fix(names=", ".join(names), observed=", ".join(names), expected=EXPECTED)
    return ok(observed=EXPECTED, expected=EXPECTED)
