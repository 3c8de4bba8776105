"""Names of running processes, from ps (procps)."""

from __future__ import annotations

from hygie.workstation.facts.linux.parsing import answer_of
from hygie.workstation.facts.model import Collected, Collector, Known, Reason, Unknown
from hygie.workstation.facts.remote import PROCESSES
from hygie.workstation.probe import Probe

PS = ("ps", "-e", "-o", "pid=,comm=")


def collect_processes(probe: Probe) -> Collected:
    """Every process name. When process 1 is not in the list, others are hidden from us too: nothing is concluded."""
    answer = answer_of(probe.run(PS), "ps -e")
    if isinstance(answer, Unknown):
        return {PROCESSES: answer}
    rows = [line.split(None, 1) for line in answer.text.splitlines()]
    if any(len(row) != 2 or not row[0].isdigit() for row in rows):
        return {PROCESSES: Unknown(Reason.UNPARSABLE, "ps -e")}
    if all(row[0] != "1" for row in rows):
        return {PROCESSES: Unknown(Reason.RIGHTS, "ps -e", "les logiciels des autres comptes sont masqués")}
    return {PROCESSES: Known(tuple(sorted({row[1].strip() for row in rows})), "ps -e")}


COLLECTORS = (Collector("processes", (PROCESSES,), collect_processes),)
