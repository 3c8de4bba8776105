"""No open or badly encrypted Wi-Fi is joined without asking."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.network import WIFI_MEMORIES

EXPECTED = "aucun Wi-Fi ouvert rejoint automatiquement"
# 802-11-wireless-security.key-mgmt (NetworkManager): "" is open, "none" and "ieee8021x" are WEP.
WEAK = ("", "none", "ieee8021x")
SOUND = ("wpa-psk", "sae", "wpa-eap", "wpa-eap-suite-b-192", "owe")


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Anybody can set up a network of the same name, and this computer would join it by itself."""
    networks = facts.value(WIFI_MEMORIES)
    weak = [network for network in networks if network.key_management in WEAK]
    joined = ", ".join(f"« {network.ssid} »" for network in weak if network.automatic)
    if joined:
        return to_fix(networks=joined, observed=joined, expected=EXPECTED)
    if any(network.key_management not in (*WEAK, *SOUND) for network in networks):
        return unknown("unread", expected=EXPECTED)
    if weak:
        names = ", ".join(f"« {network.ssid} »" for network in weak)
        return watch(networks=names, observed=names, expected=EXPECTED)
    return ok(count=len(networks), observed="aucun", expected=EXPECTED)
