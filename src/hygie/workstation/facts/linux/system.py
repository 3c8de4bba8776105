"""The system itself, on Linux: version, uptime, reboot owed, kind of machine, desktop."""

from __future__ import annotations

from hygie.workstation.facts.linux.desktops import SHARED, desktop_or_several
from hygie.workstation.facts.linux.need import fact_of
from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.model import Collected, Collector, Known, Reason, Unknown
from hygie.workstation.facts.system import (
    CHASSIS,
    DESKTOP,
    OS_VERSION,
    UPTIME_SECONDS,
    Chassis,
    OsVersion,
)
from hygie.workstation.probe import Probe

OS_RELEASE = "/etc/os-release"
# SMBIOS chassis types (DMTF DSP0134, 7.4.1) that are carried around.
PORTABLE_CHASSIS = {8, 9, 10, 11, 14, 30, 31, 32}


def collect_version(probe: Probe) -> Collected:
    """``os_version`` from /etc/os-release, whose keys are never translated (freedesktop os-release(5))."""
    data = probe.read_file(OS_RELEASE)
    if isinstance(data, Unknown):
        return {OS_VERSION: data}
    fields = key_values(text_of(data))
    if "ID" not in fields:
        return {OS_VERSION: Unknown(Reason.UNPARSABLE, OS_RELEASE, "le champ ID manque")}
    version = OsVersion(
        fields["ID"],
        fields.get("PRETTY_NAME", fields["ID"]),
        fields.get("VERSION_ID", ""),
        tuple(fields.get("ID_LIKE", "").split()),
    )
    return {OS_VERSION: Known(version, OS_RELEASE)}


def collect_uptime(probe: Probe) -> Collected:
    """Seconds since boot, from /proc/uptime; reboot owed, from the file Debian and Ubuntu leave."""
    data = probe.read_file("/proc/uptime")
    if isinstance(data, Unknown):
        return {UPTIME_SECONDS: data}
    try:
        return {UPTIME_SECONDS: Known(int(float(data.split()[0])), "/proc/uptime")}
    except (ValueError, IndexError):
        return {UPTIME_SECONDS: Unknown(Reason.UNPARSABLE, "/proc/uptime")}


def collect_chassis(probe: Probe) -> Collected:
    """Portable, fixed or virtual: SMBIOS chassis type, and the hypervisor flag of the processor."""
    source = "/sys/class/dmi/id/chassis_type"
    cpu = probe.read_file("/proc/cpuinfo")
    if not isinstance(cpu, Unknown) and b"hypervisor" in cpu:
        return {CHASSIS: Known(Chassis("virtuel"), "/proc/cpuinfo")}
    data = probe.read_file(source)
    if isinstance(data, Unknown):
        return {CHASSIS: data}
    if not data.strip().isdigit():
        return {CHASSIS: Unknown(Reason.UNPARSABLE, source)}
    return {CHASSIS: Known(Chassis("portable" if int(data) in PORTABLE_CHASSIS else "fixe"), source)}


def collect_desktop(probe: Probe) -> Collected:
    """The desktop in use ("plusieurs" when nobody can tell which); not applicable without a screen session."""
    return {DESKTOP: fact_of(lambda: Known(desktop_or_several(probe), SHARED))}


COLLECTORS = (
    Collector("version", (OS_VERSION,), collect_version),
    Collector("uptime", (UPTIME_SECONDS,), collect_uptime),
    Collector("chassis", (CHASSIS,), collect_chassis),
    Collector("desktop", (DESKTOP,), collect_desktop),
)
