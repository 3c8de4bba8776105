"""Checks on the firewall in force and on what the network reaches behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.iptables import parse_save
from hygie.workstation.facts.linux.packetfilter import Chain, Rule, Scope, reach_of
from hygie.workstation.facts.linux.ports import parse_ss
from hygie.workstation.facts.model import Reason
from hygie.workstation.facts.network import Listener, Reach
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, machine

OK, TO_FIX, WATCH, UNKNOWN = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN
NFT, FIREWALL, PORTS = "nft -j list ruleset", "pare-feu-actif", "ports-exposes"
ADDRESSES = "fe800000000000000000000000000001 02 40 20 80     eth0\n"
ACCEPT: dict[str, Any] = {"accept": None}
DROP: dict[str, Any] = {"drop": None}
REPLIES = {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}
LOOPBACK = {"match": {"op": "==", "left": {"meta": {"key": "iif"}}, "right": "lo"}}
CARD = {"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "eth0"}}

SENDER = {"payload": {"protocol": "ip", "field": "saddr"}}
LAN = {"prefix": {"addr": "192.168.1.0", "len": 24}}


def port(number: Any, protocol: str = "tcp") -> dict[str, Any]:
    left = {"payload": {"protocol": protocol, "field": "dport"}}
    return {"match": {"op": "==", "left": left, "right": number}}


def ruleset(*rules: list[dict[str, Any]], policy: str = "drop", family: str = "inet", **table: Any) -> str:
    """A ruleset of one table with one input chain."""
    items: list[dict[str, Any]] = [
        {"metainfo": {"version": "1.0.9", "json_schema_version": 1}},
        {"table": {"family": family, "name": "filter", "handle": 1, **table}},
        {"chain": {**_in(family), "name": "input", "type": "filter", "hook": "input", "prio": 0, "policy": policy}},
    ]
    items += [{"rule": {**_in(family), "chain": "input", "expr": rule}} for rule in rules]
    return json.dumps({"nftables": items})


def _in(family: str) -> dict[str, Any]:
    return {"family": family, "table": "filter", "handle": 2}


def walled(
    rules: Any, *, listening: str | Reason = "", elevated: bool = True, runs: dict[str, Any] | None = None
) -> ReplayProbe:
    """A computer with these nftables rules and these listening services."""
    every = {NFT: rules, "ss -tulnpH": listening, **(runs or {})}
    return machine(files={"/proc/net/if_inet6": ADDRESSES}, runs=every, elevated=elevated)


@pytest.mark.parametrize(
    ("rules", "verdict", "sentence"),
    [
        (ruleset([REPLIES, ACCEPT], [LOOPBACK, ACCEPT], [port(22), ACCEPT]), OK, "en IPv4 comme en IPv6"),
        (ruleset([REPLIES, ACCEPT], [{"reject": None}], policy="accept"), OK, "bloque par défaut"),
        (ruleset(policy="accept"), TO_FIX, "Aucun pare-feu"),
        (ruleset([REPLIES, ACCEPT], [port(22), ACCEPT], policy="accept"), TO_FIX, "Aucun pare-feu"),
        (ruleset([ACCEPT]), TO_FIX, "Aucun pare-feu"),
        (ruleset([{"counter": {"packets": 0, "bytes": 0}}, ACCEPT], [DROP]), TO_FIX, "Aucun pare-feu"),
        (ruleset([CARD, ACCEPT]), TO_FIX, "Aucun pare-feu"),
        (ruleset([{"match": {"op": "!=", "left": SENDER, "right": LAN}}, DROP], policy="accept"), TO_FIX, "IPv6"),
        (ruleset([{"match": {"op": "==", "left": SENDER, "right": LAN}}, ACCEPT]), WATCH, "tout un réseau"),
        (ruleset([CARD, DROP], policy="accept"), UNKNOWN, "trop particulières"),
        (ruleset(family="ip"), TO_FIX, "nouveau (IPv6)"),
        (ruleset(family="ip6"), TO_FIX, "Aucun pare-feu"),
        (ruleset([port({"range": [1025, 65535]}), ACCEPT]), WATCH, "très large plage"),
        (ruleset([port({"range": [1, 65535]}), ACCEPT]), TO_FIX, "Aucun pare-feu"),
        (ruleset([port({"set": [{"range": [1, 21]}, {"range": [23, 65535]}]}), ACCEPT]), TO_FIX, "Aucun pare-feu"),
        (ruleset([port("@ports"), ACCEPT]), WATCH, "très large plage"),
        (ruleset([{"queue": {"num": 0}}]), UNKNOWN, "trop particulières"),
        (ruleset([{"quelque-chose": {}}, ACCEPT]), UNKNOWN, "trop particulières"),
        (ruleset([{"match": {"op": "==", "left": {"numgen": {}}, "right": 1}}, ACCEPT]), UNKNOWN, "trop particulières"),
    ],
)
def test_the_firewall_is_judged_on_what_an_unexpected_connection_meets(
    rules: str, verdict: Verdict, sentence: str
) -> None:
    found = finding(FIREWALL, walled(rules))
    assert found.verdict is verdict
    assert sentence in found.sentence.replace("\u00a0", " ")


def test_no_rule_at_all_is_no_firewall_even_when_ufw_says_it_is_enabled() -> None:
    empty = json.dumps({"nftables": [{"metainfo": {"version": "1.0.6"}}]})
    assert finding(FIREWALL, walled(empty)).verdict is TO_FIX
    found = finding(FIREWALL, _with_ufw(empty))
    assert found.verdict is TO_FIX
    assert "ufw est réglé pour démarrer" in found.sentence


def _with_ufw(rules: str) -> ReplayProbe:
    files = {"/etc/ufw/ufw.conf": "# ufw\nENABLED=yes\nLOGLEVEL=low\n", "/proc/net/if_inet6": ADDRESSES}
    return machine(files=files, runs={NFT: rules})


def test_without_rights_an_enabled_ufw_is_not_a_proof() -> None:
    refused = CommandOutput(1, b"", b"Operation not permitted")
    probe = machine(files={"/etc/ufw/ufw.conf": "ENABLED=yes\n"}, runs={NFT: refused}, elevated=False)
    found = finding(FIREWALL, probe)
    assert found.verdict is UNKNOWN
    assert "ne prouve pas" in found.sentence


@pytest.mark.parametrize("answer", ["", "{", "[]", '{"nftables": []}', CommandOutput(1, b"x", b""), Reason.TIMEOUT])
def test_an_unreadable_answer_is_not_an_open_firewall_nor_a_closed_one(answer: Any) -> None:
    assert finding(FIREWALL, walled(answer)).verdict is UNKNOWN


def test_a_table_switched_off_protects_nothing() -> None:
    garbled = ruleset(flags="Lester Gooch")  # what nft 1.0.6 prints in JSON
    dormant = "table inet filter {\n\tflags dormant\n\n\tchain input {\n\t}\n}\n"
    text = {"nft -t list ruleset": dormant}
    assert finding(FIREWALL, walled(garbled, runs=text)).verdict is TO_FIX
    owned = {"nft -t list ruleset": dormant.replace("dormant", "owner")}
    assert finding(FIREWALL, walled(garbled, runs=owned)).verdict is OK
    assert finding(FIREWALL, walled(garbled)).verdict is UNKNOWN


def test_a_computer_without_ipv6_needs_no_ipv6_filter() -> None:
    lo = "00000000000000000000000000000001 01 80 10 80       lo\n"
    runs = {NFT: ruleset(family="ip")}
    assert finding(FIREWALL, machine(files={"/proc/net/if_inet6": lo}, runs=runs)).verdict is OK
    assert finding(FIREWALL, machine(dirs={"/proc/sys/net": ("core", "ipv4")}, runs=runs)).verdict is OK
    assert finding(FIREWALL, machine(runs=runs)).verdict is TO_FIX  # not seen to be off: counted as in use


XT = ruleset([{"xt": {"type": "match", "name": "conntrack"}}, ACCEPT], family="ip")
SAVE4 = """*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:LOCAL - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -j LOCAL
-A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT
-A LOCAL -m addrtype --dst-type LOCAL -j RETURN
-A LOCAL -j DROP
COMMIT
"""


def test_iptables_rules_kept_in_nftables_are_read_in_their_own_words() -> None:
    runs = {"iptables-nft-save": SAVE4, "ip6tables-nft-save": SAVE4}
    assert finding(FIREWALL, walled(XT, runs=runs)).verdict is TO_FIX  # nothing in IPv6
    opened = {"iptables-nft-save": SAVE4.replace("--ctstate RELATED,ESTABLISHED", "--ctstate NEW")}
    assert "Aucun pare-feu" in finding(FIREWALL, walled(XT, runs=opened)).sentence
    assert finding(FIREWALL, walled(XT)).verdict is TO_FIX


def test_the_older_iptables_is_read_where_nftables_is_absent() -> None:
    runs = {"iptables-save": SAVE4, "ip6tables-save": SAVE4}
    assert finding(FIREWALL, walled(Reason.ABSENT, runs=runs)).verdict is OK
    runs["ip6tables-save"] = SAVE4.replace("INPUT DROP", "INPUT ACCEPT")
    assert "IPv6" in finding(FIREWALL, walled(Reason.ABSENT, runs=runs)).sentence
    runs["iptables-save"] = SAVE4.replace("COMMIT", "")
    assert finding(FIREWALL, walled(Reason.ABSENT, runs=runs)).verdict is UNKNOWN


def test_no_program_and_no_kernel_module_is_no_firewall() -> None:
    files = {"/proc/modules": "ext4 1024 1 - Live 0x0\n"}
    assert finding(FIREWALL, machine(files=files, elevated=False)).verdict is TO_FIX
    files["/proc/modules"] += "nf_tables 1024 1 - Live 0x0\n"
    assert finding(FIREWALL, machine(files=files)).verdict is UNKNOWN
    assert finding(FIREWALL, machine()).verdict is UNKNOWN


@pytest.mark.parametrize(
    ("line", "reach"),
    [
        ("-A INPUT -j ACCEPT", Reach.OPEN),
        ("-A INPUT -p tcp -j ACCEPT", Reach.OPEN),
        ("-A INPUT -i eth0 -j ACCEPT", Reach.OPEN),
        ("-A INPUT ! -i lo -j ACCEPT", Reach.OPEN),
        ("-A INPUT -m state --state NEW -j ACCEPT", Reach.OPEN),
        ("-A INPUT -s 0.0.0.0/0 -j ACCEPT", Reach.OPEN),
        ("-A INPUT -p tcp --dport 1:65535 -j ACCEPT", Reach.OPEN),
        ("-A INPUT -p tcp -m multiport --dports 0:21,23:65535 -j ACCEPT", Reach.OPEN),
        ("-A INPUT -s 10.0.0.0/8 -p tcp --dport 1:65535 -j ACCEPT", Reach.FILTERED),
        ("-A INPUT -p udp --sport 53 -j ACCEPT", Reach.OPEN),
        ("-A INPUT -p tcp -m limit --limit 5/sec -j ACCEPT", Reach.OPEN),
        ("-A INPUT -m geoip --source-country FR -j ACCEPT", Reach.UNCLEAR),
        ("-A INPUT -j INCONNUE", Reach.UNCLEAR),
        ("-A INPUT ! -s 10.0.0.0/8 -j ACCEPT", Reach.OPEN),
        ("-A INPUT -i lo -j ACCEPT", Reach.FILTERED),
        ("-A INPUT -i tailscale0 -j ACCEPT", Reach.FILTERED),
        ("-A INPUT -s 10.0.0.0/8 -j ACCEPT", Reach.FILTERED),
        ("-A INPUT -d 224.0.0.251/32 -p udp -j ACCEPT", Reach.FILTERED),
        ("-A INPUT -p icmp -j ACCEPT", Reach.FILTERED),
        ("-A INPUT -p tcp --dport 22 -j ACCEPT", Reach.FILTERED),
        ('-A INPUT -m comment --comment "tout -j ACCEPT" -j LOG', Reach.FILTERED),
    ],
)
def test_one_rule_before_a_closed_policy(line: str, reach: Reach) -> None:
    chains = parse_save(f"*filter\n:INPUT DROP [0:0]\n{line}\nCOMMIT\n")
    assert chains is not None
    assert reach_of(chains)[0] is reach


@pytest.mark.parametrize(
    ("line", "reach"),
    [
        ("-A INPUT -j DROP", Reach.FILTERED),
        ("-A INPUT ! -i lo -j REJECT --reject-with icmp-port-unreachable", Reach.FILTERED),
        ("-A INPUT -m conntrack --ctstate NEW -j DROP", Reach.FILTERED),
        ("-A INPUT -m conntrack --ctstate INVALID -j DROP", Reach.OPEN),
        ("-A INPUT -p tcp --dport 23 -j DROP", Reach.OPEN),
        ("-A INPUT -i docker0 -j DROP", Reach.OPEN),
        ("-A INPUT -m limit --limit 5/sec -j DROP", Reach.OPEN),
        ("-A INPUT ! -s 192.168.1.0/24 -j DROP", Reach.UNCLEAR),
        ("-A INPUT ! -d 192.168.1.9/32 -j DROP", Reach.UNCLEAR),
        ("-A INPUT -p tcp -j DROP", Reach.UNCLEAR),
        ("-A INPUT -p tcp ! --dport 22 -j DROP", Reach.UNCLEAR),
    ],
)
def test_one_rule_before_an_open_policy(line: str, reach: Reach) -> None:
    chains = parse_save(f"*filter\n:INPUT ACCEPT [0:0]\n{line}\nCOMMIT\n")
    assert chains is not None
    assert reach_of(chains)[0] is reach


def test_a_packet_must_pass_every_base_chain() -> None:
    closed = Chain((), base=True, policy="drop")
    opened = Chain((Rule(Scope.EVERY, "accept"),), base=True)
    assert reach_of({"a": opened, "b": closed})[0] is Reach.FILTERED
    assert reach_of({"a": opened})[0] is Reach.OPEN
    assert reach_of({})[0] is Reach.OPEN


def test_chains_that_jump_in_a_ring_are_not_followed_for_ever() -> None:
    ring = Chain((Rule(Scope.EVERY, "jump", "a"),), base=True)
    assert reach_of({"a": ring})[0] is Reach.UNCLEAR


PG = 'tcp LISTEN 0 244 0.0.0.0:5432 0.0.0.0:* users:(("postgres",pid=9,fd=5))\n'
ODD = 'tcp LISTEN 0 5 *:2024 *:* users:(("metier",pid=9,fd=5))\n'
REDIS = "tcp LISTEN 0 511 [::]:6379 [::]:*\n"
INSIDE = (
    "tcp LISTEN 0 128 127.0.0.1:5432 0.0.0.0:*\n"
    "tcp LISTEN 0 128 [::1]:631 [::]:*\n"
    "udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*\n"
    "udp UNCONN 0 0 0.0.0.0:5353 0.0.0.0:*\n"
    "udp UNCONN 0 0 0.0.0.0%virbr0:67 0.0.0.0:*\n"
)
CLOSED, OPENED = ruleset(), ruleset(policy="accept")


@pytest.mark.parametrize(
    ("rules", "listening", "verdict"),
    [
        pytest.param(OPENED, INSIDE, OK, id="only this computer"),
        pytest.param(OPENED, PG, TO_FIX, id="a database behind no firewall"),
        pytest.param(CLOSED, PG, OK, id="a database behind a firewall"),
        pytest.param(ruleset([port(5432), ACCEPT]), PG, WATCH, id="a database opened on purpose"),
        pytest.param(ruleset([port(6379), ACCEPT]), REDIS, TO_FIX, id="never to be opened"),
        pytest.param(ruleset([port({"set": [80, 6379]}), ACCEPT]), REDIS, TO_FIX, id="never, in a set"),
        pytest.param(ruleset([port("@ports"), ACCEPT]), PG, WATCH, id="a named set may hold any port"),
        pytest.param(OPENED, ODD, UNKNOWN, id="an unnamed service behind no firewall"),
        pytest.param(CLOSED, ODD, OK, id="an unnamed service behind a firewall"),
        pytest.param(ruleset([port(2024), ACCEPT]), ODD, WATCH, id="an unnamed service opened on purpose"),
        pytest.param(
            ruleset([{"match": {**CARD["match"], "right": "br-0123456789ab"}}, ACCEPT]), PG, OK, id="a card of Docker"
        ),
        pytest.param(ruleset([{"match": {**CARD["match"], "right": "br-lan"}}, ACCEPT]), PG, TO_FIX, id="a bridge"),
        pytest.param(CLOSED, PG.replace("postgres", "docker-proxy"), TO_FIX, id="docker goes around"),
        pytest.param(CLOSED, PG.replace("postgres", "conmon"), TO_FIX, id="podman goes around"),
        pytest.param(Reason.TIMEOUT, PG, UNKNOWN, id="firewall unread"),
        pytest.param(OPENED, "tcp LISTEN 0 128 192.168.1.9:23 0.0.0.0:*\n", TO_FIX, id="one address of the network"),
        pytest.param(OPENED, "", UNKNOWN, id="empty answer"),
        pytest.param(OPENED, "n’importe quoi\n", UNKNOWN, id="garbage"),
        pytest.param(OPENED, INSIDE + "tcp LISTEN 0", UNKNOWN, id="cut short"),
        pytest.param(OPENED, Reason.ABSENT, UNKNOWN, id="no ss"),
    ],
)
def test_fragile_services_must_not_be_reached(rules: str | Reason, listening: str, verdict: Verdict) -> None:
    assert finding(PORTS, walled(rules, listening=listening)).verdict is verdict


LOCAL_PROXY = 'tcp LISTEN 0 4096 127.0.0.1:5433 0.0.0.0:* users:(("docker-proxy",pid=9,fd=7))\n'
NAT = {"chain": "PREROUTING", "family": "ip", "table": "nat"}


@pytest.mark.parametrize("sent", [{"dnat": {"addr": "172.17.0.2"}}, {"xt": {"type": "target", "name": "DNAT"}}])
def test_a_port_sent_to_a_container_without_a_program_that_listens_is_not_said_closed(sent: dict[str, Any]) -> None:
    data = json.loads(ruleset(family="inet"))
    data["nftables"].append({"rule": {**NAT, "expr": [port(5432), sent]}})
    closed = json.dumps(data)
    assert finding(PORTS, walled(closed, listening=INSIDE)).verdict is UNKNOWN
    proxied = INSIDE + LOCAL_PROXY
    assert finding(PORTS, walled(closed, listening=proxied)).verdict is OK


def test_without_rights_a_listening_database_is_unknown_and_named() -> None:
    found = finding(PORTS, walled(CommandOutput(1, b"", b""), listening=PG, elevated=False))
    assert (found.verdict, found.observed) == (UNKNOWN, "base PostgreSQL (5432)")
    assert "administrateur" in found.sentence
    assert "administrateur" not in finding(PORTS, walled(Reason.TIMEOUT, listening=PG)).sentence


def test_listeners_are_read_with_their_address_card_and_program() -> None:
    line = (
        'tcp   LISTEN 0    4096   [::ffff:10.0.0.1]%eth0:8080  [::]:*  users:(("java",pid=1,fd=2),("x",pid=3,fd=4))\n'
    )
    assert parse_ss(line) == (Listener("tcp", "::ffff:10.0.0.1", 8080, "java", "eth0"),)


def sender(address: Any) -> dict[str, Any]:
    return {"match": {"op": "==", "left": SENDER, "right": address}}


@pytest.mark.parametrize(
    ("sender_rule", "verdict"),
    [
        ([sender("192.168.1.5"), port(5900), ACCEPT], WATCH),
        ([sender({"prefix": {"addr": "192.168.1.5", "len": 32}}), port(5900), ACCEPT], WATCH),
        ([sender(LAN), port(5900), ACCEPT], TO_FIX),
        ([sender("@amis"), port(5900), ACCEPT], TO_FIX),
        ([port(5900), ACCEPT], TO_FIX),
    ],
)
def test_a_screen_shared_with_one_named_device_is_a_choice_and_with_a_network_a_fault(
    sender_rule: list[dict[str, Any]], verdict: Verdict
) -> None:
    listening = 'tcp LISTEN 0 5 0.0.0.0:5900 0.0.0.0:* users:(("x11vnc",pid=7,fd=8))\n'
    rules = ruleset([REPLIES, ACCEPT], sender_rule)
    assert finding(PORTS, walled(rules, listening=listening)).verdict is verdict


def test_a_service_nobody_knows_behind_no_firewall_is_said_to_be_open() -> None:
    listening = "tcp LISTEN 0 5 0.0.0.0:2024 0.0.0.0:*\n"
    assert "Rien ne bloque" in finding(PORTS, walled(ruleset(policy="accept"), listening=listening)).sentence
