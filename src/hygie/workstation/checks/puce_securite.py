"""A security chip (TPM) is there for those who want to use it."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, unknown, watch
from hygie.workstation.facts.boot import TPM_VERSION
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import CHASSIS, Chassis

EXPECTED = "puce TPM 2.0"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """No chip seen: missing or switched off cannot be told apart, and encryption by phrase does without it."""
    version = facts.value(TPM_VERSION)
    if version == 0 and facts.value_or(CHASSIS, Chassis("")).kind == "virtuel":
        return not_applicable("virtual", observed="aucune")
    if version == 0:
        return unknown("none", observed="aucune visible", expected=EXPECTED)
    if version < limits["least_version"]:
        return watch("old", version=version, observed=f"TPM {version}", expected=EXPECTED)
    return ok(version=version, observed=f"TPM {version}", expected=EXPECTED)
