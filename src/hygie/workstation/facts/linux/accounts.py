"""Accounts on Linux: /etc/passwd, /etc/shadow, groups and sudo rules (passwd(5), shadow(5), group(5), sudoers(5))."""

from __future__ import annotations

import re

from hygie.workstation.facts.accounts import (
    DIRECTORY_ACCOUNTS,
    EMPTY_PASSWORDS,
    SESSION_POWERS,
    USERS,
    Account,
    SessionPowers,
)
from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.optional import optional_text
from hygie.workstation.facts.linux.parsing import answer_of, text_of
from hygie.workstation.facts.linux.sudoers import SudoRules, read_rules
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

PASSWD, SHADOW, NSSWITCH = "/etc/passwd", "/etc/shadow", "/etc/nsswitch.conf"
NO_LOGIN = {"nologin", "false", "true", "sync", "halt", "shutdown"}
# Groups whose members can become root: by sudo, or by what the group opens (containers, raw disks).
POWERFUL = ("sudo", "wheel", "admin", "docker", "lxd", "incus-admin", "disk")
DIRECTORIES = {"ldap", "winbind", "nis", "sss"}
UID_RANGE = 1000, 60000  # defaults of UID_MIN and UID_MAX, login.defs(5)


def collect_users(probe: Probe) -> Collected:
    """Accounts of this machine, and whether others may come from a directory."""
    return {USERS: fact_of(lambda: _users(probe)), DIRECTORY_ACCOUNTS: fact_of(lambda: _directory(probe))}


def _users(probe: Probe) -> Fact[tuple[Account, ...]]:
    text = text_of(need(probe.read_file(PASSWD)))
    low, high = parse_uid_range(need(optional_text(probe, "/etc/login.defs")))
    accounts = parse_passwd(text, low, high)
    return Known(accounts, PASSWD) if accounts else Unknown(Reason.UNPARSABLE, PASSWD)


def parse_passwd(text: str, low: int, high: int) -> tuple[Account, ...]:
    """Seven fields a line; lines that are not an account (NIS "+" lines) are skipped. An empty shell is /bin/sh."""
    accounts = []
    for fields in (line.split(":") for line in text.splitlines()):
        if len(fields) != 7 or not fields[2].isdigit() or fields[0].startswith(("+", "-", "#")):
            continue
        uid, login = int(fields[2]), fields[6].rpartition("/")[2] not in NO_LOGIN
        accounts.append(Account(fields[0], uid, fields[6], login, login and low <= uid <= high))
    return tuple(accounts)


def parse_uid_range(text: str) -> tuple[int, int]:
    """UID_MIN and UID_MAX of login.defs, or the documented defaults."""
    found = dict(re.findall(r"^\s*(UID_MIN|UID_MAX)\s+(\d+)", text, re.MULTILINE))
    return int(found.get("UID_MIN", UID_RANGE[0])), int(found.get("UID_MAX", UID_RANGE[1]))


def _directory(probe: Probe) -> Fact[bool]:
    """From the "passwd" line of nsswitch.conf(5); Fedora lists sss everywhere, so its settings must exist too."""
    text = need(optional_text(probe, NSSWITCH))
    line = re.search(r"^\s*passwd:(.*)$", text, re.MULTILINE)
    named = DIRECTORIES & set(line[1].split()) if line else set()
    if named == {"sss"}:
        settings = probe.stat("/etc/sssd/sssd.conf")
        return Known(not (isinstance(settings, Unknown) and settings.reason is Reason.ABSENT), NSSWITCH)
    return Known(bool(named), NSSWITCH)


def collect_empty_passwords(probe: Probe) -> Collected:
    """Accounts with an empty password. /etc/passwd alone can tell that there is one, never that there is none."""
    return {EMPTY_PASSWORDS: fact_of(lambda: _empty_passwords(probe))}


def _empty_passwords(probe: Probe) -> Fact[tuple[str, ...]]:
    text = text_of(need(probe.read_file(PASSWD)))
    accounts = parse_passwd(text, *UID_RANGE)
    login = {account.username for account in accounts if account.login}
    in_clear = login & empty_fields(text)
    if in_clear:
        return Known(tuple(sorted(in_clear)), PASSWD)
    shadow = text_of(need(probe.read_file(SHADOW)))
    if not accounts or not any(len(line.split(":")) == 9 for line in shadow.splitlines()):
        return Unknown(Reason.UNPARSABLE, SHADOW)
    return Known(tuple(sorted(login & empty_fields(shadow))), SHADOW)


def empty_fields(text: str) -> set[str]:
    """Names whose second field is empty, in passwd(5) or shadow(5): no password is asked."""
    rows = (line.split(":") for line in text.splitlines())
    return {row[0] for row in rows if len(row) > 2 and row[0] and row[1] == ""}


def collect_powers(probe: Probe) -> Collected:
    """Powers of the person at the keyboard: their groups, and the rules of sudo when these can be read."""
    return {SESSION_POWERS: fact_of(lambda: _powers(probe))}


def _powers(probe: Probe) -> Fact[SessionPowers]:
    name, uid = probe.identity.user, probe.identity.uid
    if uid == 0:
        return Known(SessionPowers(name, uid), "session")
    groups = " ".join(need(answer_of(probe.run(("id", "-Gn", name)), "id -Gn")).text.split())
    rules = read_rules(probe)
    known = rules if isinstance(rules, SudoRules) else SudoRules()
    opening = [group for group in (*POWERFUL, *sorted(known.groups - set(POWERFUL))) if _belongs(group, groups)]
    powers = [f"groupe {group}" for group in opening]
    if known.names(name, uid):
        powers.append("règle de sudo")
    if not powers and isinstance(rules, Unknown):
        return rules
    free = known.frees(name, uid) or any(_belongs(group, groups) for group in known.free_groups)
    return Known(SessionPowers(name, uid, tuple(powers), free), "id -Gn, /etc/sudoers")


def _belongs(group: str, groups: str) -> bool:
    """Whether ``id -Gn`` prints this group; names of a directory may hold spaces, and capitals do not matter."""
    return f" {group} ".lower() in f" {groups} ".lower()


COLLECTORS = (
    Collector("users", (USERS, DIRECTORY_ACCOUNTS), collect_users),
    Collector("empty_passwords", (EMPTY_PASSWORDS,), collect_empty_passwords),
    Collector("session_powers", (SESSION_POWERS,), collect_powers),
)
