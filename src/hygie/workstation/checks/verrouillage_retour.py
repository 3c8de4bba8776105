"""Coming back to the session asks for a password, soon after the screen went off and after sleep."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import duration
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.session import SCREEN_LOCK, SESSION_PASSWORD, PasswordStatus

EXPECTED = "mot de passe demandé au retour"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """What is seen to be open comes first; what cannot be told is unknown, never ok."""
    del now
    lock = facts.value(SCREEN_LOCK)
    grace = duration(lock.grace_seconds)
    if not (lock.enabled and lock.password):
        return to_fix("off", observed="aucun mot de passe demandé", expected=EXPECTED)
    if lock.grace_seconds > limits["most_grace_seconds"]:
        return to_fix("late", grace=grace, observed=f"après {grace}", expected=EXPECTED)
    if lock.on_resume is False:
        return to_fix("resume", observed="rien à la sortie de veille", expected=EXPECTED)
    return _of_password(facts.value(SESSION_PASSWORD), told_on_resume=lock.on_resume is not None)


def _of_password(password: PasswordStatus, *, told_on_resume: bool) -> Judgement:
    if password in (PasswordStatus.EMPTY, PasswordStatus.NOT_ASKED):
        return to_fix(password.value, observed="session sans mot de passe", expected=EXPECTED)
    if password is PasswordStatus.LOCKED:
        return unknown("locked", observed="inconnu", expected=EXPECTED)
    if not told_on_resume:
        return unknown(observed="inconnu à la sortie de veille", expected=EXPECTED)
    return ok(observed="mot de passe demandé", expected=EXPECTED)
