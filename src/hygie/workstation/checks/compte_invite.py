"""Nobody can open a guest session on this computer."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.facts.accounts import GUEST_SESSION
from hygie.workstation.facts.model import Facts

EXPECTED = "pas de session invité"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix when the login screen offers one."""
    del limits, now
    if facts.value(GUEST_SESSION):
        return to_fix(observed="session invité possible", expected=EXPECTED)
    return ok(observed=EXPECTED, expected=EXPECTED)
