"""States of systemd units, several in one command."""

from __future__ import annotations

from collections.abc import Sequence

from hygie.workstation.facts.linux.parsing import answer_of, key_values
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import Probe

ABSENT, ACTIVE = "absent", "active"


def unit_states(probe: Probe, units: Sequence[str]) -> dict[str, str] | Unknown:
    """For each unit: "active", another ActiveState of systemd(1), or "absent" when no such unit is installed.

    Unknown when systemd does not run here, or did not answer about every unit.
    """
    argv = ["systemctl", "show", "--property=Id,LoadState,ActiveState", *units]
    answer = answer_of(probe.run(argv), "systemctl show")
    if isinstance(answer, Unknown):
        return answer
    states = parse_units(answer.text)
    if len(states) < len(units):
        return Unknown(Reason.UNPARSABLE, "systemctl show")
    return dict(zip(units, states, strict=False))


def parse_units(text: str) -> list[str]:
    """One state a block, in the order asked: an alias answers under another Id, so names are not compared."""
    states = []
    for block in text.strip().split("\n\n"):
        fields = key_values(block)
        if "ActiveState" in fields and "LoadState" in fields:
            states.append(ABSENT if fields["LoadState"] == "not-found" else fields["ActiveState"])
    return states
