"""A password manager is installed, as a program or in a browser."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.facts.browsers import BROWSER_EXTENSIONS
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.packages import PACKAGES
from hygie.workstation.facts.software import APPS_BESIDE_PACKAGES, PASSWORD_EXTENSIONS, Purpose, apps_found
from hygie.workstation.facts.system import DESKTOP

EXPECTED = "un gestionnaire installé"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """One sign is enough; that there is none is only said when every place could be read."""
    del limits, now
    facts.value(DESKTOP)
    packages = facts.value_or(PACKAGES, ())
    beside = facts.value_or(APPS_BESIDE_PACKAGES, ())
    extensions = facts.value_or(BROWSER_EXTENSIONS, frozenset())
    if apps_found(Purpose.PASSWORDS, packages, beside) or extensions & PASSWORD_EXTENSIONS:
        return ok(observed="installé", expected=EXPECTED)
    facts.value(PACKAGES)
    facts.value(APPS_BESIDE_PACKAGES)
    facts.value(BROWSER_EXTENSIONS)
    return to_fix(observed="aucun vu", expected=EXPECTED)
