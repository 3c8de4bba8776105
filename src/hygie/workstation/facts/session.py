"""Facts about the session of the person: how it locks, what asks for a password, what a key may start."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class ScreenLock:
    """How the session locks (osquery ``screenlock``, told in more detail).

    ``idle_seconds``: without a key or mouse before the screen goes off (0: never). ``grace_seconds``: more time before
    a password is asked. ``enabled``: the screen locks when it goes off. ``password``: unlocking asks for it.
    ``on_resume``: locks when waking from sleep, None when the desktop does not say.
    """

    desktop: str
    idle_seconds: int
    grace_seconds: int
    enabled: bool
    password: bool = True
    on_resume: bool | None = None


@dataclass(frozen=True, slots=True)
class Autorun:
    """What happens when a key or a disc comes in. ``never``: no program of it is ever started or offered."""

    desktop: str
    never: bool


class PasswordStatus(StrEnum):
    """Password of the person's account, as ``passwd -S`` says, or as login rules make it useless."""

    SET = "set"
    EMPTY = "empty"
    LOCKED = "locked"
    NOT_ASKED = "not_asked"


SCREEN_LOCK = FactKey[ScreenLock]("screenlock", "le réglage du verrouillage de la session")
SESSION_PASSWORD = FactKey[PasswordStatus]("session_password", "l’état du mot de passe de votre session")
AUTORUN = FactKey[Autorun]("autorun", "le réglage de l’exécution automatique des clés et des disques")
