"""Facts about the network: what the firewall lets in, what listens, which Wi-Fi is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hygie.workstation.facts.model import FactKey


class Reach(StrEnum):
    """What happens to a new connection that no exception foresees, for one family of addresses."""

    FILTERED = "filtered"
    OPEN = "open"
    UNCLEAR = "unclear"
    UNUSED = "unused"  # this computer has no address of this family


@dataclass(frozen=True, slots=True)
class Opening:
    """Ports that the firewall lets in on purpose: "tcp", "udp" or "" for both; low to high, both included.

    ``one_sender``: for the devices named one by one in the rule, and no other.
    """

    protocol: str
    low: int
    high: int
    one_sender: bool = False

    def lets_in(self, protocol: str, port: int) -> bool:
        """True when a connection to this port passes."""
        return self.protocol in ("", protocol) and self.low <= port <= self.high


@dataclass(frozen=True, slots=True)
class Firewall:
    """What the rules in force do with incoming connections. ``intended``: the tool set to start ("ufw"), or "".

    ``forwards``: some connections are sent elsewhere (a container) before the rules for incoming ones.
    """

    ipv4: Reach
    ipv6: Reach
    openings: tuple[Opening, ...] = ()
    intended: str = ""
    forwards: bool = False

    @property
    def filters(self) -> bool:
        """True when every family in use is filtered."""
        return self.ipv4 is Reach.FILTERED and self.ipv6 in (Reach.FILTERED, Reach.UNUSED)

    def lets_in(self, protocol: str, port: int) -> bool | None:
        """Whether a connection to a port passes; None when the rules are not clear."""
        if any(opening.lets_in(protocol, port) for opening in self.openings):
            return True
        if Reach.OPEN in (self.ipv4, self.ipv6):
            return True
        return False if self.filters else None

    def lets_in_named_devices_only(self, protocol: str, port: int) -> bool:
        """Whether all that lets a port in names the devices it is for."""
        openings = [opening for opening in self.openings if opening.lets_in(protocol, port)]
        return self.filters and bool(openings) and all(opening.one_sender for opening in openings)


@dataclass(frozen=True, slots=True)
class Listener:
    """osquery ``listening_ports``. ``process`` is "" when rights are missing; ``interface`` is "" for all."""

    protocol: str
    address: str
    port: int
    process: str
    interface: str = ""

    @property
    def exposed(self) -> bool:
        """True when another computer could reach it, firewall aside."""
        inside = self.address.startswith("127.") or self.address in ("::1", "::ffff:127.0.0.1")
        return not inside and not self.interface.startswith(("lo", "virbr", "docker", "lxdbr", "lxcbr"))


@dataclass(frozen=True, slots=True)
class WifiLink:
    """The Wi-Fi in use. ``security`` in NetworkManager's words: "WPA2", "WPA1 WPA2", "WEP", "" when open."""

    ssid: str
    security: str


@dataclass(frozen=True, slots=True)
class WifiMemory:
    """One remembered Wi-Fi. ``key_management``: "wpa-psk", "sae", "wpa-eap", "owe", "none" (WEP), "" when open."""

    ssid: str
    key_management: str
    automatic: bool


FIREWALL = FactKey[Firewall]("firewall", "les règles du pare-feu")
LISTENERS = FactKey[tuple[Listener, ...]]("listening_ports", "la liste des services ouverts sur le réseau")
WIFI_LINKS = FactKey[tuple[WifiLink, ...]]("wifi_status", "le Wi-Fi utilisé")
WIFI_MEMORIES = FactKey[tuple[WifiMemory, ...]]("wifi_networks", "la liste des réseaux Wi-Fi mémorisés")
