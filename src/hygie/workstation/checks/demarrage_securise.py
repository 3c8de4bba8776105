"""Secure Boot is on, and really checks."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix
from hygie.workstation.facts.boot import SECURE_BOOT
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import CHASSIS, Chassis

EXPECTED = "activé"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Off in a virtual machine is a setting of its host: nothing to do here."""
    state = facts.value(SECURE_BOOT)
    if state == "on":
        return ok(observed="activé", expected=EXPECTED)
    if state == "unchecked":
        return to_fix("unchecked", observed="activé sans vérification", expected=EXPECTED)
    if facts.value_or(CHASSIS, Chassis("")).kind == "virtuel":
        return not_applicable("virtual", observed="désactivé")
    return to_fix(observed="désactivé", expected=EXPECTED)
