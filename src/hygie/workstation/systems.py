"""Which collectors belong to which system, imported only for the system at hand."""

from __future__ import annotations

from hygie.workstation.facts.model import Collector


def collectors_for(system: str) -> tuple[Collector, ...]:
    """The collectors of "linux"; none yet for other systems: every fact is then Unknown, and said so."""
    if system == "linux":
        from hygie.workstation.facts.linux import COLLECTORS

        return COLLECTORS
    return ()
