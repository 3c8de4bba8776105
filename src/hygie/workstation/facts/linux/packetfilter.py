"""What a set of packet-filter rules does with an unexpected incoming connection. Pure; nftables and iptables alike.

The question asked: a new connection comes from the network, to this computer, on a port nobody planned.
Each rule is first reduced to how much of such traffic it catches (``Scope``), then the chains are walked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hygie.workstation.facts.network import Opening, Reach

ALL_PORTS = Opening("", 0, 65_535)
# Cards of private networks made by software: guest machines, containers, and VPNs that the practice joined.
INSIDE = ("virbr", "docker", "lxdbr", "lxcbr", "podman", "cni", "veth", "wg", "tun", "tailscale", "zt")
DOCKER_BRIDGE = re.compile(r"br-([0-9a-f]{12}|[*+])")  # "br-lan" is a card of the practice
NEARLY_ALL = 65_000  # ports that one exception opens: from there on it is no exception any more
ONE_DEVICE = re.compile(r"[0-9.]+(/32)?|[0-9a-fA-F:]+(/128)?")  # one address, written alone or with its full prefix
TO_MANY = ("224.", "239.", "ff0", "255.255")  # multicast and broadcast
DEEPEST = 40  # nested jumps; the kernel itself refuses loops


class Scope(StrEnum):
    """Which new incoming connections a rule catches."""

    EVERY = "every"
    WIDE = "wide"  # every port, for one network card or one protocol
    SENDER = "sender"  # devices named one by one, whatever the ports
    NARROW = "narrow"  # some ports, or the devices of a network
    HARMLESS = "harmless"  # none: replies, loopback, ping, neighbours, multicast
    OPAQUE = "opaque"  # a condition we do not understand


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``action``: "accept", "drop", "jump", "goto", "return", "opaque" or "" (counts, logs)."""

    scope: Scope
    action: str
    target: str = ""
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain. ``base`` is True when the kernel starts there for incoming packets; ``policy`` ends it."""

    rules: tuple[Rule, ...]
    base: bool = False
    policy: str = "accept"


Chains = Mapping[str, Chain]


def reach_of(chains: Chains) -> tuple[Reach, tuple[Opening, ...]]:
    """What unexpected connections meet, and the ports let in on purpose.

    A packet must pass every base chain: one that filters is enough. No base chain at all: open.
    """
    walks = [_Walk(chains) for chain in chains.values() if chain.base]
    bases = [name for name, chain in chains.items() if chain.base]
    reaches = [walk.base(name) for walk, name in zip(walks, bases, strict=True)]
    filtering = [walk for walk, reach in zip(walks, reaches, strict=True) if reach is Reach.FILTERED]
    if filtering:
        return Reach.FILTERED, tuple(dict.fromkeys(opening for walk in filtering for opening in walk.openings))
    return (Reach.UNCLEAR if Reach.UNCLEAR in reaches else Reach.OPEN), ()


class _Walk:
    """One walk from a base chain, remembering what was not certain."""

    def __init__(self, chains: Chains) -> None:
        self.chains = chains
        self.openings: list[Opening] = []
        self.perhaps_open = False
        self.perhaps_filtered = False

    def base(self, name: str) -> Reach:
        found = self._chain(name, 0)
        end = found or (Reach.FILTERED if self.chains[name].policy == "drop" else Reach.OPEN)
        doubt = self.perhaps_open if end is Reach.FILTERED else self.perhaps_filtered
        return Reach.UNCLEAR if doubt else end

    def _chain(self, name: str, depth: int) -> Reach | None:
        """OPEN or FILTERED when the chain decides; None when the packet comes back out of it."""
        if name not in self.chains or depth > DEEPEST:
            self.perhaps_open = self.perhaps_filtered = True
            return None
        for rule in self.chains[name].rules:
            if rule.action == "return" and rule.scope is Scope.EVERY:
                return None
            found = self._rule(rule, depth)
            if found is not None:
                return found
            if rule.action == "goto" and rule.scope is Scope.EVERY:
                return None
        return None

    def _rule(self, rule: Rule, depth: int) -> Reach | None:
        if rule.scope is Scope.HARMLESS or not rule.action:
            return None
        if rule.scope in (Scope.NARROW, Scope.SENDER):
            self._narrow(rule, depth)
            return None
        if rule.action == "return" or "opaque" in (rule.action, rule.scope):
            self._uncertain(rule, depth)
            return None
        if rule.action in ("jump", "goto"):
            return self._decided(rule.scope, self._chain(rule.target, depth + 1))
        return self._decided(rule.scope, Reach.OPEN if rule.action == "accept" else Reach.FILTERED)

    def _decided(self, scope: Scope, found: Reach | None) -> Reach | None:
        """Letting a whole card or protocol in is open; stopping only a part of the traffic decides nothing yet."""
        if found is Reach.FILTERED and scope is Scope.WIDE:
            self.perhaps_filtered = True
            return None
        return found

    def _narrow(self, rule: Rule, depth: int) -> None:
        """An exception for some ports or senders: remembered as an opening unless it drops."""
        found: Reach | None = Reach.OPEN if rule.action in ("accept", "opaque", "return") else None
        if rule.action in ("jump", "goto"):
            aside = _Walk(self.chains)
            found = aside._chain(rule.target, depth + 1)
            self._open(rule, aside.openings if aside.openings and not rule.openings else ())
            found = Reach.OPEN if aside.perhaps_open else found
        if found is Reach.OPEN:
            self._open(rule, rule.openings or (ALL_PORTS,))

    def _open(self, rule: Rule, openings: Iterable[Opening]) -> None:
        """Remembers openings, and whether the rule keeps them for devices that it names."""
        named = rule.scope is Scope.SENDER
        self.openings += [replace(opening, one_sender=opening.one_sender or named) for opening in openings]

    def _uncertain(self, rule: Rule, depth: int) -> None:
        found: Reach | None = None
        if rule.action in ("jump", "goto"):
            found = self._chain(rule.target, depth + 1)
        if rule.action in ("accept", "return", "opaque") or found is Reach.OPEN:
            self.perhaps_open = True
        if rule.action in ("drop", "return", "opaque") or found is Reach.FILTERED:
            self.perhaps_filtered = True


def card_scope(names: Sequence[str], *, same: bool) -> Scope:
    """A condition on network cards. The question is about the practice's network: loopback and private ones are not it.

    ``same`` is False for "any card but these".
    """
    inside = all(name.startswith(INSIDE) or name == "lo" or DOCKER_BRIDGE.fullmatch(name) for name in names)
    if same:
        return Scope.HARMLESS if inside else Scope.WIDE
    return Scope.EVERY if inside else Scope.WIDE


def address_scope(address: str, *, sender: bool, same: bool) -> Scope:
    """A condition on the sender's address, or on the one that the packet goes to (a prefix, "" for all)."""
    if not address:
        return Scope.EVERY
    if not same:
        return Scope.WIDE if sender else Scope.OPAQUE
    if sender:
        return Scope.SENDER if ONE_DEVICE.fullmatch(address) else Scope.NARROW
    return Scope.HARMLESS if address.startswith(TO_MANY) else Scope.WIDE


def port_scope(ports: Sequence[Opening]) -> Scope:
    """A condition on the port asked for. "1-65535" is everything, whatever the policy at the end of the chain."""
    return Scope.WIDE if sum(p.high - p.low + 1 for p in ports) >= NEARLY_ALL else Scope.NARROW


def combined(scopes: list[Scope]) -> Scope:
    """The scope of a rule whose conditions must all hold."""
    for scope in (Scope.HARMLESS, Scope.OPAQUE, Scope.SENDER, Scope.NARROW, Scope.WIDE):
        if scope in scopes:
            return scope
    return Scope.EVERY
