"""An antivirus that is installed runs; on Linux having none is not a fault."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix, unknown, watch
from hygie.workstation.facts.antivirus import ANTIVIRUSES, Guard
from hygie.workstation.facts.model import Facts

EXPECTED = "en marche s’il est installé"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """The best guard decides: one that watches is enough, whatever else is installed."""
    del limits, now
    found = {product.guard: product.name for product in facts.value(ANTIVIRUSES)}
    if Guard.WATCHING in found:
        return ok(name=found[Guard.WATCHING], observed="en marche", expected=EXPECTED)
    if Guard.UNTOLD in found:
        return unknown("untold", name=found[Guard.UNTOLD], observed="inconnu", expected=EXPECTED)
    if Guard.ANSWERING in found:
        return watch("answering", name=found[Guard.ANSWERING], observed="à la demande", expected=EXPECTED)
    if Guard.OFF in found:
        return to_fix("off", name=found[Guard.OFF], observed="arrêté", expected=EXPECTED)
    if Guard.MANUAL in found:
        return not_applicable("manual", name=found[Guard.MANUAL], observed="à la demande")
    return not_applicable("none", observed="aucun")
