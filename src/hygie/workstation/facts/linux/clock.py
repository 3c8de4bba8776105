"""Clock synchronisation, from systemd-timedated (timedatectl(1), ``show``: keys are never translated)."""

from __future__ import annotations

from hygie.workstation.facts.clock import CLOCK, ClockSync
from hygie.workstation.facts.linux.parsing import answer_of, key_values
from hygie.workstation.facts.model import Collected, Collector, Known, Reason, Unknown
from hygie.workstation.probe import Probe

TIMEDATECTL = ("timedatectl", "show", "-p", "NTP", "-p", "NTPSynchronized")


def collect_clock(probe: Probe) -> Collected:
    """Whatever keeps the time (timesyncd, chrony, ntpd), the kernel's own flag says whether it works."""
    source = " ".join(TIMEDATECTL)
    answer = answer_of(probe.run(TIMEDATECTL), source)
    if isinstance(answer, Unknown):
        return {CLOCK: answer}
    said = key_values(answer.text)
    states = {"yes": True, "no": False}
    enabled, synchronised = states.get(said.get("NTP", "")), states.get(said.get("NTPSynchronized", ""))
    if synchronised is None:
        return {CLOCK: Unknown(Reason.UNPARSABLE, source)}
    # NTP is missing where systemd knows no time service: chrony started by hand may still keep the time.
    return {CLOCK: Known(ClockSync(bool(enabled), synchronised), source)}


COLLECTORS = (Collector("clock", (CLOCK,), collect_clock),)
