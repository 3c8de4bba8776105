"""No session opens without its password when the computer starts."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.facts.accounts import AUTO_LOGINS
from hygie.workstation.facts.model import Facts

EXPECTED = "mot de passe demandé à chaque ouverture"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix as soon as one account is let in, by a login screen, a console or a group."""
    del limits, now
    logins = facts.value(AUTO_LOGINS)
    if logins:
        names = ", ".join(dict.fromkeys(login.username for login in logins))
        means = ", ".join(dict.fromkeys(login.by for login in logins))
        return to_fix(names=names, means=means, observed=f"sans mot de passe : {names}", expected=EXPECTED)
    return ok(observed=EXPECTED, expected=EXPECTED)
