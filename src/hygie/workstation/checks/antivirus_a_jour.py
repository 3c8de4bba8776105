"""The list of malicious software of every antivirus in use is recent."""

from __future__ import annotations

from datetime import datetime, timedelta

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix, unknown
from hygie.workstation.checks.words import ago, calendar_days, day
from hygie.workstation.facts.antivirus import ANTIVIRUSES, Antivirus, Guard
from hygie.workstation.facts.model import Facts

CLOCK_TOLERANCE = timedelta(days=1)


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """The oldest dated list decides; a list without a date, or dated tomorrow, never makes the answer better.

    A programme that nobody starts protects nobody: its fresh list would prove an antivirus that does not exist.
    """
    products = facts.value(ANTIVIRUSES)
    alone = [product for product in products if product.guard is not Guard.MANUAL]
    used = [product for product in alone if product.guard is not Guard.OFF] or alone
    if not used:
        return not_applicable("manual" if products else "none", observed="à la demande" if products else "aucun")
    expected = f"{limits['most_days']} jours au plus"
    dated = sorted((p for p in used if p.signatures_at), key=lambda p: p.signatures_at or now)
    if dated and _age(dated[0], now) > limits["most_days"]:
        return to_fix("old", **_words(dated[0], now), expected=expected)
    untold = [product for product in used if not product.signatures_at]
    if untold:
        return unknown("untold", name=untold[0].name, observed="inconnu", expected=expected)
    if (dated[-1].signatures_at or now) > now + CLOCK_TOLERANCE:
        return unknown("future", **_words(dated[-1], now), expected=expected)
    return ok(**_words(dated[0], now), expected=expected)


def _age(product: Antivirus, now: datetime) -> int:
    return (now - (product.signatures_at or now)).days


def _words(product: Antivirus, now: datetime) -> dict[str, str]:
    moment = product.signatures_at or now
    return {"name": product.name, "date": day(moment), "ago": ago(calendar_days(moment, now)), "observed": day(moment)}
