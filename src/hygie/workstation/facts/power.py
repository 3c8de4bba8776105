"""Facts about power: the computer's own battery, and the uninterruptible supply it can see."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class Battery:
    """osquery ``battery``: ``health`` is today's full charge over the full charge when new, in percent; None unread."""

    present: bool
    health: int | None


@dataclass(frozen=True, slots=True)
class PowerSupply:
    """An uninterruptible supply. ``state``: "online", "on_battery", "low", "replace", "off" or "unread".

    ``charge`` in percent and ``runtime`` in minutes are None when it does not say.
    """

    state: str
    charge: int | None
    runtime: int | None


BATTERIES = FactKey[tuple[Battery, ...]]("battery", "la batterie de ce poste")
SUPPLIES = FactKey[tuple[PowerSupply, ...]]("ups", "l’onduleur")
