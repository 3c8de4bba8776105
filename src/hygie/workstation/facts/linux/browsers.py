"""Browsers of the person on Linux: Firefox and the family of Chromium, packaged, flatpak or snap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hygie.workstation.facts.browsers import BROWSER_EXTENSIONS, SAVED_PASSWORDS
from hygie.workstation.facts.linux.need import NotKnown, fact_of, need
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

# Firefox keeps profiles in ~/.mozilla, or in ~/.config/mozilla for profiles made since version 147.
FIREFOX = (
    ".mozilla/firefox",
    ".config/mozilla/firefox",
    "snap/firefox/common/.mozilla/firefox",
    ".var/app/org.mozilla.firefox/.mozilla/firefox",
    ".var/app/org.mozilla.firefox/config/mozilla/firefox",
)
CHROMIUM = (
    ".config/chromium",
    ".config/google-chrome",
    ".config/google-chrome-beta",
    ".config/microsoft-edge",
    ".config/BraveSoftware/Brave-Browser",
    ".config/vivaldi",
    "snap/chromium/common/chromium",
    "snap/brave/current/.config/BraveSoftware/Brave-Browser",
    ".var/app/org.chromium.Chromium/config/chromium",
    ".var/app/com.google.Chrome/config/google-chrome",
    ".var/app/com.microsoft.Edge/config/microsoft-edge",
    ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
)
LOGIN_FILES = "Login Data", "Login Data For Account"
LARGEST = 60_000_000  # bytes
WAL, ROLLBACK = b"\x02\x02", b"\x01\x01"  # SQLite file format, bytes 18 and 19


def collect_browsers(probe: Probe) -> Collected:
    """Counts over every profile; a profile that cannot be read makes the whole count unknown."""
    return {
        SAVED_PASSWORDS: fact_of(lambda: _passwords(probe)),
        BROWSER_EXTENSIONS: fact_of(lambda: _extensions(probe)),
    }


def _listed(probe: Probe, path: str) -> tuple[str, ...]:
    names = probe.list_dir(path)
    return () if isinstance(names, Unknown) and names.reason is Reason.ABSENT else need(names)


def _firefox_profiles(probe: Probe) -> Iterator[str]:
    """Folders of profiles: those that hold a prefs.js (a profile never opened has none)."""
    home = need(home_of_person(probe))
    for base in FIREFOX:
        for name in _listed(probe, f"{home}/{base}"):
            folder = f"{home}/{base}/{name}"
            settings = probe.stat(f"{folder}/prefs.js")
            if isinstance(settings, Unknown) and settings.reason is Reason.ABSENT:
                continue
            need(settings)
            yield folder


def _chromium_profiles(probe: Probe) -> Iterator[str]:
    home = need(home_of_person(probe))
    for base in CHROMIUM:
        for name in _listed(probe, f"{home}/{base}"):
            if name == "Default" or name.startswith("Profile "):
                yield f"{home}/{base}/{name}"


def _passwords(probe: Probe) -> Fact[int]:
    total = sum(_firefox_logins(probe, folder) for folder in _firefox_profiles(probe))
    for folder in _chromium_profiles(probe):
        total += sum(_chromium_logins(probe, f"{folder}/{name}") for name in LOGIN_FILES)
    return Known(total, "profils des navigateurs")


def _firefox_logins(probe: Probe, folder: str) -> int:
    logins = _json(probe, f"{folder}/logins.json")
    if logins is None and not isinstance(probe.stat(f"{folder}/logins.db"), Unknown):
        raise NotKnown(Unknown(Reason.UNPARSABLE, folder, "ce Firefox range ses mots de passe autrement"))
    return 0 if logins is None else _length(logins, "logins", f"{folder}/logins.json")


def _json(probe: Probe, path: str) -> Any:
    """What a JSON file holds; None when it does not exist; NotKnown when it is damaged."""
    data = probe.read_file(path, most=LARGEST)
    if isinstance(data, Unknown) and data.reason is Reason.ABSENT:
        return None
    try:
        return json.loads(need(data))
    except ValueError:
        raise NotKnown(Unknown(Reason.UNPARSABLE, path)) from None


def _length(content: Any, key: str, path: str) -> int:
    rows = content.get(key) if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise NotKnown(Unknown(Reason.UNPARSABLE, path))
    return len(rows)


def _chromium_logins(probe: Probe, path: str) -> int:
    data = probe.read_file(path, most=LARGEST)
    if isinstance(data, Unknown) and data.reason is Reason.ABSENT:
        return 0
    count = count_logins(need(data))
    if count is None:
        raise NotKnown(Unknown(Reason.UNPARSABLE, path))
    return count


def count_logins(database: bytes) -> int | None:
    """Rows of Chromium's ``logins`` that hold a password; None when this is not such a database.

    The copy in memory is counted by SQL: no address and no password is ever read into a variable.
    """
    import sqlite3  # imported here: 5 ms that a machine without Chromium need not pay

    if database[18:20] == WAL:  # a copy in memory has no side file: SQLite would refuse to open it
        database = database[:18] + ROLLBACK + database[20:]
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        row = connection.execute("SELECT COUNT(*) FROM logins WHERE blacklisted_by_user = 0").fetchone()
        return int(row[0])
    except (sqlite3.Error, ValueError):
        return None
    finally:
        connection.close()


def _extensions(probe: Probe) -> Fact[frozenset[str]]:
    found: set[str] = set()
    for folder in _chromium_profiles(probe):
        found.update(_listed(probe, f"{folder}/Extensions"))
    for folder in _firefox_profiles(probe):
        content = _json(probe, f"{folder}/extensions.json")
        rows = content.get("addons", []) if isinstance(content, dict) else []
        found.update(str(row.get("id")) for row in rows if isinstance(row, dict) and row.get("active") is True)
    return Known(frozenset(found), "profils des navigateurs")


COLLECTORS = (Collector("browsers", (SAVED_PASSWORDS, BROWSER_EXTENSIONS), collect_browsers),)
