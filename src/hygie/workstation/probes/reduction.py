"""What is kept of a file in a recording: no secret, nothing bulky; what verdicts count stays countable."""

from __future__ import annotations

import json
import re
import sqlite3

HIDDEN = r"[\w.-]*(?:password|passwd|passphrase|secret|token|psk|authtok|wep-key\d|pin)"
SECRET_LINE = re.compile(rf"^(\s*{HIDDEN}\s*=\s*)\S.*$", re.IGNORECASE | re.MULTILINE)
SECRET_JSON = re.compile(rf'("{HIDDEN}"\s*:\s*")[^"]*(")', re.IGNORECASE)
# Fields of /run/udev/data that say what a disk is, not which one.
UDEV_FIELDS = (b"E:ID_BUS=", b"E:ID_FS_USAGE=", b"E:ID_FS_TYPE=", b"E:ID_PART_ENTRY_TYPE=")
EMPTY_OR_LOCKED = frozenset({"", "!", "*", "!!", "!*"})

DPKG_STATUS, DPKG_INFO, APT_LISTS = "/var/lib/dpkg/status", "/var/lib/dpkg/info", "/var/lib/apt/lists/"
PACKAGE_FIELDS = (b"Package:", b"Status:", b"Version:", b"\n")
# Packages whose list of files is looked at, to know when they were last changed.
DPKG_DATED = ("libc6", "systemd", "dbus", "libssl")
# Settings that come with pages of comments, which no reader of settings looks at.
COMMENTED = ("/etc/login.defs", "/etc/lightdm/")
APT_SETTINGS = (b"APT::", b"Unattended-Upgrade")
RELEASE_FIELDS = (b"Origin:", b"Suite:", b"Codename:", b"Date:", b"Valid-Until:")
# "CRYPT-LUKS2-…", "LVM-…": the kind of layer is judged, the number after it tells one disk from all others.
_LAYER = re.compile(rb"((?:CRYPT-\w+|LVM|[A-Za-z]+)-).*", re.DOTALL)
_COMMENT = re.compile(rb"\s*[#;]")
_PACKAGE = re.compile(rb"^Package: (\S+)$", re.MULTILINE)


def reduced(path: str, content: bytes, installed: frozenset[bytes] = frozenset()) -> bytes:
    """The content with every secret replaced by « retire », and of the package lists only what is judged.

    ``installed``: names of the packages of the machine; the fixes published for others say nothing about it.
    """
    name = path.rsplit("/", 1)[-1]
    kept = _of_packages(path, name, content, installed)
    if kept is not None:
        return kept
    if path.endswith("/dm/uuid"):
        return _LAYER.sub(rb"\1retire\n", content)
    if path.startswith(COMMENTED):
        lines = content.splitlines(keepends=True)
        content = b"".join(line for line in lines if not _COMMENT.match(line)) or content
    if path.startswith("/run/udev/data/"):
        return _lines(content, UDEV_FIELDS)
    if path == "/etc/passwd":
        return b"".join(_account_line(line) for line in content.splitlines(keepends=True))
    if path == "/proc/net/if_inet6":
        return b"".join(_address_line(line) for line in content.splitlines(keepends=True))
    if path == "/etc/shadow":
        return b"".join(_shadow_line(line) for line in content.splitlines(keepends=True))
    if name == "logins.json":
        return _saved_logins(content)
    if content.startswith(b"SQLite format 3\0"):
        return _database(content)
    text = content.decode("utf-8", "surrogateescape")
    text = SECRET_JSON.sub(r"\1retire\2", SECRET_LINE.sub(r"\1retire", text))
    return text.encode("utf-8", "surrogateescape")


def _of_packages(path: str, name: str, content: bytes, installed: frozenset[bytes]) -> bytes | None:
    """What is kept of the files and answers of dpkg and apt; None for any other."""
    if path == DPKG_STATUS:
        return _lines(content, PACKAGE_FIELDS)
    if path == "dump":  # the last word of "apt-config dump"
        return _lines(content, APT_SETTINGS)
    if path.startswith(APT_LISTS) and "_Packages" in name:
        return _published(_lines(content, PACKAGE_FIELDS), installed)
    if path.startswith(APT_LISTS) and name.endswith("Release"):
        return _lines(content, RELEASE_FIELDS)
    return None


def reduced_names(folder: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Names in a folder; of what dpkg keeps about each package, only a few lists of files are ever looked for."""
    if folder != DPKG_INFO:
        return names
    return tuple(name for name in names if name.endswith(".list") and name.startswith(DPKG_DATED)) or names[:1]


def names_of_packages(status: object) -> frozenset[bytes]:
    """Names in dpkg's status file; none when it was not read."""
    return frozenset(_PACKAGE.findall(status)) if isinstance(status, bytes) else frozenset()


def _published(content: bytes, installed: frozenset[bytes]) -> bytes:
    """The paragraphs of installed packages, and always the first: a list that was received is never empty."""
    if not installed or not content.endswith(b"\n\n"):
        return content
    first, *others = content.removesuffix(b"\n\n").split(b"\n\n")
    kept = [paragraph for paragraph in others if installed.intersection(_PACKAGE.findall(paragraph))]
    return b"\n\n".join([first, *kept]) + b"\n\n"


def _lines(content: bytes, starts: tuple[bytes, ...]) -> bytes:
    """The lines that start so; what was cut in the middle of a line stays cut, as a verdict may depend on it."""
    kept = b"".join(line for line in content.splitlines(keepends=True) if line.startswith(starts))
    return kept if content.endswith(b"\n") else kept.removesuffix(b"\n")


def _account_line(line: bytes) -> bytes:
    """The card of a person (full name, office, telephone) goes."""
    fields = line.split(b":")
    if len(fields) == 7:
        fields[4] = b""
    return b":".join(fields)


def _address_line(line: bytes) -> bytes:
    """The kind of an address stays (its first digits, or ::1); what tells the machine goes."""
    address, space, rest = line.partition(b" ")
    return line if address == b"0" * 31 + b"1" else address[:4] + b"0" * 28 + space + rest


def _shadow_line(line: bytes) -> bytes:
    """The kind of hash stays (``$y$``), and whether it is empty or locked; the hash goes."""
    name, colon, rest = line.partition(b":")
    password, more, tail = rest.partition(b":")
    text = password.decode("ascii", "replace")
    if not colon or text in EMPTY_OR_LOCKED:
        return line
    kind = re.match(r"[!*]*(?:\$[^$]+\$)?", text)
    return name + colon + (kind[0] if kind else "").encode() + b"retire" + more + tail


def _saved_logins(content: bytes) -> bytes:
    """Firefox's list: as many entries, all empty."""
    try:
        entries = json.loads(content).get("logins", [])
    except (ValueError, AttributeError):
        return b""
    return json.dumps({"logins": [{} for _ in entries]}).encode()


def _database(content: bytes) -> bytes:
    """A browser's database: the ``logins`` table with as many rows and nothing in them; any other is dropped."""
    kept = sqlite3.connect(":memory:")
    source = sqlite3.connect(":memory:")
    try:
        source.deserialize(content)
        rows = source.execute("SELECT COUNT(*) FROM logins").fetchone()[0]
        blocked = source.execute("SELECT COUNT(*) FROM logins WHERE blacklisted_by_user = 1").fetchone()[0]
    except sqlite3.Error:
        return b""
    finally:
        source.close()
    kept.execute("CREATE TABLE logins (blacklisted_by_user INTEGER)")
    kept.executemany("INSERT INTO logins VALUES (?)", [(int(n < blocked),) for n in range(rows)])
    kept.commit()
    return kept.serialize()
