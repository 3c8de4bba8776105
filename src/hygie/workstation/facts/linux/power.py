"""Batteries (sysfs-class-power) and uninterruptible supplies (NUT, apcupsd, UPower), on Linux."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.parsing import answer_of, filled, key_values, text_of
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.power import BATTERIES, SUPPLIES, Battery, PowerSupply
from hygie.workstation.probe import Probe

POWER = "/sys/class/power_supply"
# NUT status words (NUT developer guide, "status data"): the first that matches decides.
NUT_STATES = (
    ("RB", "replace"),
    ("LB", "low"),
    ("OFF", "off"),
    ("BYPASS", "off"),
    ("OB", "on_battery"),
    ("OL", "online"),
)
# apcupsd STATUS words (apcupsd manual, "status report fields").
APC_STATES = (
    ("REPLACEBATT", "replace"),
    ("LOWBATT", "low"),
    ("SHUTTING", "low"),
    ("ONBATT", "on_battery"),
    ("ONLINE", "online"),
)
UPOWER_STATES = {"fully-charged": "online", "charging": "online", "discharging": "on_battery", "empty": "low"}


def collect_batteries(probe: Probe) -> Collected:
    """Batteries that feed the computer; those of a mouse or a keyboard (scope "Device") do not count."""
    names = probe.list_dir(POWER)
    if isinstance(names, Unknown):
        return {BATTERIES: Known((), POWER) if names.reason is Reason.ABSENT and _tree(probe) else names}
    return {BATTERIES: fact_of(lambda: _batteries(probe, names))}


def _batteries(probe: Probe, names: Iterable[str]) -> Fact[tuple[Battery, ...]]:
    found = [_battery(probe, f"{POWER}/{name}") for name in names]
    return Known(tuple(battery for battery in found if battery), POWER)


def _tree(probe: Probe) -> bool:
    return not isinstance(probe.list_dir("/sys/class"), Unknown)


def _battery(probe: Probe, folder: str) -> Battery | None:
    kind = need(filled(probe.read_file(f"{folder}/type"), folder)).strip()
    if kind != "Battery" or _word(probe, f"{folder}/scope") == "Device":
        return None
    full = _number(probe, folder, "full")
    design = _number(probe, folder, "full_design")
    health = round(100 * full / design) if full is not None and design else None
    return Battery(_word(probe, f"{folder}/present") != "0", health)


def _number(probe: Probe, folder: str, name: str) -> int | None:
    """In µWh where the battery counts energy, in µAh where it counts charge: only ratios are used."""
    for kind in ("energy", "charge"):
        word = _word(probe, f"{folder}/{kind}_{name}")
        if word.isdigit():
            return int(word)
    return None


def _word(probe: Probe, path: str) -> str:
    data = probe.read_file(path)
    return "" if isinstance(data, Unknown) else text_of(data).strip()


def collect_supplies(probe: Probe) -> Collected:
    """Supplies seen by NUT, apcupsd or UPower, whichever answers first with one."""
    for read in (_nut, _apc, _upower):
        found = read(probe)
        if found:
            return {SUPPLIES: Known(tuple(found), "NUT, apcupsd, UPower")}
    return {SUPPLIES: Known((), "NUT, apcupsd, UPower")}


def _nut(probe: Probe) -> list[PowerSupply]:
    names = answer_of(probe.run(("upsc", "-l"), seconds=3), "upsc -l")
    if isinstance(names, Unknown):
        return []
    found = []
    for name in names.text.split():
        answer = answer_of(probe.run(("upsc", name), seconds=3), "upsc")
        found.append(PowerSupply("unread", None, None) if isinstance(answer, Unknown) else parse_nut(answer.text))
    return found


def parse_nut(text: str) -> PowerSupply:
    """``upsc NAME``: "key: value" lines; battery.runtime is in seconds."""
    said = key_values(text, ":")
    words = said.get("ups.status", "").split()
    state = next((state for word, state in NUT_STATES if word in words), "unread")
    runtime = _whole(said.get("battery.runtime", ""))
    return PowerSupply(state, _whole(said.get("battery.charge", "")), None if runtime is None else runtime // 60)


def _apc(probe: Probe) -> list[PowerSupply]:
    answer = answer_of(probe.run(("apcaccess", "status"), seconds=3), "apcaccess")
    return [] if isinstance(answer, Unknown) else [parse_apc(answer.text)]


def parse_apc(text: str) -> PowerSupply:
    """``apcaccess status``: "KEY : value unit" lines; TIMELEFT is in minutes."""
    said = key_values(text, ":")
    words = said.get("STATUS", "").split()
    state = next((state for word, state in APC_STATES if word in words), "unread")
    return PowerSupply(state, _whole(said.get("BCHARGE", "")), _whole(said.get("TIMELEFT", "")))


def _upower(probe: Probe) -> list[PowerSupply]:
    answer = answer_of(probe.run(("upower", "-d"), seconds=3), "upower -d")
    return [] if isinstance(answer, Unknown) else parse_upower(answer.text)


def parse_upower(text: str) -> list[PowerSupply]:
    """Blocks of ``upower -d`` that hold a line "ups" alone. The maker "CPS" is not the health card."""
    found = []
    for block in re.split(r"^Device: ", text, flags=re.MULTILINE)[1:]:
        lines = [line.strip() for line in block.splitlines()]
        if "ups" in lines:
            said = key_values("\n".join(lines), ":")
            state = UPOWER_STATES.get(said.get("state", ""), "unread")
            state = "low" if said.get("warning-level") in ("low", "critical", "action") else state
            found.append(
                PowerSupply(
                    state, _whole(said.get("percentage", "").rstrip("%")), _minutes(said.get("time to empty", ""))
                )
            )
    return found


def _minutes(words: str) -> int | None:
    value, _, unit = words.partition(" ")
    factor = {"hours": 60.0, "minutes": 1.0, "seconds": 1 / 60, "days": 1440.0}.get(unit.strip())
    number = _decimal(value)
    return None if factor is None or number is None else int(number * factor)


def _whole(words: str) -> int | None:
    number = _decimal(words.partition(" ")[0])
    return None if number is None else int(number)


def _decimal(word: str) -> float | None:
    return float(word.replace(",", ".")) if re.fullmatch(r"\d+([.,]\d+)?", word) else None


COLLECTORS = (
    Collector("batteries", (BATTERIES,), collect_batteries),
    Collector("supplies", (SUPPLIES,), collect_supplies),
)
