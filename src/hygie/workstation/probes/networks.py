"""Names of Wi-Fi networks and of connections, replaced in the few places where they stand.

Field by field, never by searching: a network may be called « WPA2 » or « yes ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

FOLDERS = ("/etc/NetworkManager/", "/run/NetworkManager/", "/etc/wpa_supplicant/", "/var/lib/iwd", "/etc/netplan/")
IN_FILE = re.compile(r"^(\s*(?:ssid|id|bssid|name)\s*=\s*)(\"?)(.+?)(\"?)$", re.IGNORECASE | re.MULTILINE)
PROFILE = re.compile(r"(.+?)((?:\.nmconnection|\.psk|\.open|\.8021x|\.conf)?)")
COLUMNS = frozenset({"SSID", "SSID-HEX", "BSSID", "NAME", "CONNECTION", "CON-PATH"})
PROPERTIES = frozenset({"802-11-wireless.ssid", "connection.id", "GENERAL.NAME", "GENERAL.CONNECTION"})
SEPARATOR = re.compile(r"((?<!\\)(?:\\\\)*:)")

Rename = Callable[[str], str]


def renamed_output(command: Sequence[str], text: str, rename: Rename) -> str:
    """What nmcli printed in terse mode (``-t -f FIELDS``), its names replaced; without ``-t``, nothing is kept."""
    if "-t" not in command or "-f" not in command:
        return ""
    fields = command[command.index("-f") + 1].split(",")
    return "\n".join(_renamed_line(line, fields, rename) for line in text.split("\n"))


def _renamed_line(line: str, fields: Sequence[str], rename: Rename) -> str:
    name, colon, value = line.partition(":")
    if colon and name in PROPERTIES:
        return name + colon + (rename(value) if value else "")
    pieces = SEPARATOR.split(line)  # value, separator, value…
    values = pieces[::2]
    if len(values) != len(fields):
        return line
    pieces[::2] = [rename(v) if v and f in COLUMNS else v for f, v in zip(fields, values, strict=True)]
    return "".join(pieces)


def renamed_file(path: str, text: str, rename: Rename) -> str:
    """A file that describes networks; any other is given back as it is."""
    if not path.startswith(FOLDERS):
        return text
    return IN_FILE.sub(lambda m: m[1] + m[2] + rename(m[3]) + m[4], text)


def renamed_path(path: str, rename: Rename) -> str:
    """The path of a profile, which is named after its network."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + renamed_name(folder, name, rename) if path.startswith(FOLDERS) else path


def renamed_name(folder: str, name: str, rename: Rename) -> str:
    """The name of a profile in its folder."""
    profiles = folder.rstrip("/").endswith(("system-connections", "/iwd"))
    found = PROFILE.fullmatch(name)
    if not profiles or not folder.startswith(FOLDERS) or found is None:
        return name
    return rename(found[1]) + found[2]
