"""Accounts, empty passwords and powers, from the files every Linux keeps."""

from __future__ import annotations

import pytest

from hygie.workstation.facts.accounts import DIRECTORY_ACCOUNTS, EMPTY_PASSWORDS, SESSION_POWERS, USERS, SessionPowers
from hygie.workstation.facts.linux.accounts import (
    collect_empty_passwords,
    collect_powers,
    collect_users,
    parse_passwd,
    parse_uid_range,
)
from hygie.workstation.facts.linux.sudoers import parse_sudoers
from hygie.workstation.facts.model import Known, Reason, Unknown
from hygie.workstation.probe import FileStatus
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import machine, regular

PASSWD = """root:x:0:0:root:/root:/bin/bash
daemon:x:1:1::/usr/sbin:/usr/sbin/nologin
sync:x:4:65534::/bin:/bin/sync
postgres:x:101:104::/var/lib/postgresql:/bin/bash
claire:x:1000:1000:Claire:/home/claire:/bin/bash
bruno:x:1001:1001::/home/bruno:
ferme:x:1002:1002::/home/ferme:/usr/bin/false
nobody:x:65534:65534::/nonexistent:/bin/sh
+:::::
abime:x
"""
SHADOW = """root:*:20000:0:99999:7:::
postgres:!:20000::::::
claire:$y$j9T$fictif:20000:0:99999:7:::
bruno:$6$fictif:20000:0:99999:7:::
"""


def powers(probe: ReplayProbe) -> SessionPowers:
    fact = collect_powers(probe)[SESSION_POWERS]
    assert isinstance(fact, Known)
    value: SessionPowers = fact.value
    return value


def test_people_are_told_from_services_and_from_closed_accounts() -> None:
    accounts = {account.username: account for account in parse_passwd(PASSWD, 1000, 60000)}
    assert [name for name, account in accounts.items() if account.person] == ["claire", "bruno"]
    assert [name for name, account in accounts.items() if account.login] == [
        "root",
        "postgres",
        "claire",
        "bruno",
        "nobody",
    ]


def test_the_range_of_people_follows_the_machine() -> None:
    assert parse_uid_range("# UID_MIN 5\nUID_MIN\t\t 500\nUID_MAX 2000\n") == (500, 2000)
    assert parse_uid_range("") == (1000, 60000)


@pytest.mark.parametrize("content", ["", "garbage\n", Reason.RIGHTS])
def test_a_list_of_accounts_that_makes_no_sense_is_unknown(content: str | Reason) -> None:
    assert isinstance(collect_users(machine(files={"/etc/passwd": content}))[USERS], Unknown)


@pytest.mark.parametrize(
    ("line", "stats", "directory"),
    [
        ("passwd: files systemd\n", {}, False),
        ("passwd: files winbind\n", {}, True),
        ("passwd: files sss\n", {}, False),
        ("passwd: files sss\n", {"/etc/sssd/sssd.conf": regular()}, True),
        ("passwd: files sss\n", {"/etc/sssd/sssd.conf": Reason.RIGHTS}, True),
        ("", {}, False),
    ],
)
def test_a_directory_of_accounts_is_seen(line: str, stats: dict[str, FileStatus | Reason], *, directory: bool) -> None:
    facts = collect_users(machine(files={"/etc/passwd": PASSWD, "/etc/nsswitch.conf": line}, stats=stats))
    fact = facts[DIRECTORY_ACCOUNTS]
    assert isinstance(fact, Known)
    assert fact.value is directory


def test_empty_passwords_are_found_in_shadow() -> None:
    shadow = SHADOW.replace("bruno:$6$fictif", "bruno:") + "daemon::20000::::::\n"
    fact = collect_empty_passwords(machine(files={"/etc/passwd": PASSWD, "/etc/shadow": shadow}))[EMPTY_PASSWORDS]
    assert fact == Known(("bruno",), "/etc/shadow")


def test_an_empty_password_in_passwd_is_seen_without_rights() -> None:
    passwd = PASSWD.replace("claire:x", "claire:")
    fact = collect_empty_passwords(machine(files={"/etc/passwd": passwd, "/etc/shadow": Reason.RIGHTS}))
    assert fact[EMPTY_PASSWORDS] == Known(("claire",), "/etc/passwd")


@pytest.mark.parametrize("shadow", ["", "garbage", "claire:x\n", Reason.RIGHTS, Reason.ABSENT])
def test_without_shadow_nobody_can_say_that_all_is_well(shadow: str | Reason) -> None:
    fact = collect_empty_passwords(machine(files={"/etc/passwd": PASSWD, "/etc/shadow": shadow}))[EMPTY_PASSWORDS]
    assert isinstance(fact, Unknown)


@pytest.mark.parametrize("group", ["sudo", "wheel", "admin", "docker", "lxd", "disk"])
def test_groups_that_lead_to_root_are_named_even_when_sudo_rules_are_hidden(group: str) -> None:
    probe = machine(files={"/etc/sudoers": Reason.RIGHTS}, runs={"id -Gn medecin": f"medecin {group} cdrom\n"})
    assert powers(probe).powers == (f"groupe {group}",)


def test_no_powerful_group_and_hidden_rules_are_unknown() -> None:
    for hidden in ({"/etc/sudoers": Reason.RIGHTS}, {"/etc/sudoers": "", "/etc/sudoers.d/10-x": Reason.RIGHTS}):
        probe = machine(files=hidden, dirs={"/etc/sudoers.d": ["10-x"]}, runs={"id -Gn medecin": "medecin cdrom\n"})
        assert isinstance(collect_powers(probe)[SESSION_POWERS], Unknown)


def test_a_rule_in_the_folder_gives_powers_and_may_ask_for_no_password() -> None:
    probe = machine(
        files={
            "/etc/sudoers": "root ALL=(ALL:ALL) ALL\n",
            "/etc/sudoers.d/medecin": "medecin ALL=(ALL) NOPASSWD: ALL\n",
        },
        dirs={"/etc/sudoers.d": ["medecin", "README.txt"]},
        runs={"id -Gn medecin": "medecin\n"},
    )
    assert powers(probe) == SessionPowers("medecin", 1000, ("règle de sudo",), without_password=True)


@pytest.mark.parametrize(
    ("rules", "powers_found", "free"),
    [
        ("#1000 ALL=(ALL:ALL) ALL\n", ("règle de sudo",), False),
        ("#1001 ALL=(ALL:ALL) ALL\n", (), False),
        ("ALL ALL=(ALL:ALL) ALL\n", ("règle de sudo",), False),
        ("ALL ALL=(ALL) NOPASSWD: ALL\n", ("règle de sudo",), True),
        ("Defaults !targetpw\nALL ALL=(ALL) ALL\n", ("règle de sudo",), False),
        ("Defaults targetpw  # celui de root\nALL ALL=(ALL) ALL\n", (), False),
        ("Defaults targetpw\nALL ALL=(ALL) NOPASSWD: ALL\n", ("règle de sudo",), True),
        ("# 1000 ALL=(ALL) ALL\n#include /etc/sudoers.local\n", (), False),
    ],
)
def test_a_rule_may_name_a_person_by_number_or_be_for_everybody(
    rules: str, powers_found: tuple[str, ...], *, free: bool
) -> None:
    probe = machine(files={"/etc/sudoers": rules}, runs={"id -Gn medecin": "medecin\n"})
    assert powers(probe) == SessionPowers("medecin", 1000, powers_found, without_password=free)


def test_an_ordinary_account_without_sudo_has_no_powers() -> None:
    assert powers(machine(runs={"id -Gn medecin": "medecin cdrom\n"})).powers == ()


def test_groups_that_cannot_be_read_are_unknown() -> None:
    assert isinstance(collect_powers(machine())[SESSION_POWERS], Unknown)
    assert isinstance(collect_powers(machine(runs={"id -Gn medecin": ""}))[SESSION_POWERS], Unknown)


def test_sudo_rules_are_read_with_aliases_lines_and_tags() -> None:
    rules = parse_sudoers(
        "Defaults env_reset\n"
        "User_Alias CHEFS = claire, \\\n  bruno\n"
        "Cmnd_Alias TOUT = ALL\n"
        "CHEFS ALL = (root) ALL\n"
        "%equipe ALL=(ALL:ALL) NOPASSWD: ALL\n"
        "imprime ALL=(ALL) /usr/bin/lp\n"
        "#zoe ALL=(ALL) ALL\n"
        "@includedir /etc/sudoers.d\n"
    )
    assert rules.users == {"claire", "bruno"}
    assert rules.groups == rules.free_groups == {"equipe"}
    assert rules.free_users == set()
