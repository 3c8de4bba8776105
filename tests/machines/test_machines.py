"""Each recorded machine, judged again: every verdict is the one its table gives, and none is left out."""

from __future__ import annotations

import pytest

from hygie.workstation.checks.loader import checks
from hygie.workstation.probes.anonymise import anonymise
from hygie.workstation.probes.files import MACHINE
from tests.machines.cases import DOUBT, HERE, Case, cases, findings_of, gaps, recording_of

every_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
# What a healthy machine cannot prove by itself, and why.
HONEST_DOUBTS = {
    "debian-serveur-sain": {"sauvegarde-recente": "restic leaves no trace of success that can be read afterwards"},
}
healthy = [case for case in cases() if case.healthy]
traps = [case for case in cases() if case.like]


@every_case
def test_a_machine_gets_the_verdicts_of_its_table(case: Case) -> None:
    found = gaps(case.id)
    assert not found, "\n".join([f"{case.title} ({case.folder})", *(f"  {gap}" for gap in found)])


@every_case
def test_an_anonymised_recording_is_judged_as_the_machine_itself(case: Case) -> None:
    recording = recording_of(case.id)
    before, after = ({f.check: f.verdict for f in findings_of(r)} for r in (recording, anonymise(recording)))
    assert after == before


@every_case
def test_a_table_gives_a_verdict_for_every_check(case: Case) -> None:
    assert sorted(case.expected) == sorted(checks())


@pytest.mark.parametrize("case", traps, ids=lambda case: case.id)
def test_a_trap_only_lists_what_sets_it_apart(case: Case) -> None:
    base = next(other for other in cases() if other.id == case.like)
    repeated = [check for check, verdict in case.differing.items() if base.expected[check] is verdict]
    assert repeated == [], f"already said by {base.id}"


@pytest.mark.parametrize("case", healthy, ids=lambda case: case.id)
def test_nothing_is_to_fix_or_unknown_on_a_healthy_machine(case: Case) -> None:
    faults = {check for check, verdict in case.expected.items() if verdict in DOUBT}
    assert faults == set(HONEST_DOUBTS.get(case.id, {}))


def test_no_machine_is_praised_for_what_is_wrong_or_not_known() -> None:
    assert [gap for case in cases() for gap in gaps(case.id) if gap.false_green] == []


def test_no_machine_is_blamed_without_cause() -> None:
    assert [gap for case in cases() for gap in gaps(case.id) if gap.false_red] == []


def test_each_recording_has_a_table() -> None:
    recorded = {path.parent.name for path in HERE.glob(f"*/*/{MACHINE}")}
    assert recorded == {case.id for case in cases()}


def test_the_title_of_a_machine_is_only_in_its_table() -> None:
    assert [case.id for case in cases() if recording_of(case.id).title] == []


def test_no_two_machines_have_the_same_title() -> None:
    titles = [case.title for case in cases()]
    assert sorted(set(titles)) == sorted(titles)


def test_every_check_is_found_at_fault_or_in_doubt_by_some_machine() -> None:
    doubted = {check for case in cases() for check, verdict in case.expected.items() if verdict in DOUBT}
    assert sorted(set(checks()) - doubted) == []
