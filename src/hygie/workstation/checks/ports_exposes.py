"""No fragile service of this computer can be reached from the network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.checks.network_services import Danger, service_of
from hygie.workstation.facts.model import Facts, Known, Reason, Unknown
from hygie.workstation.facts.network import FIREWALL, LISTENERS, Firewall, Listener

EXPECTED = "aucun service fragile joignable depuis le réseau"
# Docker and Podman publish ports by routes of their own, before the rules for incoming connections.
AROUND_FIREWALL = ("docker-proxy", "conmon")


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """What is never to be reached is to fix; what is shared on purpose through a firewall is followed.

    A practice's server legitimately shares its database and folders: opened in a firewall that filters the
    rest, it is a choice; reachable because nothing filters, it is a fault. UDP sockets of unknown services are
    those of ordinary programs waiting for answers: only the known fragile ones are judged.
    """
    listeners = [one for one in facts.value(LISTENERS) if one.exposed and _matters(one)]
    known = facts.get(FIREWALL)
    firewall = known.value if isinstance(known, Known) else None
    reachable = [one for one in listeners if passes(firewall, one)]
    filtering = firewall is not None and firewall.filters
    faults = [one for one in reachable if _fragile(one) and (_never(one) or not filtering or _around(one))]
    faults = [one for one in faults if _around(one) or not _for_named_devices(firewall, one)]
    if faults:
        return to_fix(services=named(faults), observed=named(faults), expected=EXPECTED)
    doubtful = [one for one in listeners if passes(firewall, one) is None or (one in reachable and not filtering)]
    if doubtful:
        open_door = all(one in reachable for one in doubtful)
        return unknown(
            "unread" if lacks_rights(facts) else "open" if open_door else "unnamed",
            services=named(doubtful),
            observed=named(doubtful),
            expected=EXPECTED,
        )
    if firewall and firewall.forwards and not any(_around(one) for one in facts.value(LISTENERS)):
        return unknown("forwarded", observed="ports renvoyés ailleurs", expected=EXPECTED)
    if reachable:
        return watch(services=named(reachable), observed=named(reachable), expected=EXPECTED)
    return ok("filtered" if listeners else "ok", services=named(listeners), observed="aucun", expected=EXPECTED)


def lacks_rights(facts: Facts) -> bool:
    """True when running as administrator would tell what the firewall does."""
    firewall = facts.get(FIREWALL)
    return isinstance(firewall, Unknown) and firewall.reason is Reason.RIGHTS


def passes(firewall: Firewall | None, listener: Listener) -> bool | None:
    """Whether the network reaches a listener; None when the firewall is not known."""
    if _around(listener):
        return True
    return None if firewall is None else firewall.lets_in(listener.protocol, listener.port)


def named(listeners: Iterable[Listener]) -> str:
    """« base PostgreSQL (5432), port 2024 », each once."""
    return ", ".join(dict.fromkeys(_name(one) for one in sorted(listeners, key=lambda one: one.port)))


def _name(listener: Listener) -> str:
    service = service_of(listener.protocol, listener.port)
    what = service.name if service else listener.process or "port"
    return f"{what} ({listener.port})" if what != "port" else f"port {listener.port}"


def _matters(listener: Listener) -> bool:
    service = service_of(listener.protocol, listener.port)
    return service.danger is not Danger.COMMON if service else listener.protocol == "tcp"


def _fragile(listener: Listener) -> bool:
    return service_of(listener.protocol, listener.port) is not None


def _never(listener: Listener) -> bool:
    service = service_of(listener.protocol, listener.port)
    return service is not None and service.danger is Danger.NEVER


def _for_named_devices(firewall: Firewall | None, listener: Listener) -> bool:
    """Opened for devices that the rule names one by one: a choice to look at again, not a door open to the network."""
    return firewall is not None and firewall.lets_in_named_devices_only(listener.protocol, listener.port)


def _around(listener: Listener) -> bool:
    return listener.process in AROUND_FIREWALL
