"""No personal storage on the Internet is attached to a computer used for care. Counted, never named."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import count
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.packages import PACKAGES
from hygie.workstation.facts.software import APPS_BESIDE_PACKAGES, CLOUD_ACCOUNTS, CloudAccounts, Purpose, apps_found
from hygie.workstation.facts.system import DESKTOP


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Programs and online accounts add up. None is only told when every place could be read.

    Storage that may be the practice's own, bought with its guarantees, is unknown: calling it personal would be wrong.
    """
    del limits, now
    facts.value(DESKTOP)
    packages, beside = facts.value_or(PACKAGES, ()), facts.value_or(APPS_BESIDE_PACKAGES, ())
    accounts = facts.value_or(CLOUD_ACCOUNTS, CloudAccounts(0, 0))
    personal = len(apps_found(Purpose.CLOUD, packages, beside)) + accounts.personal
    if personal:
        words = count(personal, "espace de stockage personnel", "espaces de stockage personnels")
        return to_fix(clouds=words, observed=words, expected="aucun")
    unclear = len(apps_found(Purpose.UNCLEAR_CLOUD, packages, beside)) + accounts.unclear
    if unclear:
        words = count(unclear, "espace de stockage", "espaces de stockage")
        return unknown(clouds=words, observed=words, expected="aucun espace personnel")
    facts.value(PACKAGES)
    facts.value(APPS_BESIDE_PACKAGES)
    facts.value(CLOUD_ACCOUNTS)
    return ok(observed="aucun", expected="aucun")
