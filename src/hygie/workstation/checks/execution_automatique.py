"""No program of a key or a disc is started or offered when it comes in."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.session import AUTORUN


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix as soon as the desktop may offer to run what a medium carries."""
    del limits, now
    if facts.value(AUTORUN).never:
        return ok(observed="jamais", expected="jamais")
    return to_fix(observed="possible", expected="jamais")
