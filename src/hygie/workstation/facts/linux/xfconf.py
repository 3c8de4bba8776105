"""Settings of Xfce, read in the files of xfconf: the person's, then the distribution's."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import Probe

FOLDER = "xfce4/xfconf/xfce-perchannel-xml"


def channel_values(probe: Probe, home: str, channel: str) -> dict[str, str] | Unknown:
    """``/path/of/property`` → text, for one channel; empty when nobody ever set anything."""
    values: dict[str, str] = {}
    for folder in ("/etc/xdg", f"{home}/.config"):
        path = f"{folder}/{FOLDER}/{channel}.xml"
        data = probe.read_file(path)
        if isinstance(data, Unknown):
            if data.reason is Reason.ABSENT:
                continue
            return data
        found = parse_channel(data)
        if found is None:
            return Unknown(Reason.UNPARSABLE, path)
        values.update(found)
    return values


def parse_channel(data: bytes) -> dict[str, str] | None:
    """Nested ``<property name type value>`` flattened; None when it is not the XML of a channel."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - a file of the person's own session, of bounded size
    except ET.ParseError:
        return None
    if root.tag != "channel":
        return None
    values: dict[str, str] = {}

    def walk(element: ET.Element, path: str) -> None:
        for child in element.findall("property"):
            here = f"{path}/{child.get('name', '')}"
            if child.get("value") is not None:
                values[here] = child.get("value", "")
            walk(child, here)

    walk(root, "")
    return values


def number(values: dict[str, str], path: str, default: int) -> int | Unknown:
    """A whole number, or the default that the program documents."""
    word = values.get(path, str(default))
    return int(word) if word.isdigit() else Unknown(Reason.UNPARSABLE, path)


def flag(values: dict[str, str], path: str, *, default: bool) -> bool | Unknown:
    """A boolean, or the default that the program documents."""
    word = values.get(path, "true" if default else "false")
    return word == "true" if word in ("true", "false") else Unknown(Reason.UNPARSABLE, path)
