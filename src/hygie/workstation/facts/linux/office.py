"""LibreOffice on Linux: the settings that the person changed, in registrymodifications.xcu."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.office import OFFICE_MACROS, Macros
from hygie.workstation.probe import Probe

PROFILES = (
    ".config/libreoffice/4/user",
    ".var/app/org.libreoffice.LibreOffice/config/libreoffice/4/user",
    "snap/libreoffice/current/.config/libreoffice/4/user",
)
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
OOR = "{http://openoffice.org/2001/registry}"
HIGH = 2  # default of MacroSecurityLevel in LibreOffice's own schema (Office/Common.xcs)


def collect_macros(probe: Probe) -> Collected:
    """The weakest setting over every profile of the person; where nobody set anything the default of LibreOffice."""
    return {OFFICE_MACROS: fact_of(lambda: _macros(probe))}


def _macros(probe: Probe) -> Fact[Macros]:
    home = need(home_of_person(probe))
    found = []
    for profile in PROFILES:
        data = probe.read_file(f"{home}/{profile}/registrymodifications.xcu")
        if isinstance(data, Unknown) and data.reason is Reason.ABSENT:
            continue
        macros = parse_macros(need(data))
        if macros is None:
            return Unknown(Reason.UNPARSABLE, profile)
        found.append(macros)
    default = Macros(HIGH, disabled=False, trusted_places=0)
    if not found:
        words = "Les macros n’ont pas été réglées : le niveau d’origine de LibreOffice, « élevé », s’applique"
        return Known(default, PROFILES[0], words)
    return Known(min(found, key=lambda m: (m.disabled, m.level, -m.trusted_places)), "registrymodifications.xcu")


def parse_macros(data: bytes) -> Macros | None:
    """The three settings among all ``<item oor:path><prop oor:name><value>``; None when the file is damaged."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - the person's own settings, of bounded size
    except ET.ParseError:
        return None
    if root.tag != f"{OOR}items":
        return None
    level, disabled, places = HIGH, False, 0
    for item in root.iter("item"):
        if item.get(f"{OOR}path") != SCRIPTING:
            continue
        for prop in item.iter("prop"):
            name, value = prop.get(f"{OOR}name"), prop.find("value")
            text = ("" if value is None else value.text or "").strip()
            if name == "MacroSecurityLevel":
                if text not in ("0", "1", "2", "3"):
                    return None
                level = int(text)
            elif name == "DisableMacrosExecution":
                disabled = text == "true"
            elif name == "SecureURL" and value is not None:
                places = len(list(value.iter("it"))) or len(text.split())
    return Macros(level, disabled, places)


COLLECTORS = (Collector("office_macros", (OFFICE_MACROS,), collect_macros),)
