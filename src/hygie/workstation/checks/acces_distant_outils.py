"""Remote-control tools: none, or known and not reachable by everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.checks.ports_exposes import lacks_rights, named, passes
from hygie.workstation.checks.remote_tools import TOOLS, Tool, Way, tools_in
from hygie.workstation.facts.model import Facts, Known
from hygie.workstation.facts.network import FIREWALL, LISTENERS, Listener
from hygie.workstation.facts.packages import PACKAGES
from hygie.workstation.facts.remote import PROCESSES

EXPECTED = "aucun outil inconnu, aucun écran joignable du réseau"
SCREEN_PORTS = (3389, *range(5800, 5810), *range(5900, 6000))


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """A screen that the network reaches, or a tunnel to the Internet, is a fault.

    A maker's tool opens no door on the network, and its own password cannot be read: that no door is open was
    seen, and whether the tool is wanted is what the measure's document says. It is therefore followed, never ok.
    """
    running_now: tuple[str, ...] = facts.value(PROCESSES)
    packages = frozenset(package.name for package in facts.value(PACKAGES))
    running, installed = tools_in(frozenset(running_now), packages)
    screens = [one for one in facts.value(LISTENERS) if one.exposed and _is_screen(one)]
    known = facts.get(FIREWALL)
    firewall = known.value if isinstance(known, Known) else None
    reachable = [one for one in screens if passes(firewall, one)]
    if reachable:
        return to_fix("screen", services=named(reachable), observed=named(reachable), expected=EXPECTED)
    tunnels = _names(tool for tool in running if tool.way is Way.TUNNEL)
    if tunnels:
        return to_fix("tunnel", tools=tunnels, observed=tunnels, expected=EXPECTED)
    doubtful = [one for one in screens if passes(firewall, one) is None]
    if doubtful:
        return unknown(
            "unread" if lacks_rights(facts) else "unclear",
            services=named(doubtful),
            observed=named(doubtful),
            expected=EXPECTED,
        )
    if running:
        return watch("running", tools=_names(running), observed=_names(running), expected=EXPECTED)
    if installed:
        return watch("installed", tools=_names(installed), observed=_names(installed), expected=EXPECTED)
    return ok(observed="aucun", expected=EXPECTED)


def _is_screen(listener: Listener) -> bool:
    doors = {name for tool in TOOLS if tool.way is Way.DOOR for name in tool.processes}
    return listener.protocol == "tcp" and (listener.port in SCREEN_PORTS or listener.process in doors)


def _names(tools: Iterable[Tool]) -> str:
    return ", ".join(tool.name for tool in tools)
