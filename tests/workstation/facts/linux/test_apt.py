"""What apt holds is read as it is, and what it does not hold is never "nothing waits"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hygie.workstation.facts.linux.apt import HELPER, LISTS, newer_versions, parse_release_date, read_targets
from hygie.workstation.facts.linux.updates import collect_updates
from hygie.workstation.facts.model import Known, Reason, Unknown
from hygie.workstation.facts.packages import Package
from hygie.workstation.facts.updates import EXTENDED_SUPPORT, PENDING_SECURITY, SECURITY_SOURCE, UPDATE_LISTS_AT
from hygie.workstation.probe import CommandOutput
from tests.workstation.debians import FIXED, INDEX, MAIN, RELEASE, SECURITY, SIGNED, SITE, TARGET_LINES, debian, signed

BROWSER = "dl.google.com_linux_chrome-stable_deb_dists_stable_main_binary-amd64_Packages"


def test_targets_name_the_release_and_the_file() -> None:
    targets = read_targets(debian())
    assert not isinstance(targets, Unknown)
    assert [target.security for target in targets] == [False, True]
    assert targets[1].release_file == SIGNED


def test_apt_that_fails_is_unknown() -> None:
    for answer in (CommandOutput(100, b"", b"E: broken"), Reason.TIMEOUT):
        facts = collect_updates(debian(runs={INDEX: answer}))
        assert all(isinstance(facts[key], Unknown) for key in (SECURITY_SOURCE, UPDATE_LISTS_AT, PENDING_SECURITY))


def test_silence_of_apt_counts_only_where_its_settings_can_be_read() -> None:
    assert collect_updates(debian(runs={INDEX: ""}))[SECURITY_SOURCE] == Known(
        value=False, source="apt-get indextargets"
    )
    unreadable = collect_updates(debian(runs={INDEX: ""}, dirs={"/etc/apt": Reason.RIGHTS}))
    assert isinstance(unreadable[SECURITY_SOURCE], Unknown)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (signed(), datetime(2026, 11, 21, 6, 0, tzinfo=UTC)),
        (signed("Sun,  1 Nov 2026  6:05:04 +0000"), datetime(2026, 11, 1, 6, 5, 4, tzinfo=UTC)),
        (signed("Sun, 31 Feb 2026 06:00:00 UTC"), None),
        (signed("dimanche"), None),
        ("", None),
        ("Valid-Until: Sat, 21 Nov 2026 06:00:00 UTC\n", None),
    ],
)
def test_the_signed_date_is_read_or_is_none(data: str, expected: datetime | None) -> None:
    assert parse_release_date(data.encode()) == expected


def test_a_newer_version_is_found_and_an_older_one_is_not() -> None:
    installed = {b"cadenas": Package("cadenas", "1.0-1", "deb"), b"verrou": Package("verrou", "2.0-1", "deb")}
    data = b"Package: cadenas\nVersion: 1.0-1+deb13u1\n\nPackage: verrou\nVersion: 1.9\n\nPackage: autre\nVersion: 5\n"
    found = newer_versions(data, installed, {})
    assert [(update.name, update.available) for update in found.values()] == [("cadenas", "1.0-1+deb13u1")]


def test_the_newest_of_several_versions_is_kept_whatever_their_order() -> None:
    installed = {b"cadenas": Package("cadenas", "1.0", "deb")}
    data = b"Package: cadenas\nVersion: 1.3\n\nPackage: cadenas\nVersion: 1.2\n\n"
    known = newer_versions(data, installed, {})
    assert known["cadenas"].available == "1.3"
    assert newer_versions(b"Package: cadenas\nVersion: 1.1\n\n", installed, known) == {}


def test_the_oldest_security_list_dates_the_whole() -> None:
    other = "autre.exemple.invalid_debian-security_dists_trixie-security_main_binary-amd64_Packages"
    lines = TARGET_LINES + f"trixie-security https://autre.exemple.invalid /nonexistent/{other}\n"
    name = SIGNED.replace("miroir", "autre").replace("InRelease", "Release")
    old = {f"{LISTS}/{name}": signed("Thu, 01 Oct 2026 06:00:00 UTC")}
    fact = collect_updates(debian(files=old, runs={INDEX: lines}, dirs={LISTS: [SIGNED, name]}))[UPDATE_LISTS_AT]
    assert fact == Known(datetime(2026, 10, 1, 6, 0, tzinfo=UTC), LISTS)


def test_a_list_that_never_came_has_no_date_and_a_hidden_one_is_unknown() -> None:
    assert collect_updates(debian(dirs={LISTS: []}))[UPDATE_LISTS_AT] == Known(None, LISTS)
    for probe in (
        debian(dirs={LISTS: Reason.RIGHTS}),
        debian(files={RELEASE: Reason.RIGHTS}),
        debian(files={RELEASE: ""}),
    ):
        assert isinstance(collect_updates(probe)[UPDATE_LISTS_AT], Unknown)


def test_compressed_lists_are_opened_by_apt_itself() -> None:
    name = f"{SECURITY}.lz4"
    run = {f"{HELPER} cat-file {LISTS}/{name}": FIXED}
    fact = collect_updates(debian(dirs={LISTS: [name]}, runs=run))[PENDING_SECURITY]
    assert isinstance(fact, Known)
    assert [update.name for update in fact.value] == ["cadenas"]
    assert isinstance(collect_updates(debian(dirs={LISTS: [name]}))[PENDING_SECURITY], Unknown)


@pytest.mark.parametrize(
    ("files", "dirs"),
    [
        ({}, {LISTS: []}),
        ({}, {LISTS: [MAIN]}),
        ({}, {LISTS: Reason.RIGHTS}),
        ({f"{LISTS}/{SECURITY}": ""}, {}),
        ({f"{LISTS}/{SECURITY}": "Package: cadenas\nVersion: 1.0-1\n\nPackage: ver"}, {}),
        ({f"{LISTS}/{SECURITY}": "<html>wifi</html>\n"}, {}),
        ({f"{LISTS}/{SECURITY}": Reason.RIGHTS}, {}),
        ({"/var/lib/dpkg/status": Reason.RIGHTS}, {}),
    ],
)
def test_lists_that_are_missing_empty_or_cut_say_nothing(
    files: dict[str, str | bytes | Reason], dirs: dict[str, list[str] | Reason]
) -> None:
    assert isinstance(collect_updates(debian(files=files, dirs=dirs))[PENDING_SECURITY], Unknown)


def test_the_browser_of_a_vendor_is_compared_with_its_own_list() -> None:
    probe = debian(
        files={
            "/var/lib/dpkg/status": "Package: google-chrome-stable\nStatus: install ok installed\nVersion: 150.0-1\n",
            f"{LISTS}/{BROWSER}": "Package: google-chrome-stable\nVersion: 151.0-1\n",
        },
        runs={INDEX: TARGET_LINES + f"stable https://dl.google.com/linux /nonexistent/{BROWSER}\n"},
        dirs={LISTS: [MAIN, SECURITY, BROWSER]},
    )
    fact = collect_updates(probe)[PENDING_SECURITY]
    assert isinstance(fact, Known)
    assert [update.name for update in fact.value] == ["google-chrome-stable"]


def test_ubuntu_pro_is_seen_from_its_source() -> None:
    file = "esm.ubuntu.com_infra_ubuntu_dists_focal-infra-security_main_binary-amd64_Packages"
    line = f"focal-infra-security https://esm.ubuntu.com/infra/ubuntu /nonexistent/{file}\n"
    assert collect_updates(debian(runs={INDEX: TARGET_LINES + line}))[EXTENDED_SUPPORT] == Known(
        value=True, source="apt-get indextargets"
    )
    assert collect_updates(debian())[EXTENDED_SUPPORT] == Known(value=False, source="apt-get indextargets")


@pytest.mark.parametrize(
    ("os_release", "known"),
    [
        ("ID=debian\nVERSION_ID=13\n", True),
        ("ID=ubuntu\nVERSION_ID=24.04\n", True),
        ("ID=zorin\nID_LIKE='ubuntu debian'\n", True),
        ("ID=linuxmint\nID_LIKE=debian\n", True),
        ("ID=debian\nVERSION_CODENAME=sid\n", False),
        ("ID=raspbian\nID_LIKE=debian\nVERSION_ID=12\n", False),
        ("", False),
    ],
)
def test_a_missing_security_source_is_a_fault_only_where_the_system_has_one(os_release: str, *, known: bool) -> None:
    lines = f"trixie {SITE}/debian /nonexistent/{MAIN}\n"
    fact = collect_updates(debian(files={"/etc/os-release": os_release}, runs={INDEX: lines}))[SECURITY_SOURCE]
    assert isinstance(fact, Known) is known
