"""Reads ``nft -j list ruleset`` (libnftables-json(5)) into chains, for one family of addresses."""

from __future__ import annotations

from typing import Any

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

NEW = "new"
CARRIERS = ("tcp", "udp")
FAMILIES = {"ip": ("ip", "inet"), "ip6": ("ip6", "inet")}
SILENT = ("counter", "log", "comment", "mangle", "ct count", "meter", "set", "ct helper", "notrack")


def parse_nft(data: Any, family: str, asleep: frozenset[str] = frozenset()) -> dict[str, Chain] | None:
    """Chains that see ``family`` ("ip" or "ip6"), keyed "table/chain"; None when this is not a ruleset.

    Chains of the tables named in ``asleep`` do nothing and are left out.
    """
    items = data.get("nftables") if isinstance(data, dict) else None
    if not isinstance(items, list) or not any(isinstance(i, dict) and "metainfo" in i for i in items):
        return None
    rules: dict[str, list[Rule]] = {}
    heads: dict[str, dict[str, Any]] = {}
    for item in items:
        chain, rule = item.get("chain"), item.get("rule")
        if chain and chain.get("family") in FAMILIES[family] and _table(chain) not in asleep:
            heads[f"{_table(chain)}/{chain['name']}"] = chain
        elif rule and rule.get("family") in FAMILIES[family]:
            key = f"{_table(rule)}/{rule['chain']}"
            rules.setdefault(key, []).extend(rule_of(rule.get("expr") or [], family, _table(rule)))
    return {name: _chain(head, tuple(rules.get(name, ()))) for name, head in heads.items()}


def forwards(data: Any) -> bool:
    """True when a rule changes where a packet goes: "dnat", or iptables' own DNAT shown as an ``xt`` box."""
    rules = [item["rule"] for item in data["nftables"] if "rule" in item]
    parts = [part for rule in rules for part in rule.get("expr") or []]
    return any("dnat" in part or (isinstance(b := part.get("xt"), dict) and b.get("name") == "DNAT") for part in parts)


def has_flags(data: Any) -> bool:
    """True when a table carries flags. Their JSON is garbled in nft 1.0.6: only the text listing can be trusted."""
    return any("flags" in item.get("table", {}) for item in data["nftables"])


def dormant_tables(text: str) -> frozenset[str]:
    """Tables switched off ("family/name"), from ``nft list ruleset``: ``flags dormant`` stands under the table."""
    found, table = set(), ""
    for line in text.splitlines():
        words = line.replace(",", " ").replace(";", " ").split()
        if words[:1] == ["table"] and len(words) >= 3:
            table = f"{words[1]}/{words[2]}"
        elif words[:1] == ["flags"] and "dormant" in words and line.startswith("\tflags"):
            found.add(table)
    return frozenset(found)


def _table(item: dict[str, Any]) -> str:
    return f"{item.get('family')}/{item.get('table')}"


def _chain(head: dict[str, Any], rules: tuple[Rule, ...]) -> Chain:
    incoming = head.get("type") == "filter" and head.get("hook") in ("input", "prerouting")
    return Chain(rules, incoming, head.get("policy", "accept"))


def needs_iptables(data: Any) -> bool:
    """True when some rules came through iptables: nft shows their conditions as opaque ``xt`` boxes."""
    rules = [item["rule"] for item in data["nftables"] if "rule" in item]
    return any("xt" in expression for rule in rules for expression in rule.get("expr") or [])


def rule_of(expressions: list[dict[str, Any]], family: str, table: str) -> list[Rule]:
    """One rule as zero (other family), one, or several (verdict map) reduced rules."""
    scopes: list[Scope] = []
    ports: list[Opening] = []
    action, target = "", ""
    for expression in expressions:
        name, body = next(iter(expression.items()))
        if name == "match":
            scope = _match(body, family, ports)
            if scope is None:
                return []
            scopes.append(scope)
        elif name in ("accept", "drop", "return"):
            action = name
        elif name in ("reject", "tproxy", "queue", "xt"):
            action, scopes = ("drop", scopes) if name == "reject" else ("opaque", [*scopes, Scope.OPAQUE])
        elif name in ("jump", "goto"):
            action, target = name, f"{table}/{body['target']}"
        elif name == "limit":
            scopes.append(Scope.HARMLESS if _last(expressions) in ("drop", "reject") else Scope.EVERY)
        elif name == "vmap":
            return _verdict_map(body, combined(scopes), family, table)
        elif name not in SILENT:
            scopes.append(Scope.OPAQUE)
    return [Rule(combined(scopes), action, target, tuple(ports))]


def _last(expressions: list[dict[str, Any]]) -> str:
    return next(iter(expressions[-1]))


def _verdict_map(body: dict[str, Any], scope: Scope, family: str, table: str) -> list[Rule]:
    """``key vmap { value : verdict, … }``: one rule for each pair."""
    data = body.get("data")
    pairs = data.get("set") if isinstance(data, dict) else None
    if not isinstance(pairs, list):
        return [Rule(Scope.OPAQUE, "opaque")]
    found: list[Rule] = []
    for pair in pairs:
        ports: list[Opening] = []
        key = _match({"op": "==", "left": body.get("key"), "right": pair[0]}, family, ports)
        rules = [] if key is None else rule_of([pair[1]], family, table)
        found += [Rule(combined([scope, key or Scope.OPAQUE]), r.action, r.target, tuple(ports)) for r in rules]
    return found


def _match(body: dict[str, Any], family: str, ports: list[Opening]) -> Scope | None:
    """How much one condition lets through; None when it concerns the other family of addresses."""
    left, right, same = body.get("left"), body.get("right"), body.get("op") in ("==", "in")
    if not isinstance(left, dict) or body.get("op") not in ("==", "in", "!="):
        return Scope.OPAQUE
    name, what = next(iter(left.items()))
    values = _values(right)
    if name == "meta":
        return _meta(str(what.get("key")), values, family, same=same)
    if name == "ct":
        return _connection(str(what.get("key")), values, same=same)
    if name == "fib":
        local = "local" in values and what.get("result") == "type"
        return Scope.EVERY if local and same else Scope.HARMLESS
    if name == "payload":
        return _payload(what, right, family, ports, same=same)
    return Scope.OPAQUE


def _values(right: Any) -> list[Any]:
    if isinstance(right, dict):
        right = right.get("set") or right.get("|") or [right]
    return list(right) if isinstance(right, list) else [right]


def _meta(key: str, values: list[Any], family: str, *, same: bool) -> Scope | None:
    if key in ("iif", "iifname"):
        return card_scope([str(value) for value in values], same=same)
    if key in ("nfproto", "protocol"):
        names = {"ipv4": "ip", "ipv6": "ip6"}
        here = family in [names.get(str(value), value) for value in values]
        return Scope.EVERY if here is same else None
    if key == "l4proto":
        return _carrier(values, same=same)
    if key == "pkttype":
        return Scope.EVERY if same and set(values) & {"host", "unicast"} else Scope.HARMLESS
    return Scope.OPAQUE


def _carrier(values: list[Any], *, same: bool) -> Scope:
    known = {6: "tcp", 17: "udp", "6": "tcp", "17": "udp"}
    carried = {known.get(value, value) for value in values} & set(CARRIERS)
    if not same:
        return Scope.WIDE
    return Scope.EVERY if carried == set(CARRIERS) else Scope.WIDE if carried else Scope.HARMLESS


def _connection(key: str, values: list[Any], *, same: bool) -> Scope:
    if key == "state":
        return Scope.EVERY if (NEW in values) is same else Scope.HARMLESS
    return Scope.HARMLESS if key in ("status", "direction") and same else Scope.OPAQUE


def _payload(what: dict[str, Any], right: Any, family: str, ports: list[Opening], *, same: bool) -> Scope | None:
    protocol, field = str(what.get("protocol")), what.get("field")
    if protocol in ("ip", "ip6"):
        if protocol != family:
            return None
        if field in ("protocol", "nexthdr"):
            return _carrier(_values(right), same=same)
        return _address(str(field), right, same=same)
    if protocol.startswith(("icmp", "igmp")):
        return Scope.HARMLESS
    if protocol in (*CARRIERS, "th") and field == "dport" and same:
        values = _values(right)
        opened = [_opening(protocol, value) for value in values]
        ports += opened
        # What a named set holds is not read: it may be one port.
        return Scope.NARROW if any(isinstance(value, str) for value in values) else port_scope(opened)
    return Scope.WIDE if protocol in (*CARRIERS, "th") and field in ("sport", "dport") else Scope.OPAQUE


def _address(field: str, right: Any, *, same: bool) -> Scope:
    prefix = right.get("prefix", {}) if isinstance(right, dict) else {}
    length = f"/{prefix['len']}" if "len" in prefix else ""
    address = "" if prefix.get("len") == 0 else f"{prefix.get('addr', right)}{length}"
    return address_scope(address, sender=field == "saddr", same=same)


def _opening(protocol: str, value: Any) -> Opening:
    """A port, a range, or a named set whose content we do not follow (then: any port)."""
    name = "" if protocol == "th" else protocol
    if isinstance(value, dict) and isinstance(value.get("range"), list):
        low, high = value["range"]
    else:
        low = high = value
    if isinstance(low, int) and isinstance(high, int):
        return Opening(name, low, high)
    return Opening(name, 0, 65_535)
