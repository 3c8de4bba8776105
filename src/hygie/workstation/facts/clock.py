"""Facts about the clock."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class ClockSync:
    """``enabled``: a time service is set to run; ``synchronised``: the kernel says its clock follows a reference."""

    enabled: bool
    synchronised: bool


CLOCK = FactKey[ClockSync]("time_sync", "la mise à l’heure automatique")
