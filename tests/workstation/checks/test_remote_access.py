"""Checks on remote access: the SSH service and remote-control tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.model import Reason
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, machine, regular

OK, TO_FIX, WATCH, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
SSH, TOOLS = "acces-distant-ssh", "acces-distant-outils"
CONFIG = "/etc/ssh/sshd_config"
LISTENS = 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=7,fd=3))\n'
KEYS_ONLY = "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"


def served(
    config: str | Reason, *, listening: str | Reason = LISTENS, elevated: bool = True, **more: Mapping[str, Any]
) -> ReplayProbe:
    """A computer with an SSH server set like this."""
    return machine(
        files={CONFIG: config, **more.get("files", {})},
        dirs=more.get("dirs"),
        runs={"ss -tulnpH": listening, **more.get("runs", {})},
        stats={"/usr/sbin/sshd": regular(), CONFIG: regular()},
        elevated=elevated,
    )


@pytest.mark.parametrize(
    ("config", "verdict"),
    [
        (KEYS_ONLY, OK),
        ("passwordauthentication=no\nUsePAM no\n", OK),
        ("PasswordAuthentication no\nUsePAM yes\n", TO_FIX),
        ("PasswordAuthentication no\nUsePAM yes\nChallengeResponseAuthentication no\n", OK),
        ("PasswordAuthentication no\nUsePAM Yes\n", TO_FIX),
        ("PasswordAuthentication no\nUsePAM yes\nKbdInteractiveAuthentication No\n", OK),
        (KEYS_ONLY + "UsePAM yes\nMatch User stagiaire\n  KbdInteractiveAuthentication yes\n", TO_FIX),
        ("", TO_FIX),
        ("#PasswordAuthentication no\n", TO_FIX),
        ("PasswordAuthentication yes\nPermitRootLogin no\n", TO_FIX),
        ("PasswordAuthentication yes\nPasswordAuthentication no\n", TO_FIX),
        (KEYS_ONLY + "PermitEmptyPasswords yes\n", TO_FIX),
        (KEYS_ONLY + "Match User stagiaire\n  PasswordAuthentication yes\n", TO_FIX),
        (KEYS_ONLY + "Match Address 10.0.0.0/8\nPermitRootLogin no\nMatch all\nPasswordAuthentication yes\n", OK),
        ("PasswordAuthentication yes\nAuthenticationMethods publickey,password publickey,keyboard-interactive\n", OK),
        ("PasswordAuthentication yes\nAuthenticationMethods publickey password\n", TO_FIX),
        ("ListenAddress 127.0.0.1\nListenAddress [::1]:22\n", OK),
    ],
)
def test_a_password_alone_must_not_open_the_door(config: str, verdict: Verdict) -> None:
    assert finding(SSH, served(config)).verdict is verdict


def test_root_by_password_is_said() -> None:
    assert "(root)" in finding(SSH, served("PermitRootLogin yes\nPasswordAuthentication yes\n")).sentence


def test_a_default_that_stands_in_for_a_missing_line_is_said() -> None:
    assert "Aucune ligne" in finding(SSH, served("PermitRootLogin no\n")).sentence


def test_included_files_are_read_in_their_place_and_the_first_value_wins() -> None:
    include = "Include /etc/ssh/sshd_config.d/*.conf\nPasswordAuthentication yes\nUsePAM no\n"
    folder = "/etc/ssh/sshd_config.d"
    dirs = {folder: ("50-cabinet.conf", "60-image.conf", "note.txt")}
    files: dict[str, str | Reason] = {
        f"{folder}/50-cabinet.conf": "PasswordAuthentication no\n",
        f"{folder}/60-image.conf": "PasswordAuthentication yes\n",
        f"{folder}/note.txt": "PermitEmptyPasswords yes\n",
    }
    assert finding(SSH, served(include, dirs=dirs, files=files)).verdict is OK
    files[f"{folder}/50-cabinet.conf"] = "PermitRootLogin no\n"
    assert finding(SSH, served(include, dirs=dirs, files=files)).verdict is TO_FIX
    files[f"{folder}/50-cabinet.conf"] = Reason.RIGHTS
    assert finding(SSH, served(include, dirs=dirs, files=files)).verdict is UNKNOWN
    assert finding(SSH, served(include)).verdict is TO_FIX  # no such folder: sshd goes on


def test_a_server_that_does_not_listen_is_no_door() -> None:
    closed = 'tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=7,fd=3))\n'
    assert finding(SSH, served("", listening=closed)).verdict is OUT
    unnamed = "tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*\n"
    assert finding(SSH, served("", listening=unnamed, elevated=False)).verdict is UNKNOWN


def test_ssh_is_seen_on_another_port_and_behind_systemd() -> None:
    moved = LISTENS.replace(":22 ", ":2222 ")
    assert finding(SSH, served("", listening=moved)).verdict is TO_FIX
    assert finding(SSH, served("Port 2222\n", listening=moved.replace("sshd", "systemd"))).verdict is TO_FIX


def test_a_port_that_systemd_holds_for_an_unnamed_service_may_be_ssh() -> None:
    held = 'tcp LISTEN 0 128 *:2222 *:* users:(("systemd",pid=1,fd=3))\n'
    assert finding(SSH, served("", listening=held)).verdict is UNKNOWN
    assert finding(SSH, served("", listening=held.replace("2222", "631"))).verdict is OUT


def test_a_password_behind_a_closed_firewall_is_followed() -> None:
    rules = {
        "nftables": [
            {"metainfo": {"version": "1.0.9"}},
            {"table": {"family": "inet", "name": "f"}},
            {
                "chain": {
                    "family": "inet",
                    "table": "f",
                    "name": "input",
                    "type": "filter",
                    "hook": "input",
                    "policy": "drop",
                }
            },
        ]
    }
    assert finding(SSH, served("", runs={"nft -j list ruleset": json.dumps(rules)})).verdict is WATCH


def test_an_ssh_server_that_cannot_be_read_is_unknown_and_an_absent_one_is_not_asked() -> None:
    assert finding(SSH, served(Reason.RIGHTS)).verdict is UNKNOWN
    assert finding(SSH, served(KEYS_ONLY, listening=Reason.ABSENT)).verdict is UNKNOWN
    assert (
        finding(SSH, served(KEYS_ONLY, files={"/etc/default/ssh": 'SSHD_OPTS="-o PasswordAuthentication=yes"'})).verdict
        is UNKNOWN
    )
    assert finding(SSH, machine(runs={"ss -tulnpH": LISTENS.replace(":22 ", ":80 ")})).verdict is OUT


def test_another_ssh_server_is_not_mistaken_for_none() -> None:
    assert finding(SSH, machine(runs={"ss -tulnpH": LISTENS.replace("sshd", "")})).verdict is UNKNOWN
    moved = LISTENS.replace("sshd", "dropbear").replace(":22 ", ":2222 ")
    assert finding(SSH, machine(runs={"ss -tulnpH": moved})).verdict is UNKNOWN


PS = "ps -e -o pid=,comm="
QUIET = "tcp LISTEN 0 128 127.0.0.1:631 0.0.0.0:*\n"
DPKG = "Package: {}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"


def tooled(
    *processes: str,
    listening: str | Reason = QUIET,
    packages: tuple[str, ...] = (),
    rules: str | Reason = Reason.TIMEOUT,
) -> ReplayProbe:
    """A computer where these run and these are installed."""
    names = ("systemd", *processes)
    status = "".join(DPKG.format(name) for name in ("bash", *packages))
    table = "".join(f"{number:>7} {name}\n" for number, name in enumerate(names, 1))
    return machine(
        files={"/var/lib/dpkg/status": status, "/proc/net/if_inet6": ""},
        runs={PS: table, "ss -tulnpH": listening, "nft -j list ruleset": rules},
    )


VNC = 'tcp LISTEN 0 5 0.0.0.0:5900 0.0.0.0:* users:(("x11vnc",pid=9,fd=5))\n'
OPENED = json.dumps({"nftables": [{"metainfo": {"version": "1"}}]})


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (tooled("bash"), OK),
        (tooled("teamviewerd"), WATCH),
        (tooled(packages=("anydesk",)), WATCH),
        (tooled("tailscaled"), WATCH),
        (tooled("ngrok"), TO_FIX),
        (tooled("x11vnc", listening=VNC), UNKNOWN),
        (tooled("x11vnc", listening=VNC, rules=OPENED), TO_FIX),
        (tooled("x11vnc", listening=VNC.replace("0.0.0.0:5900", "127.0.0.1:5900")), WATCH),
        (
            tooled(listening=VNC.replace("5900", "3389").replace("x11vnc", "x"), rules=OPENED),
            TO_FIX,
        ),
        (tooled(listening=""), UNKNOWN),
        (tooled(listening=Reason.ABSENT), UNKNOWN),
    ],
)
def test_remote_control_is_absent_followed_or_closed(probe: ReplayProbe, verdict: Verdict) -> None:
    assert finding(TOOLS, probe).verdict is verdict


def test_a_hidden_list_of_processes_proves_nothing() -> None:
    for table in ("  412 bash\n", "", "garbage\n", Reason.ABSENT):
        probe = machine(runs={PS: table, "ss -tulnpH": QUIET}, files={"/var/lib/dpkg/status": DPKG.format("bash")})
        assert finding(TOOLS, probe).verdict is UNKNOWN


def test_without_the_list_of_packages_no_tool_is_not_a_conclusion() -> None:
    assert finding(TOOLS, machine(runs={PS: "1 systemd\n", "ss -tulnpH": QUIET})).verdict is UNKNOWN
