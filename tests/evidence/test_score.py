"""The score: an example that a doctor can check by hand, and what must never raise it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hygie.catalogue.model import Kind, Level
from hygie.evidence.model import Evidence, Verdict
from hygie.evidence.score import Score, score
from hygie.evidence.states import assess
from tests.evidence.builders import NOW, catalogue, evidence, measure, part

PRACTICE = catalogue(
    measure("disque", (part("volumes"),), weight=5),
    measure("sauvegarde", (part("journal"),), weight=5),
    measure("locaux", (part("locaux", kind=Kind.ATTESTATION, days=365),), weight=2),
    measure("onduleur", (part("batterie"),), (part("essai", kind=Kind.DRILL),), weight=1, level=Level.RECOMMENDED),
    measure("wifi", (part("cle", "nom"),), weight=3, level=Level.RECOMMENDED),
    measure("cps", (part("lecteur"),), weight=4, level=Level.RECOMMENDED),
)


def score_of(*pieces: Evidence, days_later: float = 0) -> Score:
    return score(assess(PRACTICE, pieces, NOW + timedelta(days=days_later)))


def test_an_example_computed_by_hand() -> None:
    # Indispensable (weights 5, 5, 2): disque proven 5; sauvegarde unknown 0; locaux declared.
    #   proven only        I = 5 / 12
    #   with declarations  I = (5 + 2 × 0.5) / 12 = 6 / 12 = 0.5
    # Recommended (weights 1, 3; cps is not applicable and leaves the total): wifi proven 3; onduleur missing 0.
    #   R = 3 / 4 = 0.75
    # Proven score   = 100 × 5/12 × (0.6 + 0.4 × 0.75) = 100 × 0.41667 × 0.9 = 37.5 → 37 (rounded down)
    # Declared score = 100 × 0.5 × 0.9 = 45
    result = score_of(
        evidence("disque", "volumes"),
        evidence("sauvegarde", "journal", Verdict.UNKNOWN),
        evidence("locaux", "locaux", kind=Kind.ATTESTATION),
        evidence("wifi", "cle"),
        evidence("wifi", "nom"),
        evidence("cps", "lecteur", Verdict.NOT_APPLICABLE),
    )
    assert result == Score(
        total=5, proven=2, declared=1, unknown=1, not_applicable=1, proven_score=37, declared_score=45
    )


def test_nothing_known_scores_nothing() -> None:
    assert score_of() == Score(6, 0, 0, 0, 0, 0, 0)


def test_everything_proven_scores_one_hundred() -> None:
    assert (
        score_of(
            evidence("disque", "volumes"),
            evidence("sauvegarde", "journal"),
            evidence("locaux", "locaux", Verdict.NOT_APPLICABLE, kind=Kind.ATTESTATION),
            evidence("onduleur", "batterie"),
            evidence("wifi", "cle"),
            evidence("wifi", "nom"),
            evidence("cps", "lecteur"),
        ).proven_score
        == 100
    )


SOURCES = [
    ("disque", "volumes", Kind.PROBE),
    ("sauvegarde", "journal", Kind.PROBE),
    ("locaux", "locaux", Kind.ATTESTATION),
    ("onduleur", "batterie", Kind.PROBE),
    ("onduleur", "essai", Kind.DRILL),
    ("wifi", "cle", Kind.PROBE),
    ("wifi", "nom", Kind.PROBE),
    ("cps", "lecteur", Kind.PROBE),
]
pieces = st.builds(
    lambda source, verdict, subject, days_ago, lives: evidence(
        source[0], source[1], verdict, kind=source[2], subject=subject, days_ago=days_ago, lives=lives
    ),
    st.sampled_from(SOURCES),
    st.sampled_from(Verdict),
    st.sampled_from(["poste-1", "poste-2"]),
    st.floats(0, 60),
    st.integers(1, 60),
)
cabinets = st.lists(pieces, max_size=14)


def both(result: Score) -> tuple[int, int]:
    return (result.proven_score, result.declared_score)


def never_higher(after: Score, before: Score) -> bool:
    return all(a <= b for a, b in zip(both(after), both(before), strict=True))


@given(cabinets, pieces)
def test_learning_that_one_does_not_know_never_raises_the_score(known: list[Evidence], piece: Evidence) -> None:
    doubt = replace(piece, verdict=Verdict.UNKNOWN)
    assert never_higher(score_of(*known, doubt), score_of(*known))


@given(cabinets, st.integers(0, 13))
def test_losing_a_proof_never_raises_the_score(known: list[Evidence], at: int) -> None:
    # A fault, a doubt or an ended proof may be lost too, but none is a proof: their loss is the journal's business.
    held = {e.key: e for e in sorted(known, key=lambda e: e.observed_at)}
    kept = list(held.values())
    proof = at < len(kept) and kept[at].verdict not in (Verdict.TO_FIX, Verdict.UNKNOWN) and kept[at].current_at(NOW)
    if proof:
        assert never_higher(score_of(*kept[:at], *kept[at + 1 :]), score_of(*kept))


@given(cabinets, st.floats(0, 800))
def test_time_alone_never_raises_the_score(known: list[Evidence], days: float) -> None:
    assert never_higher(score_of(*known, days_later=days), score_of(*known))


@given(cabinets)
def test_after_all_proofs_have_ended_nothing_is_left(known: list[Evidence]) -> None:
    assert both(score_of(*known, days_later=61)) == (0, 0)


@given(cabinets)
def test_declared_is_never_below_proven_and_both_stay_within_bounds(known: list[Evidence]) -> None:
    result = score_of(*known)
    assert 0 <= result.proven_score <= result.declared_score <= 100


@given(cabinets, st.randoms())
def test_the_order_of_evidence_does_not_matter(known: list[Evidence], random: object) -> None:
    shuffled = sorted(known, key=lambda e: (e.subject, e.source, e.verdict))
    assert score_of(*shuffled) == score_of(*known)
