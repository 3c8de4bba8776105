"""Is a systemd timer set to start with the machine? Read from its links: no command, no running systemd needed."""

from __future__ import annotations

from hygie.workstation.facts.linux.optional import exists
from hygie.workstation.facts.model import Unknown
from hygie.workstation.probe import Probe

SYSTEM = "/etc/systemd/system"


def timer_enabled(probe: Probe, name: str) -> bool:
    """True when the timer is linked into timers.target and not masked (a mask is a link to /dev/null, systemctl(1)).

    Raises NotKnown (see ``need``) when the machine would not tell.
    """
    override = probe.stat(f"{SYSTEM}/{name}")
    masked = not isinstance(override, Unknown) and override.kind == "other"
    return not masked and exists(probe, f"{SYSTEM}/timers.target.wants/{name}")
