"""Checks on updates and on the life of systems and programmes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.apt import LISTS
from hygie.workstation.facts.model import Reason
from hygie.workstation.facts.packages import Package
from hygie.workstation.lifecycle.installed import tracked
from hygie.workstation.probe import CommandOutput
from tests.workstation.debians import (
    APT_CONFIG,
    FIXED,
    INDEX,
    MAIN,
    RELEASE,
    SECURITY,
    SITE,
    STATUS,
    TARGET_LINES,
    debian,
    signed,
)
from tests.workstation.machines import NOW, finding, machine, regular

OK, TO_FIX, WATCH, UNKNOWN = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN
SYSTEM, PENDING, FRESH = "systeme-maintenu", "mises-a-jour-securite", "mises-a-jour-fraicheur"
AUTOMATIC, RESTART, PROGRAMS, TABLE = (
    "mises-a-jour-automatiques",
    "redemarrage-du",
    "logiciels-maintenus",
    "liste-fins-de-vie",
)
ESM = "focal-infra-security https://esm.ubuntu.com/infra /nonexistent/esm_dists_focal-infra-security_main_Packages\n"


def release(text: str) -> dict[str, str | bytes | Reason]:
    """Only what the system says of itself."""
    return {"/etc/os-release": text}


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("ID=debian\nVERSION_ID=13\n", OK, "9 août 2028"),
        ("ID=debian\nVERSION_ID=12\n", WATCH, "30 juin 2028"),
        ("ID=debian\nVERSION_ID=11\n", TO_FIX, "14 août 2024"),
        ("ID=debian\nVERSION_ID=7\n", TO_FIX, "depuis longtemps"),
        ("ID=debian\nVERSION_ID=14\n", UNKNOWN, "plus récent"),
        ('ID=debian\nPRETTY_NAME="Debian sid"\n', UNKNOWN, "Debian sid"),
        ("ID=ubuntu\nVERSION_ID=24.04\n", OK, "31 mai 2029"),
        ("ID=ubuntu\nVERSION_ID=20.04\n", TO_FIX, "29 mai 2025"),
        ("ID=ubuntu\nVERSION_ID=25.10\n", TO_FIX, "9 juillet 2026"),
        ("ID=linuxmint\nID_LIKE='ubuntu debian'\nVERSION_ID=22.1\n", OK, "30 avril 2029"),
        ("ID=linuxmint\nID_LIKE=debian\nVERSION_ID=6\n", TO_FIX, "LMDE 6"),
        ("ID=linuxmint\nID_LIKE=debian\nVERSION_ID=7\n", OK, "LMDE 7"),
        ("ID=fedora\nVERSION_ID=43\n", WATCH, "9 décembre 2026"),
        ("ID=fedora\nVERSION_ID=44\n", OK, "2 juin 2027"),
        ("ID=arch\nPRETTY_NAME='Arch Linux'\n", UNKNOWN, "Arch Linux"),
        ("ID=pop\nID_LIKE=ubuntu\nVERSION_ID=22.04\nPRETTY_NAME='Pop!_OS'\n", UNKNOWN, "Pop!_OS"),
        ("NAME=Debian\n", UNKNOWN, "ID"),
    ],
)
def test_each_system_has_the_verdict_of_its_dates(text: str, verdict: Verdict, words: str) -> None:
    found = finding(SYSTEM, debian(files=release(text)))
    assert (found.verdict, words in found.sentence.replace("\u00a0", " ")) == (verdict, True), found.sentence


def test_ubuntu_pro_keeps_an_old_ubuntu_alive() -> None:
    probe = debian(files=release("ID=ubuntu\nVERSION_ID=20.04\n"), runs={INDEX: TARGET_LINES + ESM})
    assert finding(SYSTEM, probe).verdict is WATCH
    unseen = debian(files=release("ID=ubuntu\nVERSION_ID=20.04\n"), runs={INDEX: Reason.TIMEOUT})
    assert finding(SYSTEM, unseen).verdict is UNKNOWN


def test_a_system_that_says_nothing_of_itself_is_unknown() -> None:
    assert finding(SYSTEM, machine()).verdict is UNKNOWN


def test_an_open_end_is_believed_only_while_the_table_is_recent() -> None:
    later = debian(files=release("ID=linuxmint\nID_LIKE=debian\nVERSION_ID=7\n"), now=datetime(2027, 6, 1, tzinfo=UTC))
    assert finding(SYSTEM, later).verdict is UNKNOWN


def test_a_clock_before_the_table_proves_nothing() -> None:
    past = debian(now=datetime(2020, 1, 1, tzinfo=UTC))
    for check in (SYSTEM, TABLE, PENDING, FRESH, PROGRAMS):
        assert finding(check, past).verdict is UNKNOWN, check


def test_the_table_itself_grows_old() -> None:
    assert finding(TABLE, machine()).verdict is OK
    assert finding(TABLE, machine(now=datetime(2027, 2, 22, tzinfo=UTC))).verdict is TO_FIX
    assert finding(TABLE, machine(now=datetime(2027, 2, 21, tzinfo=UTC))).verdict is OK


def test_an_up_to_date_debian_is_in_order() -> None:
    for check in (SYSTEM, PENDING, FRESH, AUTOMATIC, RESTART, PROGRAMS):
        found = finding(check, debian())
        assert found.verdict is OK, found.sentence


def test_fixes_that_wait_are_counted_and_named() -> None:
    found = finding(PENDING, debian(files={f"{LISTS}/{SECURITY}": FIXED}))
    assert (found.verdict, found.observed) == (TO_FIX, "1\u00a0correctif en attente")
    assert "cadenas" in found.sentence


def test_fixes_blocked_on_purpose_are_said_to_be() -> None:
    held = STATUS.replace("install ok installed", "hold ok installed", 1)
    found = finding(PENDING, debian(files={f"{LISTS}/{SECURITY}": FIXED, "/var/lib/dpkg/status": held}))
    assert (found.verdict, "bloqués" in found.sentence) == (TO_FIX, True)


def test_nothing_waiting_in_an_old_list_is_unknown() -> None:
    old = debian(files={RELEASE: signed("Sat, 31 Oct 2026 06:00:00 UTC")})
    assert finding(PENDING, old).verdict is UNKNOWN
    assert finding(FRESH, old).verdict is TO_FIX


def test_a_fix_known_by_an_old_list_still_waits() -> None:
    old = {RELEASE: signed("Sat, 31 Oct 2026 06:00:00 UTC"), f"{LISTS}/{SECURITY}": FIXED}
    assert finding(PENDING, debian(files=old)).verdict is TO_FIX


def test_lists_never_received_say_nothing_of_fixes_and_are_to_be_fetched() -> None:
    never = debian(dirs={LISTS: []})
    assert finding(PENDING, never).verdict is UNKNOWN
    assert finding(FRESH, never).verdict is TO_FIX
    hidden = debian(dirs={LISTS: Reason.RIGHTS})
    assert finding(PENDING, hidden).verdict is UNKNOWN
    assert finding(FRESH, hidden).verdict is UNKNOWN
    undated = debian(dirs={LISTS: [MAIN, SECURITY]})
    assert finding(PENDING, undated).verdict is UNKNOWN


def test_a_security_source_that_is_switched_off_is_to_fix() -> None:
    probe = debian(runs={INDEX: f"trixie {SITE}/debian /nonexistent/{MAIN}\n"})
    assert finding(PENDING, probe).verdict is TO_FIX
    assert finding(FRESH, probe).verdict is not OK


def test_a_security_source_forgotten_on_the_version_before_is_to_fix() -> None:
    named = {"/etc/os-release": "ID=debian\nVERSION_ID=13\nVERSION_CODENAME=trixie\n"}
    assert finding(PENDING, debian(files=named)).verdict is OK
    upgraded = {"/etc/os-release": "ID=debian\nVERSION_ID=14\nVERSION_CODENAME=forky\n"}
    assert finding(PENDING, debian(files=upgraded)).verdict is TO_FIX


def test_fedora_is_judged_through_dnf() -> None:
    check = "dnf -q -C check-update --security"
    repomd = "/var/cache/libdnf5/updates-0123456789abcdef/repodata/repomd.xml"

    def fedora(status: int, rows: bytes = b"") -> Verdict:
        probe = machine(
            files={repomd: f"<revision>{int(NOW.timestamp()) - 86_400}</revision>"},
            dirs={"/var/cache/libdnf5": ["updates-0123456789abcdef"]},
            runs={check: CommandOutput(status, rows, b"")},
        )
        return finding(PENDING, probe).verdict

    assert fedora(0) is OK
    assert fedora(100, b"openssl.x86_64 3.5.1 updates\n") is TO_FIX
    assert fedora(1) is UNKNOWN
    assert finding(PENDING, machine(runs={check: CommandOutput(0, b"", b"")})).verdict is UNKNOWN


def test_automatic_updates_are_to_fix_by_their_first_obstacle() -> None:
    off = debian(runs={"apt-config dump": APT_CONFIG.replace('Unattended-Upgrade "1"', 'Unattended-Upgrade "0"')})
    assert finding(AUTOMATIC, off).verdict is TO_FIX
    assert "désactivée" in finding(AUTOMATIC, off).sentence


def test_automatic_updates_that_never_ran_or_no_longer_run_are_watched() -> None:
    stamp = "/var/lib/apt/periodic/upgrade-stamp"
    for status in (
        Reason.ABSENT,
        regular(modified_at=NOW - timedelta(days=30)),
    ):
        assert finding(AUTOMATIC, debian(stats={stamp: status})).verdict is WATCH
    later = debian(stats={stamp: regular(modified_at=NOW + timedelta(days=9))})
    assert finding(AUTOMATIC, later).verdict is UNKNOWN
    assert finding(AUTOMATIC, machine()).verdict is UNKNOWN


def test_a_restart_owed_or_long_awaited_is_said() -> None:
    assert finding(RESTART, debian(stats={"/run/reboot-required": regular()})).verdict is TO_FIX
    assert finding(RESTART, debian(files={"/proc/uptime": f"{40 * 86_400}.0 0\n"})).verdict is WATCH
    last_night = debian(files={"/proc/uptime": f"{20 * 3_600}.0 0\n"})  # read at 9:00
    assert "a redémarré hier" in finding(RESTART, last_night).sentence
    for lost in ("/proc/uptime", "/proc/sys/kernel/osrelease"):
        assert finding(RESTART, debian(files={lost: Reason.ABSENT})).verdict is UNKNOWN, lost
    assert finding(RESTART, debian(files={"/proc/uptime": ""})).verdict is UNKNOWN


def with_package(name: str, version: str) -> dict[str, str | bytes | Reason]:
    """The same Debian with one more package."""
    return {"/var/lib/dpkg/status": f"{STATUS}\nPackage: {name}\nStatus: install ok installed\nVersion: {version}\n"}


@pytest.mark.parametrize(
    ("name", "version", "verdict"),
    [
        ("libreoffice24.2", "24.2.7.2-2", TO_FIX),
        ("libreoffice26.2-base", "26.2.5-1", WATCH),
        ("libreoffice27.2", "27.2.1-1", UNKNOWN),
        ("libreoffice-core", "4:7.4.7-1+deb12u8", OK),
        ("postgresql-13", "13.16-1.pgdg120+1", TO_FIX),
        ("postgresql-13", "13.22-0+deb11u1", OK),
        ("postgresql-15", "15.14-0+deb12u1", OK),
        ("postgresql-17", "17.6-1.pgdg130+1", OK),
        ("flashplugin-installer", "32.0.0.465ubuntu0.20.04.1", TO_FIX),
        ("skypeforlinux", "8.115", TO_FIX),
    ],
)
def test_programmes_are_judged_by_whoever_keeps_them_alive(name: str, version: str, verdict: Verdict) -> None:
    found = finding(PROGRAMS, debian(files=with_package(name, version)))
    assert found.verdict is verdict, found.sentence


def test_programmes_follow_the_fate_of_their_system() -> None:
    for text, verdict in (
        ("ID=debian\nVERSION_ID=11\n", TO_FIX),
        ("ID=debian\nVERSION_ID=12\n", WATCH),
        ("ID=debian\nVERSION_ID=14\n", UNKNOWN),
    ):
        assert finding(PROGRAMS, debian(files=release(text))).verdict is verdict
    assert finding(PROGRAMS, debian(files={"/var/lib/dpkg/status": Reason.RIGHTS})).verdict is UNKNOWN


def test_a_version_of_the_table_is_named_once() -> None:
    packages = [Package("libreoffice24.2", "1", "deb"), Package("libreoffice24.2-base", "1", "deb")]
    assert tracked(packages) == [("libreoffice", "24.2")]
