"""The Wi-Fi in use is encrypted by a recent standard."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.network import WIFI_LINKS, WifiLink

EXPECTED = "WPA2 ou WPA3"
GOOD = {"WPA2", "WPA3", "OWE"}
KNOWN = GOOD | {"WPA1", "802.1X"}


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """The weakest network in use decides."""
    judgements = [_of_link(link) for link in facts.value(WIFI_LINKS)]
    order = ("to_fix", "unknown", "watch", "ok")
    return min(judgements, key=lambda judgement: order.index(judgement.verdict))


def _of_link(link: WifiLink) -> Judgement:
    words = set(link.security.replace("--", "").split())
    shown = link.security or "aucun chiffrement"
    if not words or "OWE-TM" in words:
        return to_fix("open", ssid=link.ssid, observed="aucun chiffrement", expected=EXPECTED)
    if "WEP" in words or (words <= KNOWN and "WPA1" in words and not words & GOOD):
        return to_fix("old", ssid=link.ssid, security=shown, observed=shown, expected=EXPECTED)
    if not words <= KNOWN or not words & GOOD:
        return unknown("unread", ssid=link.ssid, security=shown, observed=shown, expected=EXPECTED)
    if "WPA1" in words:
        return watch(ssid=link.ssid, security=shown, observed=shown, expected=EXPECTED)
    return ok(ssid=link.ssid, security=shown, observed=shown, expected=EXPECTED)
