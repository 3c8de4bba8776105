"""Facts about the system itself: which one, since when it runs, what kind of machine it is."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class OsVersion:
    """osquery ``os_version``: ``id`` and ``version`` as the maker writes them ("debian", "12")."""

    id: str
    name: str
    version: str
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chassis:
    """osquery ``chassis_info`` reduced to what verdicts need: "portable", "fixe", "virtuel"."""

    kind: str


OS_VERSION = FactKey[OsVersion]("os_version", "la version du système")
UPTIME_SECONDS = FactKey[int]("uptime", "la durée depuis le dernier démarrage")
REBOOT_PENDING = FactKey[bool]("reboot_pending", "la demande de redémarrage")
CHASSIS = FactKey[Chassis]("chassis_info", "le type d’ordinateur")
DESKTOP = FactKey[str]("desktop_environment", "l’environnement de bureau")
"""Which desktop the person uses: "gnome", "kde", "xfce", "autre"; "" on a machine without a screen session."""
