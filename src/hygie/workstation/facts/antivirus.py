"""Facts about antivirus software (osquery ``windows_security_products``, named ``security_products`` here)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hygie.workstation.facts.model import FactKey


class Guard(StrEnum):
    """What an antivirus does now."""

    WATCHING = "watching"
    """It looks at files when they are opened or written."""
    ANSWERING = "answering"
    """It runs, and only looks at what another program gives it."""
    MANUAL = "manual"
    """It only runs when somebody starts it."""
    OFF = "off"
    """It is installed to run by itself, and does not run."""
    UNTOLD = "untold"
    """It is installed, and what it does could not be read."""


@dataclass(frozen=True, slots=True)
class Antivirus:
    """One product. ``signatures_at``: date of its list of malicious software, as written in it; None when not told."""

    name: str
    guard: Guard
    signatures_at: datetime | None = None


ANTIVIRUSES = FactKey[tuple[Antivirus, ...]]("security_products", "les antivirus de ce poste")
