"""Room left on the disks (df) and their health (mdstat, smartctl), on Linux."""

from __future__ import annotations

import json
import re
from typing import Any

from hygie.workstation.facts.linux.parsing import text_of
from hygie.workstation.facts.model import Collected, Collector, Known, Reason, Unknown
from hygie.workstation.facts.storage import DISKS_HEALTH, SPACES, DiskHealth, Space
from hygie.workstation.probe import Probe

# vfat holds start-up files (and plugged-in keys): how full they are does not matter here.
LEFT_OUT = ("tmpfs", "devtmpfs", "squashfs", "iso9660", "vfat", "efivarfs")
DF = ("df", "-P", "-k", "-l", *(word for kind in LEFT_OUT for word in ("-x", kind)))
DF_LINE = re.compile(r"(.+?)\s+(\d+)\s+(\d+)\s+(\d+)\s+(?:\d+%|-)\s+(/.*)")
DISK_PATH = re.compile(r"/(?!dev/sr\d)")
REAL_DISK = re.compile(r"sd[a-z]+|nvme\d+n\d+|mmcblk\d+|hd[a-z]+")
SMART_FAILING = 0b0000_1000  # smartctl(8), exit status: bit 3, SMART says the disk is failing
SMART_UNREAD = 0b0000_0011  # bits 0 and 1: wrong call, disk not opened
WORN_PERCENT = 90  # NVMe "percentage used": the maker's own estimate of the life spent
MISSING_TOOL = "installez le paquet smartmontools, puis relancez le bilan en administrateur"
BAD_SECTORS = (5, 197, 198)  # ATA attributes: reallocated, pending, uncorrectable sectors


def collect_spaces(probe: Probe) -> Collected:
    """Size and free room of each local file system. df exits 1 when one of them is closed to us: the rest holds."""
    output = probe.run(DF, seconds=3)
    if isinstance(output, Unknown):
        return {SPACES: output}
    spaces = parse_df(output.text)
    if not any(space.path == "/" for space in spaces):
        reason = Reason.UNPARSABLE if spaces else Reason.REFUSED
        return {SPACES: Unknown(reason, "df -P -k", "le disque du système n’est pas cité")}
    return {SPACES: Known(spaces, "df -P -k")}


def parse_df(text: str) -> tuple[Space, ...]:
    """POSIX df: device, 1024-byte blocks, used, free, percent, mount point. Empty file systems are left out.

    So are discs (/dev/sr0): a DVD of medical images is always full.
    """
    found = [DF_LINE.fullmatch(line) for line in text.splitlines()[1:]]
    real = [match for match in found if match and int(match[2]) and DISK_PATH.match(match[1])]
    return tuple(Space(match[5], int(match[2]) * 1024, int(match[4]) * 1024) for match in real)


def collect_health(probe: Probe) -> Collected:
    """Mirrors from /proc/mdstat (no rights), disks from smartctl (root)."""
    names = probe.list_dir("/sys/block")
    if isinstance(names, Unknown):
        return {DISKS_HEALTH: names}
    mirrors = _mirrors(probe)
    disks = [name for name in names if REAL_DISK.fullmatch(name) and not _removable(probe, name)]
    if not disks and not any(mirror.state == "failing" for mirror in mirrors):
        return {DISKS_HEALTH: Unknown(Reason.ABSENT, "/sys/block", "aucun disque reconnu")}
    found = _smart(probe, disks)
    failing = [mirror for mirror in mirrors if mirror.state == "failing"]
    if isinstance(found, Unknown) and not failing:
        return {DISKS_HEALTH: found}
    disks_read = () if isinstance(found, Unknown) else found
    return {DISKS_HEALTH: Known((*mirrors, *disks_read), "/proc/mdstat, smartctl -j")}


def _removable(probe: Probe, name: str) -> bool:
    flag = probe.read_file(f"/sys/block/{name}/removable")
    return not isinstance(flag, Unknown) and flag.strip() == b"1"


def _mirrors(probe: Probe) -> tuple[DiskHealth, ...]:
    data = probe.read_file("/proc/mdstat")
    return () if isinstance(data, Unknown) else parse_mdstat(text_of(data))


def parse_mdstat(text: str) -> tuple[DiskHealth, ...]:
    """md(4): ``md0 : active raid1 …`` then a line with [UU]; "_" is a missing disk.

    One that did not start says "inactive" and no more; so do the containers of motherboards ("external:"), for good.
    """
    found: list[DiskHealth] = []
    name = ""
    for line in text.splitlines():
        start = re.match(r"(md\w+) : (\w+)", line)
        if start:
            name = start[1]
            found += [DiskHealth(name, "unread")] if start[2] == "inactive" else []
        elif name and "external:" in line:
            found = [mirror for mirror in found if mirror.name != name]
        marks = re.search(r"\[([U_]+)\]", line)
        if name and marks:
            found.append(DiskHealth(name, "failing" if "_" in marks[1] else "good"))
            name = ""
    return tuple(found)


def _smart(probe: Probe, disks: list[str]) -> tuple[DiskHealth, ...] | Unknown:
    found = []
    for name in disks:
        output = probe.run(("smartctl", "-j", "-H", "-A", f"/dev/{name}"), seconds=4)
        if isinstance(output, Unknown) and output.reason is Reason.ABSENT:
            return Unknown(Reason.ABSENT, "smartctl", MISSING_TOOL)
        if not probe.identity.elevated:
            return Unknown(Reason.RIGHTS, "smartctl")
        found.append(DiskHealth(name, "unread" if isinstance(output, Unknown) else parse_smart(output.text)))
    return tuple(found)


def parse_smart(text: str) -> str:
    """``smartctl -j``: "good", "worn", "failing", or "unread" when the disk did not answer."""
    try:
        data = json.loads(text)
    except ValueError:
        return "unread"
    if not isinstance(data, dict):
        return "unread"
    status = _get(data, "smartctl", "exit_status")
    passed = _get(data, "smart_status", "passed")
    if passed is False or (isinstance(status, int) and status & SMART_FAILING):
        return "failing"
    if passed is not True or not isinstance(status, int) or status & SMART_UNREAD:
        return "unread"
    return "worn" if _worn(data) else "good"


def _worn(data: dict[str, Any]) -> bool:
    nvme = _get(data, "nvme_smart_health_information_log") or {}
    used = nvme.get("percentage_used", 0)
    table = _get(data, "ata_smart_attributes", "table") or []
    bad = sum(int(_get(row, "raw", "value") or 0) for row in table if row.get("id") in BAD_SECTORS)
    return bool(nvme.get("critical_warning") or nvme.get("media_errors") or used >= WORN_PERCENT or bad)


def _get(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


COLLECTORS = (
    Collector("spaces", (SPACES,), collect_spaces),
    Collector("disks-health", (DISKS_HEALTH,), collect_health),
)
