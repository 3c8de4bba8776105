"""Replaces what names a person, a practice or a machine by the same stand-in everywhere."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field

MAC = re.compile(r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b")
IPV4 = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){2,7}:?(?:[0-9a-fA-F]{1,4}:?)*[0-9a-fA-F]{1,4}(?![\w:])")
UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
# A mail address; a machine reached by a person ("root@nas:"); never an instance of a systemd unit.
UNIT = r"(?!\d*[\w-]*\.(?:service|timer|socket|target|mount|automount|slice|scope|path|device|swap)\b)"
MAIL = re.compile(rf"\b[\w.+-]+@{UNIT}(?:[\w-]+(?:\.[\w-]+)+\b|[\w-]+(?=:))")
SECRET_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@'\"]+@")
# "serial" of lsblk and smartctl (JSON), of upower and apcupsd ("key: value"), of NUT ("ups.serial: value").
SERIAL_JSON = re.compile(r'("(?:serial|serial_number|wwn|ptuuid|partuuid|model_name)"\s*:\s*")[^"]*(")', re.IGNORECASE)
SERIAL_LINE = re.compile(r"^(\s*(?:[\w.]*serial\w*|wwn|hostname|upsname)\s*[=:]\s*)\S.*$", re.IGNORECASE | re.MULTILINE)
BUS_ADDRESS = re.compile(r"\bunix:(?:path|abstract|dir|tmpdir)=[^\s'\",;]+(?:,guid=[0-9a-f]+)?")
# Another machine of the local network; not a file such as rc.local.
LOCAL_NAME = re.compile(r"(?<![\w./-])(?!(?:rc|jail|custom|conf|config)\.)[\w-]+\.(?:local|lan)(?![\w./-])")
# The machine in //machine/share (Windows shares) and in addresses of places where backups go.
SHARE = re.compile(r"(?<![\w:/.])(//)([\w.-]+)(?=/)")
NFS = re.compile(r"((?<=\s)nfs4?\s+)([\w.-]+)(?=:/)")
PLACE = re.compile(r"\b((?:smb|sftp|ssh|nfs|ftp|ftps|dav|davs|rest)://)([^/\s'\"]+)")
STAND_IN = re.compile(
    r"00000000-0000-4000-8000-[0-9a-f]{12}|02:00:00:00(?::[0-9a-f]{2}){2}|personne\d+@exemple\.fr|poste\d+\.local"
    r"|10\.254\.\d+\.\d+|203\.0\.113\.\d+|fe80::ff:[0-9a-f]+|2001:db8::[0-9a-f]+|reseau\d+"
)
# Names fixed by a standard (firmware variables, kinds of partition): the same on every machine.
WELL_KNOWN_UUIDS = frozenset(
    {
        "8be4df61-93ca-11d2-aa0d-00e098032b8c",
        "605dab50-e046-4300-abb6-3dd810dd8b23",
        "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
        "bc13c2ff-59e6-4262-a352-b275fd6f7172",
        "21686148-6449-6e6f-744e-656564454649",
        "9e1a2d38-c612-4316-aa26-8b49521e5a8b",
        "e3c9e316-0b5c-4db8-817d-f92df00215ae",
        "de94bba4-06d1-4d40-a16a-bfd50179d6ac",
        "0fc63daf-8483-4772-8e79-3d69d8477de4",
        "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f",
        "e6d6d379-f507-44c2-a23c-238f2a3df928",
    }
)


@dataclass
class StandIns:
    """The same replacement for the same thing, everywhere. ``names`` are those of people and of the host."""

    names: dict[str, str]
    seen: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        longest_first = sorted(self.names, key=len, reverse=True)
        self._pattern = re.compile("|".join(rf"(?<![^\W_]){re.escape(n)}(?![^\W_])" for n in longest_first) or r"(?!)")

    def text(self, text: str) -> str:
        """Names, hardware and mail addresses, disk ids, serial numbers and other machines replaced."""
        text = UUID.sub(lambda m: self._uuid(m[0]), text)
        text = MAC.sub(lambda m: self.numbered(m[0].lower(), "02:00:00:00:{high:02x}:{low:02x}"), text)
        text = BUS_ADDRESS.sub("unix:path=/run/user/1000/bus", text)
        text = SECRET_IN_ADDRESS.sub("", text)
        text = MAIL.sub(lambda m: self.numbered(m[0].lower(), "personne{number}@exemple.fr"), text)
        text = SERIAL_JSON.sub(r"\1\2", text)
        text = SERIAL_LINE.sub(r"\1retire", text)
        text = LOCAL_NAME.sub(lambda m: self.numbered(m[0].lower(), "poste{number}.local"), text)
        for pattern in (SHARE, PLACE, NFS):
            text = pattern.sub(lambda m: m[1] + self._machine(m[2]), text)
        return self._pattern.sub(lambda m: self.names[m[0]], text)

    def addresses(self, text: str, *, private_only: bool = False) -> str:
        """Network addresses; those that verdicts read (0.0.0.0, 127.…, ::1) are kept.

        ``private_only`` where numbers with dots may be versions: only those of local networks are replaced.
        """
        text = IPV4.sub(lambda m: self._address(m[0], private_only=private_only), text)
        return IPV6.sub(lambda m: self._address(m[0], private_only=False), text)

    def _address(self, found: str, *, private_only: bool) -> str:
        try:
            address = ipaddress.ip_address(found)
        except ValueError:
            return found
        fixed = address.is_loopback or address.is_unspecified or address.is_multicast or found.startswith("255.")
        if fixed or (private_only and not address.is_private):
            return found
        if address.version == 4:
            return self.numbered(found, "10.254.{high}.{low}" if address.is_private else "203.0.113.{low}")
        return self.numbered(found, "fe80::ff:{number:x}" if address.is_link_local else "2001:db8::{number:x}")

    def network(self, name: str) -> str:
        """The stand-in of a Wi-Fi network or of a connection."""
        return self.numbered(name, "reseau{number}")

    def _machine(self, found: str) -> str:
        return self.numbered(found.lower(), "poste{number}.local")

    def _uuid(self, found: str) -> str:
        if found.lower() in WELL_KNOWN_UUIDS:
            return found
        return self.numbered(found.lower(), "00000000-0000-4000-8000-{number:012x}")

    def numbered(self, found: str, shape: str) -> str:
        """The stand-in of ``found``, made from ``shape`` and the next number of that shape the first time."""
        if STAND_IN.fullmatch(found):
            return found
        if found not in self.seen:
            number = self.counts[shape] = 1 + self.counts.get(shape, 0)
            self.seen[found] = shape.format(number=number, high=number // 250, low=1 + number % 250)
        return self.seen[found]
