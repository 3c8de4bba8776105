"""Checks on disks: room left, and signs of wear."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.disks import DF, parse_df, parse_mdstat, parse_smart
from hygie.workstation.facts.model import Reason
from hygie.workstation.facts.storage import DiskHealth, Space
from hygie.workstation.probe import CommandOutput
from tests.workstation.disks import GUEST
from tests.workstation.machines import finding, machine

OK, TO_FIX, WATCH, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ROOM, HEALTH = "disque-espace", "disque-sante"
HEAD = "Filesystem     1024-blocks      Used Available Capacity Mounted on\n"
GB = 976_563  # 1024-byte blocks in a gigabyte


def row(path: str, size: int, free: int) -> str:
    """One line of df, in gigabytes."""
    return f"/dev/sda1 {size * GB} {(size - free) * GB} {free * GB} 1% {path}\n"


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (HEAD + row("/", 500, 200), OK),
        (HEAD + row("/", 4000, 100), OK),
        (HEAD + row("/", 250, 20), WATCH),
        (HEAD + row("/", 250, 5), TO_FIX),
        (HEAD + row("/", 500, 200) + row("/srv/mes données", 250, 5), TO_FIX),
        (HEAD + row("/", 500, 200) + row("/media/medecin/IRM", 5, 0).replace("sda1", "sr0"), OK),
        (HEAD + row("/home", 500, 200), UNKNOWN),
        (HEAD, UNKNOWN),
        ("", UNKNOWN),
        ("garbage\ngarbage\n", UNKNOWN),
        (CommandOutput(1, (HEAD + row("/", 500, 200)).encode(), b"df: x: Permission denied"), OK),
        (Reason.TIMEOUT, UNKNOWN),
    ],
)
def test_room_left_is_judged_by_share_and_by_amount(table: Any, verdict: Verdict) -> None:
    assert finding(ROOM, machine(runs={" ".join(DF): table})).verdict is verdict


def test_df_lines_are_read_and_pseudo_file_systems_are_left_out() -> None:
    text = HEAD + "overlay 10 5 5 50% /x\n/dev/loop1 0 0 0 - /y\n/dev/sda1 10 5 5 50% /mes données\n"
    assert parse_df(text) == (Space("/mes données", 10_240, 5_120),)


def smart(*, passed: Any = True, status: int = 0, **more: Any) -> str:
    """What smartctl prints."""
    return json.dumps({"smartctl": {"exit_status": status}, "smart_status": {"passed": passed}, **more})


def sectors(number: int) -> dict[str, Any]:
    return {"ata_smart_attributes": {"table": [{"id": 9, "raw": {"value": 8000}}, {"id": 5, "raw": {"value": number}}]}}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (smart(), "good"),
        (smart(**sectors(0)), "good"),
        (smart(**sectors(12)), "worn"),
        (smart(nvme_smart_health_information_log={"critical_warning": 0, "percentage_used": 12}), "good"),
        (smart(nvme_smart_health_information_log={"critical_warning": 4}), "worn"),
        (smart(nvme_smart_health_information_log={"percentage_used": 97}), "worn"),
        (smart(passed=False), "failing"),
        (smart(status=8), "failing"),
        (smart(status=2), "unread"),
        (smart(passed=None), "unread"),
        ("{}", "unread"),
        ("[]", "unread"),
        ("", "unread"),
        ('{"smart_status": {"passed": true}}', "unread"),
    ],
)
def test_smart_answers_are_read(text: str, state: str) -> None:
    assert parse_smart(text) == state


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (smart(), OK),
        (CommandOutput(8, smart(passed=False, status=8).encode(), b""), TO_FIX),
        (smart(**sectors(3)), WATCH),
        ("", UNKNOWN),
        (Reason.TIMEOUT, UNKNOWN),
        (Reason.ABSENT, UNKNOWN),
    ],
)
def test_a_dying_disk_is_to_fix_and_a_silent_one_is_unknown(answer: Any, verdict: Verdict) -> None:
    runs = {"smartctl -j -H -A /dev/sda": answer}
    dirs = {"/sys/block": ("sda", "sdb", "loop0")}
    files = {"/sys/block/sdb/removable": "1\n"}
    assert finding(HEALTH, machine(runs=runs, dirs=dirs, files=files)).verdict is verdict


def test_without_rights_the_disks_do_not_answer() -> None:
    runs = {"smartctl -j -H -A /dev/sda": smart()}
    found = finding(HEALTH, machine(runs=runs, dirs={"/sys/block": ("sda",)}, elevated=False))
    assert (found.verdict, "administrateur" in found.sentence) == (UNKNOWN, True)


def test_a_mirror_that_lost_a_disk_is_to_fix_even_without_rights() -> None:
    mdstat = (
        "md0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/{}] [{}]\n\nunused devices: <none>\n"
    )
    assert parse_mdstat(mdstat.format(2, "UU")) == (DiskHealth("md0", "good"),)
    files = {"/proc/mdstat": mdstat.format(1, "U_")}
    dirs = {"/sys/block": ("sda", "sdb")}
    assert finding(HEALTH, machine(files=files, dirs=dirs, elevated=False)).verdict is TO_FIX


def test_a_mirror_that_did_not_start_is_not_in_good_health() -> None:
    mdstat = "md0 : inactive sdb1[1](S)\n      976630464 blocks super {}\n\nunused devices: <none>\n"
    assert parse_mdstat(mdstat.format("1.2")) == (DiskHealth("md0", "unread"),)
    assert parse_mdstat(mdstat.format("external:imsm")) == ()


def test_virtual_disks_have_no_health_of_their_own() -> None:
    guest = {"/proc/cpuinfo": GUEST}
    assert finding(HEALTH, machine(dirs={"/sys/block": ("vda", "zram0")}, files=guest)).verdict is OUT
    assert finding(HEALTH, machine(dirs={"/sys/block": ("sda",)}, files=guest)).verdict is OUT
    assert finding(HEALTH, machine(dirs={"/sys/block": ("loop0",)})).verdict is UNKNOWN
    assert finding(HEALTH, machine()).verdict is UNKNOWN
