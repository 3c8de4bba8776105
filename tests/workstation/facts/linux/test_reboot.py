"""A restart is owed by a note, a newer kernel, or new core parts; else it is only said when it was looked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hygie.workstation.facts.linux.reboot import collect_reboot, newer_kernel
from hygie.workstation.facts.model import Known, Unknown
from hygie.workstation.facts.system import REBOOT_PENDING
from tests.workstation.machines import NOW, machine, regular

RUNNING = {"/proc/sys/kernel/osrelease": "6.1.0-37-amd64\n", "/proc/uptime": "90000.0 1.0\n"}
INFO = "/var/lib/dpkg/info"


@pytest.mark.parametrize(
    ("running", "installed", "owed"),
    [
        ("6.1.0-37-amd64", ["6.1.0-37-amd64", "6.1.0-40-amd64"], True),
        ("6.1.0-9-amd64", ["6.1.0-10-amd64"], True),
        ("6.1.0-40-amd64", ["6.1.0-37-amd64", "6.1.0-40-amd64"], False),
        ("6.1.0-37-cloud-amd64", ["6.1.0-37-cloud-amd64", "6.1.0-40-amd64"], False),
        ("6.8.0-45-generic", ["6.8.0-45-generic", "6.8.0-48-lowlatency"], False),
        ("6.17.1-300.fc42.x86_64", ["6.17.1-300.fc42.x86_64", "6.17.5-200.fc43.x86_64"], True),
        ("6.12.41+deb13-amd64", ["6.12.41+deb13-amd64", "6.12.48+deb13-amd64"], True),
        ("6.12.48+deb13-amd64", ["6.12.48+deb13-amd64", "6.12.9+bpo-amd64"], False),
        ("maison", ["6.1.0-37-amd64"], False),
        ("6.1.0-37-amd64", ["extramodules"], False),
    ],
)
def test_only_a_newer_kernel_of_the_same_flavour_asks_for_a_restart(
    running: str, installed: list[str], *, owed: bool
) -> None:
    assert newer_kernel(running, installed) is owed


def test_the_note_of_the_system_is_enough() -> None:
    assert collect_reboot(machine(stats={"/run/reboot-required": regular()}))[REBOOT_PENDING] == Known(
        value=True, source="/run/reboot-required"
    )


def test_the_absence_of_a_note_alone_proves_nothing() -> None:
    assert isinstance(collect_reboot(machine())[REBOOT_PENDING], Unknown)
    assert isinstance(collect_reboot(machine(files=RUNNING))[REBOOT_PENDING], Unknown)


def test_a_kernel_that_is_not_installed_here_proves_nothing() -> None:
    probe = machine(files=RUNNING, dirs={"/usr/lib/modules": ["5.10.0-1-amd64"]})
    assert isinstance(collect_reboot(probe)[REBOOT_PENDING], Unknown)


@pytest.mark.parametrize(("hours", "owed"), [(1, True), (48, False)])
def test_core_parts_installed_since_the_start_ask_for_a_restart(hours: int, *, owed: bool) -> None:
    probe = machine(
        files=RUNNING,
        dirs={INFO: ["libc6:amd64.list", "bash.list"]},
        stats={
            f"{INFO}/libc6:amd64.list": regular(modified_at=NOW - timedelta(hours=hours)),
            f"{INFO}/bash.list": regular(modified_at=NOW),
        },
    )
    assert collect_reboot(probe)[REBOOT_PENDING] == Known(owed, INFO)


def test_the_newest_kernel_running_is_in_order() -> None:
    fact = collect_reboot(machine(files=RUNNING, dirs={"/usr/lib/modules": ["6.1.0-37-amd64"]}))[REBOOT_PENDING]
    assert isinstance(fact, Known)
    assert fact.value is False
