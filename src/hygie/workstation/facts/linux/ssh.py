"""The SSH server's settings, from its own files (sshd_config(5)): for each keyword the first value wins."""

from __future__ import annotations

import fnmatch
import re
import shlex

from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, NotApplicable, Reason, Unknown
from hygie.workstation.facts.remote import SSH_SERVER, SshServer
from hygie.workstation.probe import Probe

PROGRAMS = ("/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd")
CONFIG = "/etc/ssh/sshd_config"
VENDOR_CONFIG = "/usr/etc/ssh/sshd_config"  # openSUSE ships its defaults there
DEEPEST = 8
LOOSENING = ("passwordauthentication", "permitemptypasswords")
TYPED = "kbdinteractiveauthentication"  # through PAM, it asks for a mere password too
# Defaults of sshd_config(5); said to the person when they stand in for a missing line.
NOTHING_SAID = "Aucune ligne ne règle les mots de passe de SSH : il les accepte alors d’office"
ROOT_DEFAULT = "prohibit-password"
KEYWORD = re.compile(r"(\w+)(?:\s*=\s*|\s+)(.*)")
Lines = list[tuple[str, str, bool]]


def collect_ssh(probe: Probe) -> Collected:
    """Settings when a server is installed; nothing to ask otherwise."""
    stats = [probe.stat(path) for path in PROGRAMS]
    if all(isinstance(s, Unknown) and s.reason is Reason.ABSENT for s in stats):
        return {SSH_SERVER: NotApplicable("le service d’accès à distance SSH n’est pas installé", PROGRAMS[0])}
    return {SSH_SERVER: _server(probe)}


def _server(probe: Probe) -> Fact[SshServer]:
    started = probe.read_file("/etc/default/ssh")
    if isinstance(started, Unknown) and started.reason is not Reason.ABSENT:
        return started
    options = key_values(text_of(started)).get("SSHD_OPTS", "") if isinstance(started, bytes) else ""
    if any(word.startswith(("-o", "-f", "-p")) for word in options.split()):
        return Unknown(Reason.REFUSED, "/etc/default/ssh", "SSH démarre avec des réglages donnés en ligne de commande")
    vendor = isinstance(probe.stat(CONFIG), Unknown) and not isinstance(probe.stat(VENDOR_CONFIG), Unknown)
    lines = read_config(probe, VENDOR_CONFIG if vendor else CONFIG)
    if isinstance(lines, Unknown):
        return lines
    return server_of(lines)


def read_config(probe: Probe, path: str, *, matched: bool = False, depth: int = 0) -> Lines | Unknown:
    """(keyword, value, inside a Match block) in the order sshd reads them, included files in their place."""
    data = probe.read_file(path)
    if isinstance(data, Unknown):
        return data
    lines: Lines = []
    for line in text_of(data).splitlines():
        keyword, value = _split(line)
        if keyword == "match":
            matched = value.lower() != "all"
        elif keyword == "include":
            included = _included(probe, value, matched=matched, depth=depth)
            if isinstance(included, Unknown):
                return included
            lines += included
        elif keyword:
            lines.append((keyword, value, matched))
    return lines


def _split(line: str) -> tuple[str, str]:
    text = line.strip()
    if not text or text.startswith("#"):
        return "", ""
    found = KEYWORD.match(text)
    return (found[1].lower(), found[2].split(" #")[0].strip().strip('"')) if found else ("", "")


def _included(probe: Probe, value: str, *, matched: bool, depth: int) -> Lines | Unknown:
    lines: Lines = []
    for pattern in shlex.split(value):
        path = pattern if pattern.startswith("/") else f"/etc/ssh/{pattern}"
        folder, _, name = path.rpartition("/")
        names = probe.list_dir(folder)
        if isinstance(names, Unknown):
            if names.reason is Reason.ABSENT:
                continue  # sshd ignores a pattern that matches nothing
            return names
        for found in fnmatch.filter(names, name) if depth < DEEPEST else ():
            part = read_config(probe, f"{folder}/{found}", matched=matched, depth=depth + 1)
            if isinstance(part, Unknown):
                return part
            lines += part
    return lines


def server_of(lines: Lines) -> Known[SshServer]:
    """The effective settings. Outside Match blocks the first value wins; inside, only what loosens is kept."""
    first: dict[str, str] = {}
    for keyword, value, matched in lines:
        if not matched:
            first.setdefault(_modern(keyword), value)
    every = [(_modern(keyword), value) for keyword, value, matched in lines if not matched]
    ports = [int(value) for keyword, value in every if keyword == "port" and value.isdigit()]
    addresses = [value for keyword, value in every if keyword == "listenaddress"]
    pam = first.get("usepam", "no").lower() == "yes"
    typed = pam and first.get(TYPED, "yes").lower() != "no"
    methods = first.get("authenticationmethods", "any").lower().split()
    server = SshServer(
        ports=tuple(ports) or (22,),
        loopback_only=bool(addresses) and all(_is_loopback(address) for address in addresses),
        root_login=first.get("permitrootlogin", ROOT_DEFAULT).lower().replace("without-password", ROOT_DEFAULT),
        passwords=first.get("passwordauthentication", "yes").lower() != "no" or typed,
        empty_passwords=first.get("permitemptypasswords", "no").lower() == "yes",
        key_always=methods != ["any"] and all("publickey" in method.split(",") for method in methods),
        loosened=tuple(
            word
            for word, value, inside in lines
            if inside and value.lower() == "yes" and (word in LOOSENING or (pam and _modern(word) == TYPED))
        ),
    )
    return Known(server, CONFIG, "" if "passwordauthentication" in first else NOTHING_SAID)


def _modern(keyword: str) -> str:
    return {"challengeresponseauthentication": TYPED}.get(keyword, keyword)


def _is_loopback(address: str) -> bool:
    return address.startswith(("127.", "[::1]", "localhost")) or address == "::1"


COLLECTORS = (Collector("ssh", (SSH_SERVER,), collect_ssh),)
