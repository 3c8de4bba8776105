"""Reads ``iptables-save`` and ``ip6tables-save`` (iptables-extensions(8)) into chains."""

from __future__ import annotations

import shlex

from hygie.workstation.facts.linux.packetfilter import (
    Chain,
    Rule,
    Scope,
    address_scope,
    card_scope,
    combined,
    port_scope,
)
from hygie.workstation.facts.network import Opening

ACTIONS = {"ACCEPT": "accept", "DROP": "drop", "REJECT": "drop", "RETURN": "return", "NFQUEUE": "opaque"}
ACTIONS |= dict.fromkeys("LOG NFLOG ULOG AUDIT TCPMSS CT MARK CONNMARK SET".split(), "")
NEUTRAL = ("-m", "--comment", "--reject-with", "--limit-burst", "--syn", "--log-prefix", "--log-level")
HARMLESS = ("--icmp-type", "--icmpv6-type", "--rt-type", "--rpfilter", "--loose", "--validmark", "--hl-eq")


def parse_save(text: str) -> dict[str, Chain] | None:
    """Chains of the ``filter`` table; None when the text is cut short (each table ends by COMMIT)."""
    lines = text.splitlines()
    if sum(line.startswith("*") for line in lines) != lines.count("COMMIT"):
        return None
    policies: dict[str, str] = {}
    rules: dict[str, list[Rule]] = {}
    table = ""
    for line in lines:
        if line.startswith("*"):
            table = line[1:].strip()
        elif table == "filter" and line.startswith(":"):
            name, policy = line[1:].split()[:2]
            policies[name] = policy.lower()
        elif table == "filter" and line.startswith("-A "):
            words = shlex.split(line)
            rules.setdefault(words[1], []).append(rule_of(words[2:]))
    return {
        name: Chain(tuple(rules.get(name, ())), name == "INPUT", "drop" if policy == "drop" else "accept")
        for name, policy in policies.items()
    }


def rule_of(words: list[str]) -> Rule:
    """One ``-A`` line without its chain."""
    scopes: list[Scope] = []
    ports: list[Opening] = []
    action, target, protocol, limited = "", "", "", False
    for option, values, same in _options(words):
        value = values[0] if values else ""
        if option in ("-j", "-g"):
            known = ACTIONS.get(value)
            action, target = (("jump" if option == "-j" else "goto"), value) if known is None else (known, "")
        elif option == "-p":
            protocol = value
            scopes.append(_carrier(value, same=same))
        elif option in ("--dport", "--dports") and same:
            opened = [_opening(protocol, part) for part in value.split(",")]
            ports += opened
            scopes.append(port_scope(opened))
        elif option == "--limit":
            limited = True
        else:
            scopes.append(_scope(option, value, same=same))
    if limited and action == "drop":
        scopes.append(Scope.HARMLESS)
    return Rule(combined(scopes), action, target, tuple(ports))


def _options(words: list[str]) -> list[tuple[str, list[str], bool]]:
    """Options with their values; ``same`` is False after "!"."""
    found: list[tuple[str, list[str], bool]] = []
    same = True
    for word in words:
        if word == "!":
            same = False
        elif word.startswith("-") and not word.lstrip("-").isdigit():
            found.append((word, [], same))
            same = True
        elif found:
            found[-1][1].append(word)
    return found


def _carrier(protocol: str, *, same: bool) -> Scope:
    if protocol == "all":
        return Scope.EVERY
    return Scope.WIDE if protocol in ("tcp", "udp", "6", "17") or not same else Scope.HARMLESS


def _scope(option: str, value: str, *, same: bool) -> Scope:
    if option in NEUTRAL:
        return Scope.EVERY
    if option in HARMLESS or (option == "--pkt-type" and value != "unicast"):
        return Scope.HARMLESS
    if option in ("-i", "--in-interface"):
        return card_scope([value], same=same)
    if option in ("--ctstate", "--state"):
        return Scope.EVERY if ("NEW" in value.split(",")) is same else Scope.HARMLESS
    if option == "--dst-type":
        return Scope.EVERY if (value == "LOCAL") is same else Scope.HARMLESS
    if option in ("-s", "-d"):
        address = "" if value in ("0.0.0.0/0", "::/0") else value
        return address_scope(address, sender=option == "-s", same=same)
    return Scope.WIDE if option in ("--sport", "--sports", "--dport", "--dports") else Scope.OPAQUE


def _opening(protocol: str, part: str) -> Opening:
    low, colon, high = part.partition(":")
    if low.isdigit() and (not colon or high.isdigit()):
        return Opening(protocol, int(low), int(high) if colon else int(low))
    return Opening(protocol, 0, 65_535)
