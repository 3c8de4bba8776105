"""Browsers keep no password. Only their number is known here."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.checks.words import count
from hygie.workstation.facts.browsers import SAVED_PASSWORDS
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import DESKTOP


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix from the first password kept."""
    del limits, now
    facts.value(DESKTOP)
    found = facts.value(SAVED_PASSWORDS)
    if found == 0:
        return ok(observed="aucun", expected="aucun")
    words = count(found, "mot de passe", "mots de passe")
    return to_fix(passwords=words, observed=words, expected="aucun")
