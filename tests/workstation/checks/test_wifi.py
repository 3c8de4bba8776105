"""Checks on Wi-Fi: the one in use, and those that are joined by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.wifi import DETAILS, LINKS, PROFILES, parse_links, split_terse
from hygie.workstation.facts.model import Reason
from hygie.workstation.facts.network import WifiLink
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, folder, machine

OK, TO_FIX, WATCH, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
IN_USE, REMEMBERED = "wifi-securite", "wifi-reseaux-memorises"


def radio(state: str = "up", runs: dict[str, Any] | None = None) -> ReplayProbe:
    """A computer with one Wi-Fi card."""
    return machine(
        dirs={"/sys/class/net": ("eth0", "lo", "wlp2s0")},
        stats={"/sys/class/net/wlp2s0/phy80211": folder()},
        files={"/sys/class/net/wlp2s0/operstate": f"{state}\n"},
        runs=runs,
    )


@pytest.mark.parametrize(
    ("security", "verdict"),
    [
        ("WPA2", OK),
        ("WPA3", OK),
        ("WPA2 WPA3", OK),
        ("WPA2 802.1X", OK),
        ("OWE", OK),
        ("WPA1 WPA2", WATCH),
        ("WPA1", TO_FIX),
        ("WPA1 802.1X", TO_FIX),
        ("WEP", TO_FIX),
        ("", TO_FIX),
        ("--", TO_FIX),
        ("OWE-TM", TO_FIX),
        ("802.1X", UNKNOWN),
        ("WPA4", UNKNOWN),
    ],
)
def test_the_security_of_the_wifi_in_use_decides(security: str, verdict: Verdict) -> None:
    listed = f" :Voisin:WPA2\n*:Cabinet\\: accueil:{security}\n :Autre:\n"
    found = finding(IN_USE, radio(runs={" ".join(LINKS): listed}))
    assert found.verdict is verdict
    assert "Cabinet: accueil" in found.sentence


def test_terse_lines_are_split_at_colons_that_are_not_escaped() -> None:
    assert split_terse(r"*:a\:b\\:WPA2") == ["*", "a:b\\", "WPA2"]
    assert parse_links("*:seul\nrien\n") == ()
    assert parse_links(" :a:WPA2\n*:b:WPA3\n") == (WifiLink("b", "WPA3"),)


def test_no_card_or_no_network_in_use_is_nothing_to_judge() -> None:
    assert finding(IN_USE, machine(dirs={"/sys/class/net": ("eth0", "lo")})).verdict is OUT
    assert finding(IN_USE, radio("down")).verdict is OUT


@pytest.mark.parametrize(
    "answer", [Reason.ABSENT, "", " :a:WPA2\n", "garbage\n", CommandOutput(8, b"", b"not running")]
)
def test_a_card_in_use_whose_network_cannot_be_read_is_unknown(answer: Any) -> None:
    assert finding(IN_USE, radio(runs={" ".join(LINKS): answer})).verdict is UNKNOWN
    assert finding(IN_USE, machine()).verdict is UNKNOWN


def block(ssid: str, management: str | None, automatic: str = "yes") -> str:
    """One remembered network as nmcli prints it."""
    key = "" if management is None else f"802-11-wireless-security.key-mgmt:{management}\n"
    return f"connection.uuid:u\nconnection.autoconnect:{automatic}\n802-11-wireless.ssid:{ssid}\n{key}\n"


@pytest.mark.parametrize(
    ("details", "verdict"),
    [
        (block("Maison", "wpa-psk"), OK),
        (block("Maison", "sae"), OK),
        (block("Clinique", "wpa-eap"), OK),
        (block("Hôtel", None), TO_FIX),
        (block("Hôtel", "--"), TO_FIX),
        (block("Ancien", "none"), TO_FIX),
        (block("Hôtel", None, "no"), WATCH),
        (block("Futur", "wpa9"), UNKNOWN),
        ("", UNKNOWN),
        ("connection.uuid:u\n", UNKNOWN),
    ],
)
def test_open_networks_are_not_joined_by_themselves(details: str, verdict: Verdict) -> None:
    runs = {" ".join(PROFILES): "u:802-11-wireless\ne:802-3-ethernet\n", " ".join((*DETAILS, "u")): details}
    assert finding(REMEMBERED, radio(runs=runs)).verdict is verdict


def test_no_remembered_wifi_is_in_order_and_an_unread_list_is_not() -> None:
    assert finding(REMEMBERED, radio(runs={" ".join(PROFILES): "e:802-3-ethernet\n"})).verdict is OK
    for answer in (Reason.ABSENT, "", "garbage\n"):
        assert finding(REMEMBERED, radio(runs={" ".join(PROFILES): answer})).verdict is UNKNOWN
