"""Installed software is listed once, and half a list is no list."""

from __future__ import annotations

from hygie.workstation.facts.linux.packages import DPKG_STATUS, collect_packages, parse_dpkg_status, parse_rpm
from hygie.workstation.facts.model import Known, Reason, Unknown
from hygie.workstation.facts.packages import PACKAGES, Package
from tests.workstation.machines import machine

STATUS = """Package: cadenas
Status: install ok installed
Architecture: amd64
Version: 1:2.0-1
Description: closes things
 Version: 9.9 is not a field here

Package: parti
Status: deinstall ok config-files
Version: 1.0

Package: fige
Status: hold ok installed
Version: 3.1

Package: demi
Status: install ok half-configured
Version: 0.1
"""
RPM = r"rpm -qa --qf '%{NAME}\t%{VERSION}-%{RELEASE}\n'"


def test_only_installed_packages_are_listed_and_holds_are_seen() -> None:
    assert parse_dpkg_status(STATUS) == [
        Package("cadenas", "1:2.0-1", "deb"),
        Package("fige", "3.1", "deb", held=True),
    ]


def test_a_status_file_cut_short_is_not_a_list() -> None:
    assert parse_dpkg_status(STATUS[:100]) == []
    fact = collect_packages(machine(files={DPKG_STATUS: STATUS[:100]}))[PACKAGES]
    assert isinstance(fact, Unknown)
    assert fact.reason is Reason.UNPARSABLE


def test_rpm_lists_are_read_and_signing_keys_are_no_software() -> None:
    assert parse_rpm("bash\t5.2-1.fc43\ngpg-pubkey\tabc-1\ngarbage\n") == [Package("bash", "5.2-1.fc43", "rpm")]
    fact = collect_packages(machine(runs={RPM: "bash\t5.2-1.fc43\n"}))[PACKAGES]
    assert isinstance(fact, Known)


def test_an_empty_dpkg_beside_rpm_does_not_hide_rpm() -> None:
    fact = collect_packages(machine(files={DPKG_STATUS: ""}, runs={RPM: "bash\t5.2-1.fc43\n"}))[PACKAGES]
    assert isinstance(fact, Known)
    assert fact.value[0].source == "rpm"


def test_flatpaks_and_snaps_are_listed_with_what_is_known_of_them() -> None:
    probe = machine(
        files={DPKG_STATUS: STATUS, "/snap/firefox/current/meta/snap.yaml": "name: firefox\nversion: 154.0-1\n"},
        dirs={
            "/var/lib/flatpak/app": ["org.exemple.Outil"],
            "/home/medecin/.local/share/flatpak/app": ["org.exemple.Autre"],
            "/snap": ["README", "bin", "firefox"],
        },
    )
    fact = collect_packages(probe)[PACKAGES]
    assert isinstance(fact, Known)
    assert fact.value[2:] == (
        Package("org.exemple.Autre", "", "flatpak"),
        Package("org.exemple.Outil", "", "flatpak"),
        Package("firefox", "154.0-1", "snap"),
    )


def test_a_list_that_may_not_be_read_makes_the_whole_unknown() -> None:
    for denied in ("/var/lib/flatpak/app", "/snap"):
        fact = collect_packages(machine(files={DPKG_STATUS: STATUS}, dirs={denied: Reason.RIGHTS}))[PACKAGES]
        assert isinstance(fact, Unknown), denied
    assert isinstance(collect_packages(machine(files={DPKG_STATUS: Reason.RIGHTS}))[PACKAGES], Unknown)
    assert isinstance(collect_packages(machine())[PACKAGES], Unknown)
