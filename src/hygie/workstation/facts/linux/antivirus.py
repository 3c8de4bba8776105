"""Antivirus software on Linux: which ones are there, whether they watch, and how old their lists are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hygie.workstation.facts.antivirus import ANTIVIRUSES, Antivirus, Guard
from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.parsing import json_of
from hygie.workstation.facts.linux.units import ABSENT, ACTIVE, unit_states
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

CLAMD = "/usr/sbin/clamd", "/usr/bin/clamd"
CLAMSCAN = "/usr/bin/clamscan"
CLAM_DAEMONS = "clamav-daemon.service", "clamd@scan.service", "clamd.service"
CLAM_WATCHERS = "clamav-clamonacc.service", "clamonacc.service"
CLAM_LISTS = "/var/lib/clamav/daily.cld", "/var/lib/clamav/daily.cvd"
HEADER_BYTES = 512
DEFENDER = "/opt/microsoft/mdatp"
# Product, the folder it installs, its systemd unit. Their lists are not readable: only presence and activity are told.
OTHERS = (
    ("Bitdefender", "/opt/bitdefender-security-tools", "bdsec.service"),
    ("CrowdStrike Falcon", "/opt/CrowdStrike", "falcon-sensor.service"),
    ("ESET", "/opt/eset/eea", "eea.service"),
    ("Kaspersky", "/opt/kaspersky/kesl", "kesl.service"),
    ("Cortex XDR", "/opt/traps", "traps_pmd.service"),
    ("SentinelOne", "/opt/sentinelone", "sentinelone.service"),
    ("Sophos", "/opt/sophos-spl", "sophos-spl.service"),
)
MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


def collect_antiviruses(probe: Probe) -> Collected:
    """Every antivirus found; an empty list is a true answer (none of those that Hygie knows)."""
    return {ANTIVIRUSES: fact_of(lambda: _antiviruses(probe))}


def _antiviruses(probe: Probe) -> Fact[tuple[Antivirus, ...]]:
    found = [Antivirus(name, _guard_of_unit(probe, unit)) for name, folder, unit in OTHERS if _there(probe, folder)]
    if _there(probe, DEFENDER):
        found.append(_defender(probe))
    if any(_there(probe, path) for path in CLAMD):
        found.append(Antivirus("ClamAV", _guard_of_clamd(probe), _clam_list_date(probe)))
    elif _there(probe, CLAMSCAN):
        found.append(Antivirus("ClamAV", Guard.MANUAL, _clam_list_date(probe)))
    return Known(tuple(found), "programmes installés")


def _there(probe: Probe, path: str) -> bool:
    status = probe.stat(path)
    if isinstance(status, Unknown) and status.reason is not Reason.ABSENT:
        need(status)
    return not isinstance(status, Unknown)


def _guard_of_unit(probe: Probe, unit: str) -> Guard:
    states = unit_states(probe, [unit])
    if isinstance(states, Unknown) or states[unit] == ABSENT:
        return Guard.UNTOLD
    return Guard.WATCHING if states[unit] == ACTIVE else Guard.OFF


def _guard_of_clamd(probe: Probe) -> Guard:
    """clamd alone only answers; clamonacc is what makes it look at files by itself (clamonacc(8))."""
    states = unit_states(probe, [*CLAM_DAEMONS, *CLAM_WATCHERS])
    if isinstance(states, Unknown):
        return Guard.UNTOLD
    if all(states[unit] != ACTIVE for unit in CLAM_DAEMONS):
        return Guard.OFF
    return Guard.WATCHING if any(states[unit] == ACTIVE for unit in CLAM_WATCHERS) else Guard.ANSWERING


def _clam_list_date(probe: Probe) -> datetime | None:
    """The newest date of the daily list: updates leave either file. Copying one changes its time, not its header."""
    dates = []
    for path in CLAM_LISTS:
        head = probe.run(["head", "-c", str(HEADER_BYTES), path])
        date = None if isinstance(head, Unknown) or head.status else parse_clam_header(head.stdout)
        if date is not None:
            dates.append(date)
    return max(dates, default=None)


def parse_clam_header(data: bytes) -> datetime | None:
    """Build time in a ClamAV list: ``ClamAV-VDB:25 Jul 2026 09-34 +0000:…``; None when it is not such a header."""
    fields = data.decode("ascii", "replace").split(":")
    words = fields[1].split() if fields[0] == "ClamAV-VDB" and len(fields) > 2 else []
    try:
        day, month, year, time, zone = words
        hour, minute = time.split("-")
        stamp = f"{year}-{MONTHS[month]:02}-{int(day):02}T{hour}:{minute}:00{zone}"
        return datetime.fromisoformat(stamp).astimezone(UTC)
    except (ValueError, KeyError):
        return None


def _defender(probe: Probe) -> Antivirus:
    answer = json_of(probe.run(["mdatp", "health", "--output", "json"]), "mdatp health")
    return Antivirus("Microsoft Defender", Guard.UNTOLD) if isinstance(answer, Unknown) else parse_defender(answer)


def parse_defender(health: Any) -> Antivirus:
    """``mdatp health --output json``: real-time protection, passive mode, and the date of definitions in ms."""
    name = "Microsoft Defender"
    if not isinstance(health, dict):
        return Antivirus(name, Guard.UNTOLD)
    watching, passive = _value(health, "realTimeProtectionEnabled"), _value(health, "passiveModeEnabled")
    stamp = str(health.get("definitionsUpdated", ""))
    date = datetime.fromtimestamp(int(stamp) / 1000, UTC) if stamp.isdigit() and int(stamp) < 10**14 else None
    if not isinstance(watching, bool):
        return Antivirus(name, Guard.UNTOLD, date)
    return Antivirus(name, Guard.WATCHING if watching and passive is not True else Guard.OFF, date)


def _value(health: dict[str, Any], key: str) -> Any:
    """Settings come bare, or wrapped with who manages them."""
    found = health.get(key)
    return found.get("value") if isinstance(found, dict) else found


COLLECTORS = (Collector("antivirus", (ANTIVIRUSES,), collect_antiviruses),)
