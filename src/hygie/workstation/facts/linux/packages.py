"""Installed software on Linux: Debian or RPM packages, flatpaks and snaps, each list read once."""

from __future__ import annotations

import re

from hygie.workstation.facts.linux.parsing import answer_of, key_values, text_of
from hygie.workstation.facts.model import Collected, Collector, Known, Reason, Unknown
from hygie.workstation.facts.packages import PACKAGES, Package
from hygie.workstation.probe import Probe

DPKG_STATUS = "/var/lib/dpkg/status"
DPKG_MOST = 40_000_000  # bytes: a desktop with 4,000 packages has about 4 MB
RPM_QUERY = ("rpm", "-qa", "--qf", r"%{NAME}\t%{VERSION}-%{RELEASE}\n")
SNAP_FOLDERS = "/snap", "/var/lib/snapd/snap"
NOT_SNAPS = {"README", "bin"}
# The package's files are in place in these states (dpkg(1), "Package states").
INSTALLED_STATES = {"installed", "triggers-awaited", "triggers-pending"}

_PACKAGE = re.compile(r"^Package: (\S+)$", re.MULTILINE)
_STATUS = re.compile(r"^Status: (\S+) \S+ (\S+)$", re.MULTILINE)
_VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)


def collect_packages(probe: Probe) -> Collected:
    """Everything installed; Unknown as soon as one of the lists cannot be read, because half a list hides software."""
    lists = (system_packages(probe), _flatpaks(probe), _snaps(probe))
    found: list[Package] = []
    for packages in lists:
        if isinstance(packages, Unknown):
            return {PACKAGES: packages}
        found += packages
    return {PACKAGES: Known(tuple(found), DPKG_STATUS if found[0].source == "deb" else "rpm -qa")}


def system_packages(probe: Probe) -> list[Package] | Unknown:
    """Debian packages where dpkg knows any, else RPM ones (Fedora can carry an empty dpkg)."""
    data = probe.read_file(DPKG_STATUS, most=DPKG_MOST)
    if not isinstance(data, Unknown) and data.strip():
        return parse_dpkg_status(text_of(data)) or Unknown(Reason.UNPARSABLE, DPKG_STATUS)
    if isinstance(data, Unknown) and data.reason is not Reason.ABSENT:
        return data
    answer = answer_of(probe.run(RPM_QUERY, seconds=8), "rpm -qa")
    if isinstance(answer, Unknown):
        return answer
    return parse_rpm(answer.text) or Unknown(Reason.UNPARSABLE, "rpm -qa")


def parse_dpkg_status(text: str) -> list[Package]:
    """Installed packages of dpkg's status file (deb822 paragraphs, dpkg(1)); empty when the file is cut short."""
    if not text.endswith("\n"):
        return []
    packages = []
    for paragraph in text.split("\n\n"):
        name, status, version = _PACKAGE.search(paragraph), _STATUS.search(paragraph), _VERSION.search(paragraph)
        if name and status and version and status[2] in INSTALLED_STATES:
            packages.append(Package(name[1], version[1], "deb", held=status[1] == "hold"))
    return packages


def parse_rpm(text: str) -> list[Package]:
    """Lines "name, tab, version-release"; the pseudo packages of signing keys are not software."""
    rows = (line.split("\t") for line in text.splitlines())
    return [Package(row[0], row[1], "rpm") for row in rows if len(row) == 2 and row[0] != "gpg-pubkey"]


def _flatpaks(probe: Probe) -> list[Package] | Unknown:
    """Applications of the machine and of the person, by their identifier (flatpak keeps one folder each)."""
    folders = "/var/lib/flatpak/app", f"{probe.identity.home}/.local/share/flatpak/app"
    names: set[str] = set()
    for folder in folders:
        listed = probe.list_dir(folder)
        if isinstance(listed, Unknown):
            if listed.reason is not Reason.ABSENT:
                return listed
            continue
        names.update(name for name in listed if "." in name)
    return [Package(name, "", "flatpak") for name in sorted(names)]


def _snaps(probe: Probe) -> list[Package] | Unknown:
    """Snaps by name, with the version their own description gives (snap.yaml; its keys are not translated)."""
    for folder in SNAP_FOLDERS:
        listed = probe.list_dir(folder)
        if not isinstance(listed, Unknown):
            return [_snap(probe, folder, name) for name in listed if name not in NOT_SNAPS]
        if listed.reason is not Reason.ABSENT:
            return listed
    return []


def _snap(probe: Probe, folder: str, name: str) -> Package:
    data = probe.read_file(f"{folder}/{name}/current/meta/snap.yaml")
    version = "" if isinstance(data, Unknown) else key_values(text_of(data), ":").get("version", "")
    return Package(name, version, "snap")


COLLECTORS = (Collector("packages", (PACKAGES,), collect_packages),)
