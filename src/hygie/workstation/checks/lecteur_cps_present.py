"""A card reader is plugged in and its service is ready."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import count
from hygie.workstation.facts.cards import CARD_READERS, CARD_SERVICE
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import DESKTOP

EXPECTED = "lecteur branché, service prêt"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """No reader seen is unknown: it may be in a drawer, of its own kind, or on another computer of the practice."""
    del limits, now
    facts.value(DESKTOP)
    readers = facts.value(CARD_READERS)
    if not readers:
        return unknown("none", observed="aucun lecteur vu", expected=EXPECTED)
    words = count(readers, "lecteur de carte branché", "lecteurs de carte branchés")
    state = facts.value(CARD_SERVICE)
    if state == "active":
        return ok(readers=words, observed=words, expected=EXPECTED)
    sentence = "absent" if state == "absent" else "stopped"
    return to_fix(sentence, readers=words, observed="service arrêté", expected=EXPECTED)
