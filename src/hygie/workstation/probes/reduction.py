"""What is kept of a file in a recording: no secret, nothing bulky; what verdicts count stays countable."""

from __future__ import annotations

import json
import re
import sqlite3

SECRET_LINE = re.compile(
    r"^(\s*(?:psk|password|passwd|passphrase|secret|token|pin|private-key-password|wep-key\d|[\w-]*-password|sae_password)"
    r"\s*=\s*).+$",
    re.IGNORECASE | re.MULTILINE,
)
EMPTY_OR_LOCKED = frozenset({"", "!", "*", "!!", "!*"})


PACKAGE_FIELDS = (b"Package:", b"Status:", b"Version:", b"Architecture:", b"Source:", b"\n")


def reduced(path: str, content: bytes) -> bytes:
    """The content with every secret replaced by « retire », and of the package list only what is judged."""
    name = path.rsplit("/", 1)[-1]
    if path == "/var/lib/dpkg/status":
        return b"".join(line for line in content.splitlines(keepends=True) if line.startswith(PACKAGE_FIELDS))
    if path == "/etc/shadow":
        return b"".join(_shadow_line(line) for line in content.splitlines(keepends=True))
    if name == "logins.json":
        return _saved_logins(content)
    if content.startswith(b"SQLite format 3\0"):
        return _database(content)
    text = content.decode("utf-8", "surrogateescape")
    return SECRET_LINE.sub(r"\1retire", text).encode("utf-8", "surrogateescape")


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
