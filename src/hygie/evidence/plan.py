"""The plan: every measure not proven becomes an action; the order can be explained to the doctor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hygie.catalogue.model import Level, Measure, Who
from hygie.evidence.model import Evidence
from hygie.evidence.states import MeasureState, Standing

# How much danger an action takes away, beside the weight of its measure: a fault seen on a machine comes
# before a proof that ended or a doubt, and a doubt before a proof that was never asked for.
CERTAINTY = {
    Standing.FAILED: 6,
    Standing.EXPIRED: 4,
    Standing.UNKNOWN: 4,
    Standing.MISSING: 2,
    Standing.DECLARED: 1,
    Standing.RESERVE: 1,
}
CAUSE = {
    Standing.FAILED: "un défaut a été constaté",
    Standing.EXPIRED: "la preuve n’est plus valable",
    Standing.UNKNOWN: "l’état n’a pas pu être vérifié",
    Standing.MISSING: "rien ne le prouve encore",
    Standing.DECLARED: "c’est déclaré, pas encore prouvé",
    Standing.RESERVE: "c’est en place, avec une réserve",
}
NEAREST = (Who.OWNER, Who.SECRETARY, Who.EVERYONE, Who.PROVIDER)
ESSENTIAL_FACTOR = 2


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do about one measure. ``possible`` is False when only Hygie could go on, and cannot yet."""

    measure: Measure
    standing: Standing
    danger: int
    due_at: datetime | None
    late: bool
    faults: tuple[Evidence, ...]
    possible: bool

    @property
    def reason(self) -> str:
        """Why this place in the plan, in French: it can be checked by hand."""
        essential = " × 2 (indispensable)" if self.measure.level is Level.INDISPENSABLE else ""
        cause = f"{CAUSE[self.standing]}"
        return f"Poids {self.measure.weight}{essential} × {CERTAINTY[self.standing]} ({cause}) = {self.danger}"

    @property
    def cause(self) -> str:
        """Why there is something to do, in a French clause."""
        return CAUSE[self.standing]


def plan(states: Iterable[MeasureState], now: datetime) -> list[Action]:
    """Actions in the order to take them: danger taken away, then minutes, then who is nearest."""
    actions = [_action(state, now) for state in states if state.standing in CERTAINTY]
    return sorted(actions, key=_order)


def _action(state: MeasureState, now: datetime) -> Action:
    factor = ESSENTIAL_FACTOR if state.measure.level is Level.INDISPENSABLE else 1
    return Action(
        measure=state.measure,
        standing=state.standing,
        danger=state.measure.weight * factor * CERTAINTY[state.standing],
        due_at=state.due_at,
        late=state.due_at is not None and now >= state.due_at,
        faults=state.faults,
        possible=not state.waits_for_hygie,
    )


def nearest_first(measure: Measure) -> tuple[int, int, str]:
    """Between two dangers of the same size: the shortest to take away, then the one nearest to the reader."""
    return (measure.minutes, NEAREST.index(measure.who), measure.id)


def _order(action: Action) -> tuple[bool, int, int, int, str]:
    return (
        not action.possible,
        -action.danger,
        *nearest_first(action.measure),
    )
