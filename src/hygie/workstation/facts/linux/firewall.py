"""The firewall in force, read from the kernel's own rules: what a tool intended proves nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hygie.workstation.facts.linux.iptables import parse_save
from hygie.workstation.facts.linux.nftables import dormant_tables, forwards, has_flags, needs_iptables, parse_nft
from hygie.workstation.facts.linux.packetfilter import Chain, reach_of
from hygie.workstation.facts.linux.parsing import answer_of, key_values, text_of
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.network import FIREWALL, Firewall, Reach
from hygie.workstation.probe import Probe

NFT = ("nft", "-j", "list", "ruleset")
NFT_TEXT = ("nft", "-t", "list", "ruleset")
SOURCE = "nft -j list ruleset"
INTENDED = {"/etc/ufw/ufw.conf": "ufw"}
# Kernel modules that carry rules; when none is loaded and no program can write rules, there are none.
CARRYING = (b"nf_tables ", b"ip_tables ", b"ip6_tables ")


def collect_firewall(probe: Probe) -> Collected:
    """What incoming connections meet, in IPv4 and in IPv6."""
    return {FIREWALL: _firewall(probe)}


def _firewall(probe: Probe) -> Fact[Firewall]:
    intended = _intended(probe)
    output = probe.run(NFT)
    absent = isinstance(output, Unknown) and output.reason is Reason.ABSENT
    if absent and _no_tool(probe):
        return _without_tool(probe, intended)
    if not probe.identity.elevated:
        detail = f"{intended} est réglé pour démarrer, ce qui ne prouve pas qu’il filtre" if intended else ""
        return Unknown(Reason.RIGHTS, SOURCE, detail)
    data = None if absent else _json(answer_of(output, SOURCE))
    if isinstance(data, Unknown):
        return data
    asleep = _asleep(probe, data)
    if isinstance(asleep, Unknown):
        return asleep
    ipv4, ipv6 = _chains(probe, data, "ip", asleep), _chains(probe, data, "ip6", asleep)
    if isinstance(ipv4, Unknown):
        return ipv4
    reach4, openings4 = reach_of(ipv4)
    sent = _forwards(probe, data)
    if not _uses_ipv6(probe):
        return Known(Firewall(reach4, Reach.UNUSED, openings4, intended, sent), SOURCE)
    if isinstance(ipv6, Unknown):
        return ipv6
    reach6, openings6 = reach_of(ipv6)
    return Known(Firewall(reach4, reach6, tuple(dict.fromkeys(openings4 + openings6)), intended, sent), SOURCE)


def _json(answer: Any) -> Any | Unknown:
    if isinstance(answer, Unknown):
        return answer
    try:
        data = json.loads(answer.stdout)
    except ValueError:
        return Unknown(Reason.UNPARSABLE, SOURCE)
    return data if parse_nft(data, "ip") is not None else Unknown(Reason.UNPARSABLE, SOURCE)


def _intended(probe: Probe) -> str:
    """The firewall that is set to start (ufw.conf(5) ENABLED=yes); "" when none says so."""
    for path, tool in INTENDED.items():
        data = probe.read_file(path)
        if not isinstance(data, Unknown) and key_values(text_of(data)).get("ENABLED", "").lower() == "yes":
            return tool
    return ""


def _no_tool(probe: Probe) -> bool:
    output = probe.run(("iptables-save",))
    return isinstance(output, Unknown) and output.reason is Reason.ABSENT


def _without_tool(probe: Probe, intended: str) -> Fact[Firewall]:
    modules = probe.read_file("/proc/modules")
    if isinstance(modules, Unknown) or not modules.strip() or any(word in modules for word in CARRYING):
        detail = "installez le paquet nftables, puis relancez le bilan en administrateur"
        return Unknown(Reason.ABSENT, SOURCE, detail)
    return Known(Firewall(Reach.OPEN, Reach.OPEN, (), intended), "/proc/modules")


def _asleep(probe: Probe, data: Any) -> frozenset[str] | Unknown:
    if data is None or not has_flags(data):
        return frozenset()
    answer = answer_of(probe.run(NFT_TEXT), "nft list ruleset")
    return answer if isinstance(answer, Unknown) else dormant_tables(answer.text)


def _forwards(probe: Probe, data: Any) -> bool:
    """Whether a rule sends connections to another address (DNAT), as containers do to publish a port."""
    if data is not None:
        return forwards(data)
    output = probe.run(("iptables-save",))
    return not isinstance(output, Unknown) and "-j DNAT" in output.text


def _chains(probe: Probe, data: Any, family: str, asleep: frozenset[str]) -> dict[str, Chain] | Unknown:
    """Every chain of a family: native nftables, iptables over nftables, and the older iptables beside them."""
    program = "iptables" if family == "ip" else "ip6tables"
    chains: dict[str, Chain] = {}
    if data is not None:
        chains = parse_nft(data, family, asleep) or {}
        compatible = f"{family}/filter/"
        if needs_iptables(data) and any(name.startswith(compatible) for name in chains):
            saved = _saved(probe, (f"{program}-nft-save", f"{program}-save"))
            if isinstance(saved, dict) and "INPUT" in saved:
                chains = {name: chain for name, chain in chains.items() if not name.startswith(compatible)}
                chains |= _prefixed("nft", saved)
    names = probe.read_file(f"/proc/net/{program.removesuffix('tables')}_tables_names")
    if data is None or (not isinstance(names, Unknown) and b"filter" in names):
        saved = _saved(probe, (f"{program}-legacy-save", f"{program}-save"))
        if isinstance(saved, Unknown):
            return saved
        chains |= _prefixed("legacy", saved)
    return chains


def _saved(probe: Probe, programs: tuple[str, ...]) -> dict[str, Chain] | Unknown:
    """The chains of the first of these programs that exists. No table at all prints nothing, and means no rule."""
    found: dict[str, Chain] | Unknown = Unknown(Reason.ABSENT, programs[0])
    for program in programs:
        output = probe.run((program,))
        if isinstance(output, Unknown):
            found = output
            continue
        if output.status:
            return Unknown(Reason.REFUSED, program, f"code de sortie {output.status}")
        chains = parse_save(output.text)
        return Unknown(Reason.UNPARSABLE, program) if chains is None else chains
    return found


def _prefixed(prefix: str, chains: dict[str, Chain]) -> dict[str, Chain]:
    """The same chains under names of their own, so that two sets of rules do not mix."""
    return {
        f"{prefix}/{name}": replace(
            chain, rules=tuple(replace(r, target=f"{prefix}/{r.target}") if r.target else r for r in chain.rules)
        )
        for name, chain in chains.items()
    }


def _uses_ipv6(probe: Probe) -> bool:
    """False only when it is seen that no card carries an IPv6 address (/proc/net/if_inet6: last column is the card)."""
    data = probe.read_file("/proc/net/if_inet6")
    if not isinstance(data, Unknown):
        return any(line.split()[-1:] != ["lo"] for line in text_of(data).splitlines() if line.strip())
    trees = probe.list_dir("/proc/sys/net")
    return isinstance(trees, Unknown) or "ipv6" in trees


COLLECTORS = (Collector("firewall", (FIREWALL,), collect_firewall),)
