"""Facts about updates: what waits, how old the lists are, and whether the machine updates by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class Update:
    """One security update that is published and not installed. ``held``: somebody blocked it on purpose."""

    name: str
    installed: str
    available: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class AutomaticUpdates:
    """How security updates install themselves. ``tool``: "unattended-upgrades", "dnf-automatic"… or "".

    ``obstacle`` is "" when they do, else one of the keys the check has a sentence for. ``last_run``: the last
    time the tool finished, None where it left no trace.
    """

    tool: str
    obstacle: str = ""
    last_run: datetime | None = None


SECURITY_SOURCE = FactKey[bool]("security_source", "la source des correctifs de sécurité")
"""True when the system is set up to ask its maker for security fixes."""

UPDATE_LISTS_AT = FactKey[datetime | None]("update_lists_at", "la date de la liste des correctifs de sécurité")
"""When the maker signed the list of security fixes this machine holds (the oldest, when there are several);
None when one was never received."""

PENDING_SECURITY = FactKey[tuple[Update, ...]]("pending_security_updates", "les correctifs de sécurité en attente")
"""Published in the lists this machine holds, and not installed. Worth what the lists are worth: see their date."""

EXTENDED_SUPPORT = FactKey[bool]("extended_support", "l’abonnement au support prolongé")
"""Ubuntu: the longer support (Ubuntu Pro) is set up on this machine."""

AUTOMATIC_UPDATES = FactKey[AutomaticUpdates]("automatic_updates", "le réglage des mises à jour automatiques")
