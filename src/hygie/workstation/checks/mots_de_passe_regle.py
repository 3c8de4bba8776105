"""The system refuses weak new passwords: long enough, and of several kinds of characters."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, watch
from hygie.workstation.checks.words import count
from hygie.workstation.facts.accounts import PASSWORD_RULE
from hygie.workstation.facts.model import Facts


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Ok in either of two ways (12 characters of 4 kinds, 14 of 3); long without kinds is watched."""
    del now
    rule = facts.value(PASSWORD_RULE)
    expected = f"{limits['least_length']} caractères de {limits['all_kinds']} sortes"
    observed = f"{rule.length} caractères" + (f" de {count(rule.classes, 'sorte')}" if rule.classes > 1 else "")
    words = {"length": count(rule.length, "caractère"), "kinds": count(rule.classes, "sorte")}
    if rule.length < limits["least_length"]:
        sentence = "none" if rule.module == "pam_unix" or not rule.length else "short"
        return to_fix(sentence, observed=observed, expected=expected, **words)
    full = rule.classes >= limits["all_kinds"]
    longer = rule.length >= limits["longer_length"] and rule.classes >= limits["most_kinds"]
    if full or longer:
        return ok(observed=observed, expected=expected, **words)
    return watch("kinds", observed=observed, expected=expected, **words)
