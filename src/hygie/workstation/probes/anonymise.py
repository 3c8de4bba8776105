"""Takes out of a recording what names a person, a practice or a machine, and keeps what verdicts need.

Nothing secret is kept at all: password hashes, keys and saved passwords are removed, their *number* stays.
Names are replaced by the same stand-in everywhere (answers, paths and commands), so that the recording
is judged exactly as the machine was; ``hygie.agent.recording`` checks that before it says so.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hygie.workstation.facts.model import Unknown
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.reduction import reduced

FIRST_PERSON, NOBODY = 1000, 65534
# Names that say a role, not a person: verdicts about shared sessions need them.
ROLES = frozenset(
    """accueil admin administrateur assistante cabinet clinique consultation docteur dr infirmier infirmiere invite
    medecin medical partage patient personne poste pro salle secretaire secretariat soins standard test user
    utilisateur""".split()
)
MAC = re.compile(r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b")
IPV4 = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){2,7}:?(?:[0-9a-fA-F]{1,4}:?)*[0-9a-fA-F]{1,4}(?![\w:])")
UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
SERIAL = re.compile(r'("(?:serial|serial_number|wwn|ptuuid|partuuid|model_name)"\s*:\s*")[^"]*(")', re.IGNORECASE)
# Names fixed by a standard (firmware variables), the same on every machine.
WELL_KNOWN_UUIDS = frozenset({"8be4df61-93ca-11d2-aa0d-00e098032b8c"})
# Commands whose numbers with dots are addresses; elsewhere they are versions.
NETWORK_COMMANDS = frozenset(
    {"ss", "ip", "nft", "iptables-save", "ip6tables-save", "ufw", "firewall-cmd", "nmcli", "iw"}
)


def anonymise(recording: Recording) -> Recording:
    """A copy that names nobody. The input is left as it is."""
    stand_in = _StandIns(_names_of(recording))
    identity = recording.identity
    clean = Recording(
        identity=replace(
            identity,
            user=stand_in.text(identity.user),
            home=stand_in.text(identity.home),
            computer="0" * 16,
            host_name="poste",
        ),
        at=recording.at.replace(second=0, microsecond=0),
        title=recording.title,
    )
    for command, output in recording.runs.items():
        addresses = command[0] in NETWORK_COMMANDS
        clean.runs[tuple(stand_in.text(word) for word in command)] = _output(output, stand_in, addresses=addresses)
    for path, content in recording.files.items():
        kept = content if isinstance(content, Unknown) else _bytes(reduced(path, content), stand_in.text)
        clean.files[stand_in.text(path)] = _said(kept, stand_in)
    for path, names in recording.dirs.items():
        kept_names = names if isinstance(names, Unknown) else tuple(sorted(stand_in.text(name) for name in names))
        clean.dirs[stand_in.text(path)] = _said(kept_names, stand_in)
    for path, status in recording.stats.items():
        clean.stats[stand_in.text(path)] = _said(status, stand_in)
    return clean


def _names_of(recording: Recording) -> dict[str, str]:
    """Every name to replace: this host, the people with an account, what their card says of them."""
    names = {recording.identity.host_name: "poste"}
    accounts = recording.files.get("/etc/passwd")
    lines = (
        [] if accounts is None or isinstance(accounts, Unknown) else accounts.decode("utf-8", "replace").splitlines()
    )
    people = [line.split(":") for line in lines if line.count(":") == 6]
    people = [p for p in people if p[2].isdigit() and FIRST_PERSON <= int(p[2]) < NOBODY]
    if recording.identity.uid:
        people.append([recording.identity.user, "", "", "", "", "", ""])
    for number, person in enumerate(dict.fromkeys(p[0] for p in people), 1):
        if not is_role(person):
            names[person] = f"personne{number}"
    for person_fields in people:
        names.update(
            {word: "nom" for word in re.split(r"[,\s]+", person_fields[4]) if len(word) > 2 and not is_role(word)}
        )
    return {name: stand_in for name, stand_in in names.items() if len(name) > 1 and name != "localhost"}


def is_role(name: str) -> bool:
    """True for a session named after a role (« accueil », « poste2 »), which names nobody."""
    return name.lower().rstrip("0123456789-_") in ROLES


@dataclass
class _StandIns:
    """The same replacement for the same thing, everywhere."""

    names: dict[str, str]
    seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        longest_first = sorted(self.names, key=len, reverse=True)
        self._pattern = re.compile("|".join(rf"(?<![^\W_]){re.escape(n)}(?![^\W_])" for n in longest_first) or r"(?!)")

    def text(self, text: str) -> str:
        """Names, hardware addresses, mail addresses, disk ids and serial numbers replaced."""
        text = UUID.sub(lambda m: self._uuid(m[0]), text)
        text = MAC.sub(lambda m: self._numbered(m[0].lower(), "02:00:00:00:00:{:02x}"), text)
        text = MAIL.sub(lambda m: self._numbered(m[0], "personne{}@exemple.fr"), text)
        text = SERIAL.sub(r"\1\2", text)
        return self._pattern.sub(lambda m: self.names[m[0]], text)

    def addresses(self, text: str) -> str:
        """Network addresses too; those that verdicts read (0.0.0.0, 127.…, ::1) are kept."""
        text = IPV4.sub(lambda m: self._address(m[0]), self.text(text))
        return IPV6.sub(lambda m: self._address(m[0]), text)

    def _address(self, found: str) -> str:
        try:
            address = ipaddress.ip_address(found)
        except ValueError:
            return found
        if address.is_loopback or address.is_unspecified or address.is_multicast or found.startswith("255."):
            return found
        if address.version == 4:
            return self._numbered(found, "192.168.0.{}" if address.is_private else "203.0.113.{}")
        return self._numbered(found, "fe80::{:x}" if address.is_link_local else "2001:db8::{:x}")

    def _uuid(self, found: str) -> str:
        if found.lower() in WELL_KNOWN_UUIDS:
            return found
        return self._numbered(found.lower(), "00000000-0000-4000-8000-{:012x}")

    def _numbered(self, found: str, shape: str) -> str:
        if found not in self.seen:
            self.seen[found] = shape.format(1 + len(self.seen))
        return self.seen[found]


def _output(output: CommandOutput | Unknown, stand_in: _StandIns, *, addresses: bool) -> CommandOutput | Unknown:
    if isinstance(output, Unknown):
        return replace(output, source=stand_in.text(output.source), detail=stand_in.text(output.detail))
    clean = stand_in.addresses if addresses else stand_in.text
    return CommandOutput(output.status, _bytes(output.stdout, clean), _bytes(output.stderr, clean))


def _bytes(data: bytes, clean: Callable[[str], str]) -> bytes:
    """Every byte survives the way there and back (surrogateescape), whatever the encoding."""
    return clean(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _said(answer: Any, stand_in: _StandIns) -> Any:
    """An Unknown names its source and detail: they are cleaned as well."""
    if isinstance(answer, Unknown):
        return replace(answer, source=stand_in.text(answer.source), detail=stand_in.text(answer.detail))
    return answer
