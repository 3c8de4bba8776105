"""Is a systemd timer set to start with the machine? Read from its links: no command, no running systemd needed."""

from __future__ import annotations

from hygie.workstation.facts.linux.need import need
from hygie.workstation.facts.linux.optional import exists
from hygie.workstation.probe import Probe

SYSTEM = "/etc/systemd/system"


def timer_enabled(probe: Probe, name: str) -> bool:
    """True when the timer is linked into timers.target, and neither it nor the service it starts is masked.

    Raises NotKnown (see ``need``) when the machine would not tell.
    """
    masked = any(_masked(probe, unit) for unit in (name, f"{name.removesuffix('.timer')}.service"))
    return not masked and exists(probe, f"{SYSTEM}/timers.target.wants/{name}")


def _masked(probe: Probe, unit: str) -> bool:
    """A mask is a link to /dev/null (systemctl(1))."""
    override = f"{SYSTEM}/{unit}"
    return exists(probe, override) and need(probe.stat(override)).kind == "other"
