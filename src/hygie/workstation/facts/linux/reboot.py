"""Is a restart owed? The note some tools leave, a newer kernel installed, or core parts changed since the start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from hygie.workstation.facts.linux.parsing import listed, text_of
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.system import REBOOT_PENDING
from hygie.workstation.probe import Probe

NOTES = "/run/reboot-required", "/var/run/reboot-required"  # left by update-notifier, unattended-upgrades, needrestart
KERNEL_FOLDERS = "/usr/lib/modules", "/lib/modules"
DPKG_INFO = "/var/lib/dpkg/info"
# Parts that every programme keeps in memory: new ones protect only after a restart. dpkg names the list of files of a
# package that exists for several architectures "name:architecture.list".
CORE = re.compile(r"(libc6|systemd|dbus|libssl3|libssl3t64|libssl1\.1)(:[a-z0-9]+)?\.list")
CLOCK_TOLERANCE = timedelta(days=1)

_RELEASE = re.compile(r"(\d+(?:\.\d+)+(?:-\d+(?:\.\d+)*)?)(.*)")
_NOT_FLAVOUR = re.compile(r"\+?(fc|el|deb)\d+(_\d+)?|\+bpo\d*|\+\d+")


def kernel_order(release: str) -> tuple[tuple[int, ...], str] | None:
    """Numbers and flavour of a kernel release: "6.1.0-37-cloud-amd64" gives (6, 1, 0, 37) and "cloud-amd64"."""
    found = _RELEASE.match(release)
    if found is None:
        return None
    numbers = tuple(int(part) for part in re.findall(r"\d+", found[1]))
    return numbers, _NOT_FLAVOUR.sub("", found[2]).strip(".-+_")


def newer_kernel(running: str, installed: Iterable[str]) -> bool:
    """Whether a kernel of the same flavour as the running one, and newer, is installed."""
    current = kernel_order(running)
    others = [order for order in map(kernel_order, installed) if order is not None]
    return current is not None and any(other[1] == current[1] and other[0] > current[0] for other in others)


def collect_reboot(probe: Probe) -> Collected:
    """``REBOOT_PENDING``: true as soon as one sign is seen; false only when the signs could be looked for."""
    signs = [*(_note(probe, path) for path in NOTES), _kernel(probe), _core_parts(probe)]
    for sign in signs:
        if isinstance(sign, Known) and sign.value:
            return {REBOOT_PENDING: sign}
    for sign in signs:
        if isinstance(sign, Unknown) and sign.reason is not Reason.ABSENT:
            return {REBOOT_PENDING: sign}
    kernel, parts = signs[-2:]
    return {REBOOT_PENDING: kernel if isinstance(kernel, Known) else parts}


def _note(probe: Probe, path: str) -> Fact[bool]:
    status = probe.stat(path)
    return status if isinstance(status, Unknown) else Known(value=True, source=path)


def _kernel(probe: Probe) -> Fact[bool]:
    source = "/proc/sys/kernel/osrelease"
    data = probe.read_file(source)
    if isinstance(data, Unknown):
        return data
    running = text_of(data).strip()
    others = False
    for folder in KERNEL_FOLDERS:
        installed = probe.list_dir(folder)
        if isinstance(installed, Unknown) and installed.reason is not Reason.ABSENT:
            return installed
        names = () if isinstance(installed, Unknown) else installed
        if running in names:
            return Known(newer_kernel(running, names), f"{source}, {folder}")
        others = others or any(kernel_order(name) for name in names)
    # Where no kernel at all is installed, the kernel is somebody else's (a container): there is nothing to compare.
    reason = Reason.REFUSED if others else Reason.ABSENT
    return Unknown(reason, source, "le noyau en service n’est pas installé sur ce poste")


def _core_parts(probe: Probe) -> Fact[bool]:
    """dpkg writes a package's list of files when it unpacks it: that is the day of its installation."""
    started, names = _started_at(probe), listed(probe.list_dir(DPKG_INFO), DPKG_INFO)
    if isinstance(started, Unknown):
        return started
    if isinstance(names, Unknown):
        return names
    stats = [probe.stat(f"{DPKG_INFO}/{name}") for name in names if CORE.fullmatch(name)]
    known = [stat.modified_at for stat in stats if not isinstance(stat, Unknown)]
    if not known:
        return Unknown(Reason.ABSENT, DPKG_INFO)
    if max(known) > probe.now + CLOCK_TOLERANCE:
        return Unknown(Reason.REFUSED, DPKG_INFO, "l’horloge de ce poste paraît fausse")
    return Known(any(day > started for day in known), DPKG_INFO)


def _started_at(probe: Probe) -> datetime | Unknown:
    data = probe.read_file("/proc/uptime")
    if isinstance(data, Unknown):
        return data
    try:
        return probe.now - timedelta(seconds=float(data.split()[0]))
    except (ValueError, IndexError):
        return Unknown(Reason.UNPARSABLE, "/proc/uptime")


COLLECTORS = (Collector("reboot", (REBOOT_PENDING,), collect_reboot),)
