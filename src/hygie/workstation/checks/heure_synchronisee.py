"""The clock follows a reference: dates of prescriptions, certificates and logs depend on it."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.facts.clock import CLOCK
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import CHASSIS, Chassis

EXPECTED = "à l’heure, réglée automatiquement"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """The kernel's flag decides; a guest machine may take its time from its host, which cannot be seen."""
    clock = facts.value(CLOCK)
    if clock.synchronised:
        return ok(observed="réglée automatiquement", expected=EXPECTED)
    if facts.value_or(CHASSIS, Chassis("")).kind == "virtuel":
        return unknown("virtual", observed="non réglée par ce poste", expected=EXPECTED)
    sentence = "not_yet" if clock.enabled else "to_fix"
    return to_fix(sentence, observed="non réglée automatiquement", expected=EXPECTED)
