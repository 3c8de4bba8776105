"""The score: what is proven and what is declared, side by side, indispensable measures first.

``score = 100 × I × (0.6 + 0.4 × R)`` where I and R are the weighted shares of the indispensable and of
the recommended measures that are in place. The product says what a doctor expects: perfect extras never
make up for a missing essential (with half of the essentials and all the extras, the score is 50). The
shape is that of the public "indice cyber" of MonServiceSécurisé; what is ours is that only proof counts
whole, a declaration counts half, and that unknown, missing and expired count nothing *and stay in the
total*, so that "je ne sais pas" can never raise a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hygie.catalogue.model import Level
from hygie.evidence.states import MeasureState, State

FLOOR = 0.6  # share of the score that essentials alone can reach
DECLARED_WORTH = 0.5  # mission: an attestation has half weight

PROVEN_ONLY = {State.PROVEN: 1.0}
WITH_DECLARED = {State.PROVEN: 1.0, State.DECLARED: DECLARED_WORTH}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts and scores of a set of measures. ``total`` leaves out what is not applicable."""

    total: int
    proven: int
    declared: int
    unknown: int
    not_applicable: int
    proven_score: int
    declared_score: int


def score(states: Iterable[MeasureState]) -> Score:
    """Counts, and the two scores from 0 to 100, rounded down (a score never flatters)."""
    states = list(states)
    applicable = [s for s in states if s.state is not State.NOT_APPLICABLE]
    return Score(
        total=len(applicable),
        proven=_count(applicable, State.PROVEN),
        declared=_count(applicable, State.DECLARED),
        unknown=_count(applicable, State.UNKNOWN),
        not_applicable=len(states) - len(applicable),
        proven_score=_index(applicable, PROVEN_ONLY),
        declared_score=_index(applicable, WITH_DECLARED),
    )


def _count(states: list[MeasureState], wanted: State) -> int:
    return sum(state.state is wanted for state in states)


def _index(states: list[MeasureState], worth: Mapping[State, float]) -> int:
    essential = _share([s for s in states if s.measure.level is Level.INDISPENSABLE], worth, empty=0.0)
    extra = _share([s for s in states if s.measure.level is Level.RECOMMENDED], worth, empty=1.0)
    # Rounded at the ninth decimal first, so that binary fractions never lose a whole point.
    return int(round(100 * essential * (FLOOR + (1 - FLOOR) * extra), 9))


def _share(states: list[MeasureState], worth: Mapping[State, float], *, empty: float) -> float:
    whole = sum(s.measure.weight for s in states)
    return sum(s.measure.weight * worth.get(s.state, 0.0) for s in states) / whole if whole else empty
