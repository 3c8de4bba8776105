"""An account is blocked for a while after several wrong passwords."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.checks.words import count
from hygie.workstation.facts.accounts import ATTEMPT_LIMIT
from hygie.workstation.facts.model import Facts


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix when nothing counts wrong passwords, or when too many are allowed."""
    del now
    limit = facts.value(ATTEMPT_LIMIT)
    expected = f"blocage après {limits['most_attempts']} essais au plus"
    if limit.deny <= 0:
        return to_fix("none", observed="aucun blocage", expected=expected)
    attempts = count(limit.deny, "essai")
    if limit.deny > limits["most_attempts"]:
        return to_fix("many", attempts=attempts, observed=f"blocage après {attempts}", expected=expected)
    return ok(attempts=attempts, observed=f"blocage après {attempts}", expected=expected)
