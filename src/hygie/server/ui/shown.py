"""The states of measures as the pages say them: what was never looked at is not accused."""

from __future__ import annotations

from enum import StrEnum

from hygie.evidence.states import MeasureState, Standing, State


class Shown(StrEnum):
    """The judge's states, with what was seen missing and what nothing proves yet told apart."""

    PROVEN = "proven"
    DECLARED = "declared"
    TO_DO = "to_do"
    NOT_YET = "not_yet"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @classmethod
    def of(cls, state: MeasureState) -> Shown:
        """How the pages show the state of a measure."""
        never_proven = state.standing is Standing.MISSING and state.state is State.TO_DO
        return cls.NOT_YET if never_proven else cls(state.state)

    @property
    def label(self) -> str:
        """French words, for screens."""
        return "Pas encore prouvée" if self is Shown.NOT_YET else State(self).label
