"""The state of a measure: only dated, current proof of the right kind makes it green."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hygie.catalogue.model import Kind, Level, Measure, Scope
from hygie.evidence.model import Evidence, Verdict
from hygie.evidence.states import MeasureState, Standing, State, assess
from tests.evidence.builders import NOW, catalogue, evidence, measure, part


def state_of(subject: Measure, *pieces: Evidence) -> MeasureState:
    return assess(catalogue(subject), pieces, NOW)[0]


DISK = measure("disque", (part("volumes", "echange"),), also=("puce",))
WIFI = measure("wifi", (part("securite", scope=Scope.PRACTICE),))
LOCK = measure("absence", (part("quiz", kind=Kind.DRILL, days=365),))
PREMISES = measure("locaux", (part("locaux", kind=Kind.ATTESTATION, days=365),))
UPS = measure("onduleur", (part("batterie"),), (part("essai", kind=Kind.DRILL, days=365),))


def test_a_measure_is_proven_when_every_source_of_one_way_is_ok() -> None:
    assert state_of(DISK, evidence("disque", "volumes"), evidence("disque", "echange")).state is State.PROVEN


def test_one_missing_source_is_enough_to_prove_nothing() -> None:
    state = state_of(DISK, evidence("disque", "volumes"))
    assert (state.state, state.standing) == (State.TO_DO, Standing.MISSING)


def test_what_was_never_proven_is_to_do_and_never_late() -> None:
    state = state_of(DISK)
    assert (state.state, state.due_at) == (State.TO_DO, None)
    assert assess(catalogue(DISK), [], NOW + timedelta(days=400))[0].state is State.TO_DO


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.TO_FIX])
def test_the_worst_computer_decides(verdict: Verdict) -> None:
    good = [evidence("disque", s, subject=p) for s in ("volumes", "echange") for p in ("poste-1", "poste-2")]
    state = state_of(DISK, *good, evidence("disque", "volumes", verdict, subject="poste-3"))
    assert state.state is (State.UNKNOWN if verdict is Verdict.UNKNOWN else State.TO_DO)


def test_expired_proof_falls_back_by_itself() -> None:
    old = [evidence("disque", s, days_ago=31) for s in ("volumes", "echange")]
    state = state_of(DISK, *old)
    assert (state.state, state.standing) == (State.OVERDUE, Standing.EXPIRED)


def test_proof_expires_at_the_very_moment_it_says() -> None:
    pieces = [evidence("disque", s) for s in ("volumes", "echange")]
    end = pieces[0].expires_at
    assert assess(catalogue(DISK), pieces, end - timedelta(seconds=1))[0].state is State.PROVEN
    assert assess(catalogue(DISK), pieces, end)[0].state is State.OVERDUE


def test_proof_dated_in_the_future_proves_nothing() -> None:
    pieces = [evidence("disque", s, days_ago=-2) for s in ("volumes", "echange")]
    assert state_of(DISK, *pieces).state is State.UNKNOWN


def test_a_newer_unknown_replaces_an_older_ok() -> None:
    pieces = [evidence("disque", s, days_ago=1) for s in ("volumes", "echange")]
    assert state_of(DISK, *pieces, evidence("disque", "volumes", Verdict.UNKNOWN)).state is State.UNKNOWN


def test_two_verdicts_of_the_same_moment_keep_the_worse_whatever_their_order() -> None:
    pieces = [evidence("disque", s) for s in ("volumes", "echange")]
    fault = evidence("disque", "volumes", Verdict.TO_FIX)
    assert state_of(DISK, *pieces, fault).standing is Standing.FAILED
    assert state_of(DISK, fault, *pieces).standing is Standing.FAILED


def test_a_fault_stays_after_its_end_until_something_newer() -> None:
    fault = evidence("disque", "volumes", Verdict.TO_FIX, days_ago=90)
    assert state_of(DISK, fault, evidence("disque", "echange")).standing is Standing.FAILED


def test_a_fault_is_overdue_a_week_after_it_was_first_seen() -> None:
    fresh = evidence("disque", "volumes", Verdict.TO_FIX, since_days_ago=6)
    old = evidence("disque", "volumes", Verdict.TO_FIX, since_days_ago=7)
    assert state_of(DISK, fresh).state is State.TO_DO
    assert state_of(DISK, old).state is State.OVERDUE


def test_a_recommended_fault_leaves_a_month() -> None:
    extra = measure("disque", (part("volumes"),), level=Level.RECOMMENDED)
    assert state_of(extra, evidence("disque", "volumes", Verdict.TO_FIX, since_days_ago=20)).state is State.TO_DO


def test_watch_is_in_place_with_a_reserve() -> None:
    state = state_of(DISK, evidence("disque", "volumes"), evidence("disque", "echange", Verdict.WATCH))
    assert state.state is State.PROVEN
    assert state.reserve


def test_a_fault_of_an_informing_check_is_a_reserve_and_never_decides() -> None:
    pieces = [evidence("disque", s) for s in ("volumes", "echange")]
    state = state_of(DISK, *pieces, evidence("disque", "puce", Verdict.TO_FIX))
    assert state.state is State.PROVEN
    assert state.reserve
    assert state_of(DISK, evidence("disque", "puce")).state is State.TO_DO


def test_a_computer_that_is_not_concerned_is_left_out() -> None:
    pieces = [evidence("disque", s) for s in ("volumes", "echange")]
    state = state_of(DISK, *pieces, evidence("disque", "echange", Verdict.NOT_APPLICABLE, subject="poste-2"))
    assert state.state is State.PROVEN


def test_a_measure_no_computer_is_concerned_by_is_not_applicable() -> None:
    pieces = [evidence("disque", s, Verdict.NOT_APPLICABLE) for s in ("volumes", "echange")]
    assert state_of(DISK, *pieces).state is State.NOT_APPLICABLE


def test_a_practice_wide_proof_is_not_removed_by_a_computer_without_wifi() -> None:
    nothing = evidence("wifi", "securite", Verdict.NOT_APPLICABLE)
    assert state_of(WIFI, nothing).state is State.TO_DO
    assert state_of(WIFI, nothing, evidence("wifi", "securite", subject="poste-2")).state is State.PROVEN


def test_an_attestation_is_declared_never_proven() -> None:
    assert state_of(PREMISES, evidence("locaux", "locaux", kind=Kind.ATTESTATION)).state is State.DECLARED


def test_je_ne_sais_pas_is_unknown() -> None:
    asked = evidence("locaux", "locaux", Verdict.UNKNOWN, kind=Kind.ATTESTATION)
    assert state_of(PREMISES, asked).state is State.UNKNOWN


def test_evidence_of_another_kind_proves_nothing() -> None:
    said = evidence("absence", "quiz", kind=Kind.ATTESTATION)
    assert state_of(LOCK, said).standing is Standing.MISSING


def test_one_way_is_enough_and_a_fault_of_the_other_way_is_a_reserve() -> None:
    test = evidence("onduleur", "essai", kind=Kind.DRILL, lives=365)
    assert state_of(UPS, test).state is State.PROVEN
    doubted = state_of(UPS, test, evidence("onduleur", "batterie", Verdict.TO_FIX))
    assert doubted.state is State.PROVEN
    assert doubted.reserve


def test_a_fault_is_said_even_when_another_way_was_never_tried() -> None:
    assert state_of(UPS, evidence("onduleur", "batterie", Verdict.TO_FIX)).standing is Standing.FAILED


@pytest.mark.parametrize("verdict", [Verdict.TO_FIX, Verdict.UNKNOWN])
def test_a_declaration_never_covers_what_a_machine_shows(verdict: Verdict) -> None:
    either = measure("or", (part("sonde"),), (part("parole", kind=Kind.ATTESTATION, days=365),))
    said = evidence("or", "parole", kind=Kind.ATTESTATION)
    assert state_of(either, said).state is State.DECLARED
    assert state_of(either, said, evidence("or", "sonde", verdict)).state is not State.DECLARED
