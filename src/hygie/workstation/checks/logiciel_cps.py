"""The software of the health professional's card is installed where a reader is used."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.facts.cards import CARD_READERS, CPS_LIBRARY
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import DESKTOP

EXPECTED = "logiciel installé"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Only a computer with a reader must have it; without one nothing can be said."""
    del limits, now
    facts.value(DESKTOP)
    if facts.value(CPS_LIBRARY):
        return ok(observed="installé", expected=EXPECTED)
    if facts.value(CARD_READERS):
        return to_fix(observed="introuvable", expected=EXPECTED)
    return unknown("none", observed="aucun lecteur vu", expected=EXPECTED)
