"""What apt knows of security fixes (Debian, Ubuntu and their derivatives), read without root and without a lock.

``apt-get indextargets`` tells which lists the configuration asks for (apt-get(8)); the lists themselves are then
read and compared with the installed packages. ``apt list --upgradable`` would say the same for twenty times the CPU.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from hygie.workstation.facts.linux.debversion import version_key
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.facts.packages import Package
from hygie.workstation.facts.updates import Update
from hygie.workstation.probe import Probe

LISTS = "/var/lib/apt/lists"
# With no folder of lists apt has nothing to index (0.4 s spared), and without caches it has nothing to write.
TARGETS = (
    "apt-get", "-o", "Dir::State::lists=/nonexistent/", "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
    "indextargets", "--no-release-info", "--format", "$(RELEASE) $(SITE) $(FILENAME)", "Created-By: Packages",
)  # fmt: skip
HELPER = "/usr/lib/apt/apt-helper"
COMPRESSED = (".lz4", ".zst", ".gz", ".xz", ".bz2")
NEVER_RECEIVED = "la liste des correctifs n’a jamais été reçue"
MOST = 100_000_000  # bytes of one list; Ubuntu's largest is about 30 MB
# Makers of browsers who publish for Debian and Ubuntu: each of their updates may mend a hole.
BROWSER_SITES = (
    "dl.google.com", "packages.mozilla.org", "packages.microsoft.com/repos/edge",
    "brave-browser-apt-release.s3.brave.com", "repo.vivaldi.com", "deb.opera.com",
)  # fmt: skip

_NAME = re.compile(rb"^Package: (\S+)$", re.MULTILINE)
_DATE = re.compile(
    rb"^Date: \w{3}, +(\d{1,2}) (\w{3}) (\d{4}) +(\d{1,2}):(\d{2}):(\d{2}) (?:UTC|GMT|\+0000)\s*$", re.MULTILINE
)
_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")


@dataclass(frozen=True, slots=True)
class Target:
    """One list the configuration asks for: the release, where from, and the name of its file when not compressed."""

    release: str
    site: str
    file: str

    @property
    def security(self) -> bool:
        """Debian and Ubuntu keep fixes in a release of their own ("bookworm-security", once "buster/updates")."""
        return self.release.endswith(("-security", "/updates"))

    @property
    def browser(self) -> bool:
        """The list of a maker of browsers."""
        return any(site in self.site for site in BROWSER_SITES)

    @property
    def release_file(self) -> str:
        """The name of the signed file that dates this list, next to it."""
        mark = f"_dists_{self.release.strip('/').replace('/', '_')}_"
        start, found, _ = self.file.partition(mark)
        return f"{start}{mark}InRelease" if found else ""


def read_targets(probe: Probe) -> list[Target] | Unknown:
    """Every list the configuration asks for; empty when no source is enabled."""
    answer = probe.run(TARGETS)
    if isinstance(answer, Unknown):
        return answer
    # No source at all is a real answer where apt's settings are there to be read; elsewhere silence proves nothing.
    silent = not answer.stdout.strip() and isinstance(probe.list_dir("/etc/apt"), Unknown)
    if answer.status != 0 or silent:
        return Unknown(Reason.REFUSED, "apt-get indextargets", f"code de sortie {answer.status}")
    rows = [line.split(" ") for line in answer.text.splitlines()]
    if any(len(row) != 3 for row in rows):
        return Unknown(Reason.UNPARSABLE, "apt-get indextargets")
    return [Target(row[0], row[1], row[2].rpartition("/")[2]) for row in rows]


def parse_release_date(data: bytes) -> datetime | None:
    """The ``Date:`` field of an InRelease file (Debian repository format); None when there is none."""
    found = _DATE.search(data)
    if found is None or found[2] not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(found[n]) for n in (1, 3, 4, 5, 6))
    try:
        return datetime(year, _MONTHS.index(found[2]) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def read_lists_date(probe: Probe, targets: Iterable[Target]) -> datetime | Unknown | None:
    """The oldest signature among the security lists: one source that stopped answering is enough to be late.

    None when a list the configuration asks for was never received, in a folder that was seen.
    """
    listed = probe.list_dir(LISTS)
    if isinstance(listed, Unknown):
        return listed
    dates = []
    for name in sorted({target.release_file for target in targets if target.security}):
        # A mirror without InRelease gives the same text in Release, signed in a file of its own.
        file = next((file for file in (name, name.replace("InRelease", "Release")) if file in listed), None)
        if file is None:
            return None
        data = probe.read_file(f"{LISTS}/{file}")
        date = data if isinstance(data, Unknown) else parse_release_date(data)
        if date is None or isinstance(date, Unknown):
            return date or Unknown(Reason.UNPARSABLE, file)
        dates.append(date)
    return min(dates) if dates else Unknown(Reason.ABSENT, LISTS, "aucune source de correctifs n’est réglée")


def read_pending(probe: Probe, targets: Iterable[Target], packages: Iterable[Package]) -> list[Update] | Unknown:
    """Security fixes published in the lists of this machine and not installed, by package name."""
    listed = probe.list_dir(LISTS)
    if isinstance(listed, Unknown):
        return listed
    installed = _lowest_installed(packages)
    pending: dict[str, Update] = {}
    wanted = [target for target in targets if target.security or target.browser]
    seen: set[str] = set()
    for target in wanted:
        file = _file_on_disk(target.file, set(listed))
        if file is None:
            continue
        data = _list_text(probe, file)
        if isinstance(data, Unknown):
            return data
        if data and not data.endswith(b"\n"):
            return Unknown(Reason.UNPARSABLE, file, "la liste des correctifs est coupée")
        if _NAME.search(data):
            seen.add(target.release_file)
        pending.update(newer_versions(data, installed, pending))
    missing = {target.release_file for target in wanted if target.security} - seen
    if missing:
        return Unknown(Reason.ABSENT, min(missing), NEVER_RECEIVED)
    return [pending[name] for name in sorted(pending)]


def _file_on_disk(file: str, listed: set[str]) -> str | None:
    return next((f"{LISTS}/{file}{end}" for end in ("", *COMPRESSED) if f"{file}{end}" in listed), None)


def _list_text(probe: Probe, file: str) -> bytes | Unknown:
    """The text of a list; apt's own helper opens the compressed ones."""
    if not file.endswith(COMPRESSED):
        return probe.read_file(file, most=MOST)
    answer = probe.run((HELPER, "cat-file", file))
    if isinstance(answer, Unknown):
        return answer
    # Nothing is a possible content: a component without a single package.
    return Unknown(Reason.REFUSED, file) if answer.status else answer.stdout


def _lowest_installed(packages: Iterable[Package]) -> dict[bytes, Package]:
    """By name; where a package is installed for two architectures, the older one counts."""
    lowest: dict[bytes, Package] = {}
    for package in packages:
        name = package.name.encode()
        other = lowest.get(name)
        older = other is None or version_key(package.version) < version_key(other.version)
        if package.source == "deb" and older:
            lowest[name] = package
    return lowest


def newer_versions(data: bytes, installed: dict[bytes, Package], found: dict[str, Update]) -> dict[str, Update]:
    """Installed packages for which this ``Packages`` list (deb822) has a newer version than installed or ``found``."""
    newer: dict[str, Update] = {}
    for match in _NAME.finditer(data):
        package = installed.get(match[1])
        if package is None:
            continue
        end = data.find(b"\n\n", match.end())
        paragraph = data[match.end() : end if end >= 0 else len(data)]
        available = paragraph.partition(b"\nVersion: ")[2].partition(b"\n")[0].decode("ascii", "replace")
        best = newer.get(package.name) or found.get(package.name)
        if available and version_key(available) > version_key(best.available if best else package.version):
            newer[package.name] = Update(package.name, package.version, available, package.held)
    return newer
