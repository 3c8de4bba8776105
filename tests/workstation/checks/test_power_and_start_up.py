"""Checks on power, start-up protections and the clock."""

from __future__ import annotations

from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.power import parse_apc, parse_nut, parse_upower
from hygie.workstation.facts.model import Reason
from hygie.workstation.facts.power import PowerSupply
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.disks import GUEST, PHYSICAL
from tests.workstation.machines import finding, machine

OK, TO_FIX, WATCH, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
POWER, BOOT, CHIP, CLOCK = "onduleur-batterie", "demarrage-securise", "puce-securite", "heure-synchronisee"
SUPPLY = "/sys/class/power_supply"


def box(chassis: str = "3", cpu: str = PHYSICAL, **more: Any) -> ReplayProbe:
    """A desktop computer (3), a laptop (10) or a guest machine."""
    files = {"/proc/cpuinfo": cpu, "/sys/class/dmi/id/chassis_type": chassis, **more.pop("files", {})}
    dirs = {"/sys/class": ("net",), "/sys/firmware": ("acpi", "efi"), SUPPLY: (), **more.pop("dirs", {})}
    return machine(files=files, dirs=dirs, **more)


def battery(full: str, design: str, **more: str) -> ReplayProbe:
    """A laptop with one battery."""
    words = {"type": "Battery", "present": "1", "energy_full": full, "energy_full_design": design, **more}
    files = {f"{SUPPLY}/BAT0/{name}": f"{word}\n" for name, word in words.items()}
    return box("10", files={**files, f"{SUPPLY}/AC/type": "Mains\n"}, dirs={SUPPLY: ("AC", "BAT0")})


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (battery("45000000", "50000000"), OK),
        (battery("32000000", "50000000"), WATCH),
        (battery("20000000", "50000000"), TO_FIX),
        (battery("", "", charge_full="3000000", charge_full_design="4000000"), OK),
        (battery("", ""), UNKNOWN),
        (battery("45000000", "0"), UNKNOWN),
        (battery("45000000", "50000000", present="0"), TO_FIX),
        (battery("45000000", "50000000", scope="Device"), TO_FIX),
        (box("10"), TO_FIX),
        (box("10", dirs={SUPPLY: Reason.RIGHTS}), UNKNOWN),
        (machine(), UNKNOWN),
    ],
)
def test_a_laptop_is_judged_on_its_own_battery(probe: ReplayProbe, verdict: Verdict) -> None:
    assert finding(POWER, probe).verdict is verdict


def test_two_batteries_share_the_work_and_one_unread_is_unknown() -> None:
    files = {f"{SUPPLY}/{name}/type": "Battery\n" for name in ("BAT0", "BAT1")}
    for name, full in (("BAT0", "20"), ("BAT1", "45")):
        files |= {f"{SUPPLY}/{name}/energy_full": full, f"{SUPPLY}/{name}/energy_full_design": "50"}
    dirs = {SUPPLY: ("BAT0", "BAT1")}
    assert finding(POWER, box("10", files=files, dirs=dirs)).verdict is OK
    del files[f"{SUPPLY}/BAT0/energy_full"]
    assert finding(POWER, box("10", files=files, dirs=dirs)).verdict is UNKNOWN


@pytest.mark.parametrize(
    ("status", "runtime", "verdict"),
    [
        ("OL", "1200", OK),
        ("OL CHRG", "300", OK),
        ("OL", "299", TO_FIX),
        ("OL RB", "1200", TO_FIX),
        ("OB LB", "1200", TO_FIX),
        ("OFF", "1200", TO_FIX),
        ("OB DISCHRG", "1200", WATCH),
        ("OL", "", WATCH),
        ("", "", UNKNOWN),
    ],
)
def test_a_supply_seen_by_nut_is_judged_on_its_state_and_its_minutes(
    status: str, runtime: str, verdict: Verdict
) -> None:
    said = f"battery.charge: 100\nbattery.runtime: {runtime}\ndevice.mfr: CPS\nups.status: {status}\n"
    assert finding(POWER, box(runs={"upsc -l": "cabinet\n", "upsc cabinet": said})).verdict is verdict


def test_a_declared_supply_that_does_not_answer_is_unknown() -> None:
    silent = CommandOutput(1, b"", b"Error: Data stale")
    assert finding(POWER, box(runs={"upsc -l": "cabinet\n", "upsc cabinet": silent})).verdict is UNKNOWN


def test_no_visible_supply_proves_nothing() -> None:
    assert finding(POWER, box()).verdict is UNKNOWN
    assert "l’héberge" in finding(POWER, box(cpu=GUEST)).sentence


def test_other_supply_programs_are_read() -> None:
    apc = "STATUS   : ONLINE REPLACEBATT\nBCHARGE  : 100.0 Percent\nTIMELEFT :  25.3 Minutes\n"
    assert parse_apc(apc) == PowerSupply("replace", 100, 25)
    upower = (
        "Device: /org/freedesktop/UPower/devices/mouse_0\n  mouse\n    percentage:  9%\n"
        "Device: /org/freedesktop/UPower/devices/ups_hiddev0\n  vendor:  CPS\n  ups\n    state:  {}\n"
        "    warning-level:  none\n    time to empty:  {}\n    percentage:  80%\n"
    )
    assert parse_upower(upower.format("fully-charged", "1.5 hours")) == [PowerSupply("online", 80, 90)]
    assert parse_upower(upower.format("empty", "20,5 minutes")) == [PowerSupply("low", 80, 20)]
    assert parse_upower("garbage") == []
    assert parse_nut("") == PowerSupply("unread", None, None)


SECURE = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
UNCHECKED = "/sys/firmware/efi/efivars/MokSBStateRT-605dab50-e046-4300-abb6-3dd810dd8b23"


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ({SECURE: b"\x06\0\0\0\x01"}, OK),
        ({SECURE: b"\x06\0\0\0\x00"}, TO_FIX),
        ({SECURE: b"\x06\0\0\0\x01", UNCHECKED: b"\x06\0\0\0\x01"}, TO_FIX),
        ({SECURE: b"\x06\0\0\0\x01", UNCHECKED: b"\x06\0\0\0\x00"}, OK),
        ({SECURE: b"\x06\0\0\0\x01", UNCHECKED: Reason.RIGHTS}, UNKNOWN),
        ({SECURE: b""}, UNKNOWN),
        ({SECURE: b"\x01"}, UNKNOWN),
        ({SECURE: Reason.RIGHTS}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_secure_boot_is_the_fifth_byte_and_the_loader_must_check(files: dict[str, Any], verdict: Verdict) -> None:
    assert finding(BOOT, box(files=files)).verdict is verdict


def test_secure_boot_is_not_asked_of_an_old_start_up_nor_of_a_guest() -> None:
    assert finding(BOOT, box(dirs={"/sys/firmware": ("acpi",)})).verdict is OUT
    assert finding(BOOT, box(cpu=GUEST, files={SECURE: b"\x06\0\0\0\x00"})).verdict is OUT
    assert finding(BOOT, machine()).verdict is UNKNOWN


@pytest.mark.parametrize(("version", "verdict"), [("2\n", OK), ("1\n", WATCH), ("", UNKNOWN), (Reason.ABSENT, UNKNOWN)])
def test_the_security_chip_is_read_with_its_version(version: str | Reason, verdict: Verdict) -> None:
    probe = box(dirs={"/sys/class/tpm": ("tpm0",)}, files={"/sys/class/tpm/tpm0/tpm_version_major": version})
    assert finding(CHIP, probe).verdict is verdict


def test_no_visible_chip_is_unknown_on_a_computer_and_not_asked_of_a_guest() -> None:
    assert finding(CHIP, box()).verdict is UNKNOWN
    assert finding(CHIP, box(cpu=GUEST)).verdict is OUT
    assert finding(CHIP, machine()).verdict is UNKNOWN


TIME = "timedatectl show -p NTP -p NTPSynchronized"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("NTP=yes\nNTPSynchronized=yes\n", OK),
        ("NTP=no\nNTPSynchronized=yes\n", OK),
        ("NTP=no\nNTPSynchronized=no\n", TO_FIX),
        ("NTP=yes\nNTPSynchronized=no\n", TO_FIX),
        ("NTP=yes\n", UNKNOWN),
        ("", UNKNOWN),
        ("garbage", UNKNOWN),
        (CommandOutput(1, b"", b"no bus"), UNKNOWN),
        (Reason.ABSENT, UNKNOWN),
    ],
)
def test_the_kernel_says_whether_the_clock_follows_a_reference(answer: Any, verdict: Verdict) -> None:
    assert finding(CLOCK, box(runs={TIME: answer})).verdict is verdict


def test_a_guest_may_take_its_time_from_its_host() -> None:
    assert finding(CLOCK, box(cpu=GUEST, runs={TIME: "NTP=no\nNTPSynchronized=no\n"})).verdict is UNKNOWN
