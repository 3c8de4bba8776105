"""The disks do not announce that they are dying."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix, unknown, watch
from hygie.workstation.facts.model import Facts, Known
from hygie.workstation.facts.storage import DISKS_HEALTH
from hygie.workstation.facts.system import CHASSIS, Chassis

EXPECTED = "aucun signe d’usure ni de panne"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """The worst disk decides; one that does not answer is not a healthy one. A guest machine has no real disk."""
    guest = facts.value_or(CHASSIS, Chassis("")).kind == "virtuel"
    if guest and not isinstance(facts.get(DISKS_HEALTH), Known):
        return not_applicable("virtual", observed="disques virtuels")
    disks = facts.value(DISKS_HEALTH)
    named = {state: ", ".join(d.name for d in disks if d.state == state) for state in ("failing", "unread", "worn")}
    if named["failing"]:
        return to_fix(disks=named["failing"], observed="panne annoncée", expected=EXPECTED)
    if named["unread"]:
        return unknown("unread", disks=named["unread"], expected=EXPECTED)
    if named["worn"]:
        return watch(disks=named["worn"], observed="usure", expected=EXPECTED)
    return ok(count=len(disks), observed="bonne santé", expected=EXPECTED)
