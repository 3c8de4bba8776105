"""Checks on antivirus software: running, and with a recent list."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.antivirus import Guard
from hygie.workstation.facts.linux.antivirus import parse_clam_header, parse_defender
from hygie.workstation.facts.model import Reason
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, folder, machine

OK, TO_FIX, WATCH, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
UNITS = (
    "clamav-daemon.service",
    "clamd@scan.service",
    "clamd.service",
    "clamav-clamonacc.service",
    "clamonacc.service",
)
SHOW = "systemctl show --property=Id,LoadState,ActiveState"
FRESH = "ClamAV-VDB:21 Nov 2026 08-30 +0000:28190:2075000:90:unused:unused:maker:1795249800".ljust(512)


def blocks(*states: str) -> str:
    """One block a unit, as systemctl prints them; "absent" for a unit that is not installed."""
    return "\n".join(f"Id=u{n}\n{block(state)}" for n, state in enumerate(states))


def block(state: str) -> str:
    load, active = ("not-found", "inactive") if state == "absent" else ("loaded", state)
    return f"LoadState={load}\nActiveState={active}\n"


def clam(
    daemon: str = "active", watcher: str = "active", header: str = FRESH, answer: str | None = None, **more: Any
) -> ReplayProbe:
    states = blocks(daemon, "absent", "absent", watcher, "absent") if answer is None else answer
    return machine(
        stats={"/usr/sbin/clamd": folder()} | more.get("stats", {}),
        runs={f"{SHOW} {' '.join(UNITS)}": states, "head -c 512 /var/lib/clamav/daily.cvd": header}
        | more.get("runs", {}),
    )


def other(answer: str) -> ReplayProbe:
    return machine(stats={"/opt/sophos-spl": folder()}, runs={f"{SHOW} sophos-spl.service": answer})


def defender(health: Any) -> ReplayProbe:
    return machine(stats={"/opt/microsoft/mdatp": folder()}, runs={"mdatp health --output json": json.dumps(health)})


HEALTHY = {
    "realTimeProtectionEnabled": {"value": True},
    "passiveModeEnabled": {"value": False},
    "definitionsUpdated": "1795249800000",
}


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (machine(), OUT),
        (machine(stats={"/usr/bin/clamscan": folder()}), OUT),
        (machine(stats={"/opt/traps": Reason.RIGHTS}), UNKNOWN),
        (clam(), OK),
        (clam(watcher="absent"), WATCH),
        (clam(watcher="failed"), WATCH),
        (clam(daemon="inactive"), TO_FIX),
        (clam(daemon="failed"), TO_FIX),
        (clam(answer=Reason.ABSENT), UNKNOWN),
        (clam(answer=""), UNKNOWN),
        (clam(answer="Id=clamav-daemon.service\nLoadState=loaded\nActiveState=active\n"), UNKNOWN),
        (other(blocks("active")), OK),
        (other(blocks("inactive")), TO_FIX),
        (other(blocks("absent")), UNKNOWN),
        (other(Reason.TIMEOUT), UNKNOWN),
        (defender(HEALTHY), OK),
        (defender(HEALTHY | {"passiveModeEnabled": {"value": True}}), TO_FIX),
        (defender(HEALTHY | {"realTimeProtectionEnabled": False}), TO_FIX),
        (defender({}), UNKNOWN),
        (defender([]), UNKNOWN),
    ],
)
def test_an_antivirus_that_is_installed_must_run(probe: ReplayProbe, verdict: Verdict) -> None:
    assert finding("antivirus-actif", probe).verdict is verdict


def aged(date: str) -> str:
    return FRESH.replace("21 Nov 2026 08-30 +0000", date)


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (machine(), OUT),
        (machine(stats={"/usr/bin/clamscan": folder()}, runs={"head -c 512 /var/lib/clamav/daily.cvd": FRESH}), OUT),
        (clam(), OK),
        (clam(header=aged("15 Nov 2026 10-00 +0000")), OK),
        (clam(header=aged("14 Nov 2026 08-00 +0000")), TO_FIX),
        (clam(header=aged("14 Nov 2026 11-30 +0200")), OK),  # 09:30 UTC: a little under eight days
        (clam(header=aged("25 Dec 2027 10-00 +0000")), UNKNOWN),
        (clam(header=Reason.RIGHTS), UNKNOWN),
        (clam(header=""), UNKNOWN),
        (clam(header="ClamAV-VDB:"), UNKNOWN),
        (clam(header="<html>"), UNKNOWN),
        (clam(daemon="inactive", header=aged("1 Jan 2025 10-00 +0000")), TO_FIX),
        (clam(header=aged("1 Jan 2025 10-00 +0000"), runs={"head -c 512 /var/lib/clamav/daily.cld": FRESH}), OK),
        (other(blocks("active")), UNKNOWN),
        (clam(header=aged("1 Jan 2025 10-00 +0000"), stats={"/opt/sophos-spl": folder()}), TO_FIX),
        (clam(stats={"/opt/sophos-spl": folder()}), UNKNOWN),
        (defender(HEALTHY), OK),
        (defender(HEALTHY | {"definitionsUpdated": "1700000000000"}), TO_FIX),
        (defender(HEALTHY | {"definitionsUpdated": ""}), UNKNOWN),
    ],
)
def test_the_list_of_an_antivirus_must_be_recent(probe: ReplayProbe, verdict: Verdict) -> None:
    found = finding("antivirus-a-jour", probe)
    assert found.verdict is verdict
    assert found.sentence


def test_the_date_of_a_list_is_the_one_written_in_it() -> None:
    assert parse_clam_header(b"ClamAV-VDB:07 Sep 2026 23-25 -0400:1:2:") == datetime(2026, 9, 8, 3, 25, tzinfo=UTC)
    for damaged in (
        b"",
        b"ClamAV-VDB",
        b"ClamAV-VDB:07 Foo 2026 23-25 -0400:1:",
        b"ClamAV-VDB:07 Sep 2026:1:",
        b"\xff\xfe",
    ):
        assert parse_clam_header(damaged) is None


def test_a_defender_that_answers_nonsense_is_not_said_to_watch() -> None:
    assert parse_defender({"realTimeProtectionEnabled": "oui", "definitionsUpdated": None}).guard is Guard.UNTOLD
