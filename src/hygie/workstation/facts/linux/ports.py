"""What listens on the network, from ``ss`` (iproute2)."""

from __future__ import annotations

import re

from hygie.workstation.facts.linux.parsing import answer_of
from hygie.workstation.facts.model import Collected, Collector, Known, Reason, Unknown
from hygie.workstation.facts.network import LISTENERS, Listener
from hygie.workstation.probe import Probe

SS = ("ss", "-tulnpH")
LINE = re.compile(r"(tcp|udp)\s+\S+\s+\d+\s+\d+\s+(\S+):(\d+|\*)\s+\S+(?:\s+(.*))?")
PROCESS = re.compile(r'\(\("([^"]*)"')


def collect_listeners(probe: Probe) -> Collected:
    """Listening TCP sockets and bound UDP sockets; process names only where rights allow."""
    answer = answer_of(probe.run(SS), "ss -tulnpH")
    if isinstance(answer, Unknown):
        return {LISTENERS: answer}
    listeners = parse_ss(answer.text)
    return {
        LISTENERS: Unknown(Reason.UNPARSABLE, "ss -tulnpH") if listeners is None else Known(listeners, "ss -tulnpH")
    }


def parse_ss(text: str) -> tuple[Listener, ...] | None:
    """``Netid State Recv-Q Send-Q Local:Port Peer:Port users:((…))``; None as soon as a line is not understood."""
    found = []
    for line in text.splitlines():
        match = LINE.fullmatch(line.strip())
        if match is None:
            return None
        address, _, interface = match[2].partition("%")
        process = PROCESS.search(match[4] or "")
        bare = address.strip("[]")
        name = process[1] if process else ""
        found.append(Listener(match[1], bare, int(match[3]) if match[3] != "*" else 0, name, interface.strip("]")))
    return tuple(dict.fromkeys(found))


COLLECTORS = (Collector("listeners", (LISTENERS,), collect_listeners),)
