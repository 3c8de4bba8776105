"""A small Debian 13 for tests: what its updates look like, with each part replaceable."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import datetime

from hygie.workstation.facts.linux.apt import LISTS, TARGETS
from hygie.workstation.facts.model import Reason
from hygie.workstation.probe import CommandOutput, FileStatus
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import NOW, machine, regular

INDEX = shlex.join(TARGETS)
SITE = "https://miroir.exemple.invalid"
MAIN = "miroir.exemple.invalid_debian_dists_trixie_main_binary-amd64_Packages"
SECURITY = "miroir.exemple.invalid_debian-security_dists_trixie-security_main_binary-amd64_Packages"
SIGNED = "miroir.exemple.invalid_debian-security_dists_trixie-security_InRelease"
RELEASE = f"{LISTS}/{SIGNED}"
TARGET_LINES = (
    f"trixie {SITE}/debian /nonexistent/{MAIN}\ntrixie-security {SITE}/debian-security /nonexistent/{SECURITY}\n"
)
OS_RELEASE = 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian 13"\n'
STATUS = """Package: cadenas
Status: install ok installed
Version: 1.0-1

Package: verrou
Status: install ok installed
Version: 2.0-1
"""
NOTHING_NEW = "Package: cadenas\nSource: metal\nVersion: 1.0-1\n\nPackage: autre\nVersion: 9\n"
FIXED = "Package: cadenas\nVersion: 1.0-1+deb13u1\n\n"
APT_CONFIG = """APT "";
APT::Periodic "";
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Origins-Pattern "";
Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename},label=Debian-Security";
"""
WANTS = "/etc/systemd/system/timers.target.wants"
Files = Mapping[str, str | bytes | Reason]
Runs = Mapping[str, str | bytes | CommandOutput | Reason]


def signed(day: str = "Sat, 21 Nov 2026 06:00:00 UTC") -> str:
    """The start of a signed list of fixes."""
    return f"-----BEGIN PGP SIGNED MESSAGE-----\n\nOrigin: Debian\nSuite: stable-security\nDate: {day}\nSHA256:\n"


def debian(
    *,
    files: Files | None = None,
    runs: Runs | None = None,
    stats: Mapping[str, FileStatus | Reason] | None = None,
    dirs: Mapping[str, list[str] | Reason] | None = None,
    now: datetime = NOW,
) -> ReplayProbe:
    """Debian 13, up to date and updating by itself, changed by what is given."""
    return machine(
        files={
            "/etc/os-release": OS_RELEASE,
            "/var/lib/dpkg/status": STATUS,
            f"{LISTS}/{SECURITY}": NOTHING_NEW,
            RELEASE: signed(),
            "/proc/uptime": "90000.0 1.0\n",
            "/proc/sys/kernel/osrelease": "6.12.48+deb13-amd64\n",
            **(files or {}),
        },
        runs={INDEX: TARGET_LINES, "apt-config dump": APT_CONFIG, **(runs or {})},
        dirs={
            LISTS: [MAIN, SECURITY, SIGNED],
            "/etc/apt": ["sources.list.d"],
            "/usr/lib/modules": ["6.12.48+deb13-amd64"],
            **(dirs or {}),
        },
        stats={
            "/usr/bin/unattended-upgrade": regular(),
            "/usr/lib/systemd/systemd": regular(),
            f"{WANTS}/apt-daily.timer": regular(),
            f"{WANTS}/apt-daily-upgrade.timer": regular(),
            "/var/lib/apt/periodic/upgrade-stamp": regular(0),
            **(stats or {}),
        },
        now=now,
    )
