"""No consumer messaging program on a computer used for care. Counted, never named."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.checks.words import count
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.packages import PACKAGES
from hygie.workstation.facts.software import APPS_BESIDE_PACKAGES, Purpose, apps_found
from hygie.workstation.facts.system import DESKTOP


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """One found is enough to tell; none is only told when every place could be read."""
    del limits, now
    facts.value(DESKTOP)
    packages, beside = facts.value_or(PACKAGES, ()), facts.value_or(APPS_BESIDE_PACKAGES, ())
    found = len(apps_found(Purpose.MESSAGING, packages, beside))
    if found:
        words = count(found, "messagerie")
        return to_fix(apps=words, observed=words, expected="aucune")
    facts.value(PACKAGES)
    facts.value(APPS_BESIDE_PACKAGES)
    return ok(observed="aucune", expected="aucune")
