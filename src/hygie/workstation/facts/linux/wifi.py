"""Wi-Fi in use and remembered, from NetworkManager (nmcli(1), terse mode)."""

from __future__ import annotations

import re

from hygie.workstation.facts.linux.parsing import answer_of, listed
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, NotApplicable, Reason, Unknown
from hygie.workstation.facts.network import WIFI_LINKS, WIFI_MEMORIES, WifiLink, WifiMemory
from hygie.workstation.probe import Probe

NET = "/sys/class/net"
NO_WIFI = NotApplicable("ce poste n’a pas de carte Wi-Fi", NET)
LINKS = ("nmcli", "-t", "-f", "IN-USE,SSID,SECURITY", "device", "wifi", "list", "--rescan", "no")
PROFILES = ("nmcli", "-t", "-f", "UUID,TYPE", "connection", "show")
FIELDS = "connection.uuid,connection.autoconnect,802-11-wireless.ssid,802-11-wireless-security.key-mgmt"
DETAILS = ("nmcli", "-t", "-f", FIELDS, "connection", "show")
SPLIT = re.compile(r"(?<!\\)((?:\\\\)*):")
WIRELESS_MARKS = ("phy80211", "wireless")
MOST_PROFILES = 60  # remembered networks looked at; more would make too long a command


def collect_wifi(probe: Probe) -> Collected:
    """The Wi-Fi cards, the network each one uses, and the remembered ones."""
    cards = _cards(probe)
    if isinstance(cards, Unknown):
        return {WIFI_LINKS: cards, WIFI_MEMORIES: cards}
    if not cards:
        return {WIFI_LINKS: NO_WIFI, WIFI_MEMORIES: NO_WIFI}
    return {WIFI_LINKS: _links(probe, cards), WIFI_MEMORIES: _memories(probe)}


def _cards(probe: Probe) -> tuple[str, ...] | Unknown:
    """Network cards that the kernel calls wireless (sysfs-class-net-phy80211)."""
    names = listed(probe.list_dir(NET), NET)  # the loopback is always there
    if isinstance(names, Unknown):
        return names
    cards = []
    for name in names:
        marks = [probe.stat(f"{NET}/{name}/{mark}") for mark in WIRELESS_MARKS]
        if any(not isinstance(mark, Unknown) for mark in marks):
            cards.append(name)
        unread = next((m for m in marks if isinstance(m, Unknown) and m.reason is not Reason.ABSENT), None)
        if unread is not None:
            return unread
    return tuple(cards)


def _links(probe: Probe, cards: tuple[str, ...]) -> Fact[tuple[WifiLink, ...]]:
    states = [probe.read_file(f"{NET}/{card}/operstate") for card in cards]
    if all(not isinstance(state, Unknown) and state.strip() == b"down" for state in states):
        return NotApplicable("ce poste n’était relié à aucun Wi-Fi au moment du bilan", NET)
    source = "nmcli device wifi"
    answer = answer_of(probe.run(LINKS), source)
    if isinstance(answer, Unknown):
        return answer
    links = parse_links(answer.text)
    if not links:
        return Unknown(Reason.UNPARSABLE, source, "le réseau en service n’est pas cité")
    return Known(links, source)


def split_terse(line: str) -> list[str]:
    """Fields of a terse line: ":" separates, "\\:" is a colon inside a field."""
    return [re.sub(r"\\(.)", r"\1", part) for part in SPLIT.sub("\\1\x00", line).split("\x00")]


def parse_links(text: str) -> tuple[WifiLink, ...]:
    """Networks in use: first field "*", then name and security; lines of another shape are skipped."""
    rows = [split_terse(line) for line in text.splitlines()]
    return tuple(WifiLink(row[1], row[2].strip()) for row in rows if len(row) == 3 and row[0].strip() == "*")


def _memories(probe: Probe) -> Fact[tuple[WifiMemory, ...]]:
    source = "nmcli connection show"
    answer = answer_of(probe.run(PROFILES), source)
    if isinstance(answer, Unknown):
        return answer
    rows = [split_terse(line) for line in answer.text.splitlines()]
    if any(len(row) != 2 for row in rows):
        return Unknown(Reason.UNPARSABLE, source)
    ids = [row[0] for row in rows if row[1] in ("802-11-wireless", "wifi")]
    if not ids:
        return Known((), source)
    if len(ids) > MOST_PROFILES:
        return Unknown(Reason.REFUSED, source, f"plus de {MOST_PROFILES} réseaux mémorisés")
    details = answer_of(probe.run((*DETAILS, *ids)), source)
    if isinstance(details, Unknown):
        return details
    memories = parse_memories(details.text)
    return Known(memories, source) if len(memories) == len(ids) else Unknown(Reason.UNPARSABLE, source)


def parse_memories(text: str) -> tuple[WifiMemory, ...]:
    """One block a profile, started by its uuid; an open network has no key-mgmt line."""
    blocks: list[dict[str, str]] = []
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name == "connection.uuid":
            blocks.append({})
        if blocks and name:
            blocks[-1][name] = re.sub(r"\\(.)", r"\1", value)
    return tuple(_memory(block) for block in blocks if "802-11-wireless.ssid" in block)


def _memory(block: dict[str, str]) -> WifiMemory:
    management = block.get("802-11-wireless-security.key-mgmt", "").replace("--", "")
    return WifiMemory(block["802-11-wireless.ssid"], management, block.get("connection.autoconnect") != "no")


COLLECTORS = (Collector("wifi", (WIFI_LINKS, WIFI_MEMORIES), collect_wifi),)
