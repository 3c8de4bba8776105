"""The state of each measure: a pure function of the catalogue, the evidence and the moment.

The rule, in one paragraph: a measure may be proven in several *ways*; each way asks for *parts*; each
part for evidence from all its *sources*. A part is as good as its worst source on its worst computer,
a way as its worst part, a measure as its best way; when no way is good, the worst thing seen is said.
Nothing unknown, missing, old, dated in the future or of another kind counts as proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from hygie.catalogue.model import Catalogue, Kind, Level, Measure, Part, Scope
from hygie.evidence.model import Evidence, Verdict

# Days left to act, from the moment a fault was first seen; and to settle a doubt. A proof that was never given has no
# date: nobody agreed to one, and red means late.
DAYS_TO_ACT = {Level.INDISPENSABLE: 7, Level.RECOMMENDED: 30}
DAYS_TO_KNOW = {Level.INDISPENSABLE: 14, Level.RECOMMENDED: 30}


class Standing(IntEnum):
    """How a part, a way or a measure stands, from best to worst. NOT_CONCERNED is outside the order."""

    NOT_CONCERNED = 0
    HELD = 1
    RESERVE = 2
    DECLARED = 3
    MISSING = 4
    UNKNOWN = 5
    EXPIRED = 6
    FAILED = 7


class State(StrEnum):
    """The state of a measure, as shown."""

    PROVEN = "proven"
    DECLARED = "declared"
    TO_DO = "to_do"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """French words, for screens."""
        return {
            State.PROVEN: "Prouvée",
            State.DECLARED: "Déclarée",
            State.TO_DO: "À faire",
            State.OVERDUE: "En retard",
            State.UNKNOWN: "Non vérifiable",
            State.NOT_APPLICABLE: "Sans objet",
        }[self]


@dataclass(frozen=True, slots=True)
class PartState:
    """How one part stands, and the latest evidence behind it."""

    part: Part
    standing: Standing
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class MeasureState:
    """The state of one measure, with everything that explains it.

    ``informing`` is the evidence of the checks shown without deciding. ``due_at`` is when to act, or, for
    a proven or declared measure, when its proof ends; None when not applicable or never proven.
    """

    measure: Measure
    state: State
    standing: Standing
    ways: tuple[tuple[PartState, ...], ...]
    informing: tuple[Evidence, ...]
    due_at: datetime | None

    @property
    def reserve(self) -> bool:
        """Proven, with something to follow."""
        return self.standing is Standing.RESERVE

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence behind the state, faults first."""
        seen = {e.key: e for way in self.ways for part in way for e in part.evidence}
        seen.update({e.key: e for e in self.informing})
        return tuple(sorted(seen.values(), key=lambda e: (_URGENCY[e.verdict], e.source, e.subject)))

    @property
    def faults(self) -> tuple[Evidence, ...]:
        """What was seen wrong."""
        return tuple(e for e in self.evidence if e.verdict is Verdict.TO_FIX)

    @property
    def waits_for_hygie(self) -> bool:
        """True when all that is still missing, in every way, is a proof that no part of Hygie can take yet."""
        return all(all(p.part.planned for p in way if p.standing not in IN_PLACE) for way in self.ways)


IN_PLACE = (Standing.HELD, Standing.RESERVE, Standing.DECLARED, Standing.NOT_CONCERNED)
_URGENCY = {Verdict.TO_FIX: 0, Verdict.UNKNOWN: 1, Verdict.WATCH: 2, Verdict.OK: 3, Verdict.NOT_APPLICABLE: 4}


def assess(catalogue: Catalogue, evidence: Iterable[Evidence], now: datetime) -> list[MeasureState]:
    """The state of every measure at ``now`` (aware)."""
    latest = latest_by_measure(evidence)
    return [assess_measure(m, latest.get(m.id, ()), now) for m in catalogue.measures.values()]


def latest_by_measure(evidence: Iterable[Evidence]) -> Mapping[str, tuple[Evidence, ...]]:
    """The newest evidence of each source on each subject, by measure; on a tie the worse one is kept."""
    newest: dict[tuple[str, str, str], Evidence] = {}
    for piece in evidence:
        known = newest.get(piece.key)
        if known is None or _rank(piece) > _rank(known):
            newest[piece.key] = piece
    by_measure: dict[str, list[Evidence]] = {}
    for piece in newest.values():
        by_measure.setdefault(piece.measure, []).append(piece)
    return {measure: tuple(pieces) for measure, pieces in by_measure.items()}


def _rank(piece: Evidence) -> tuple[datetime, int]:
    return (piece.observed_at, -_URGENCY[piece.verdict])


def assess_measure(measure: Measure, latest: tuple[Evidence, ...], now: datetime) -> MeasureState:
    """The state of one measure from its latest evidence."""
    ways = tuple(tuple(_part_state(part, latest, now) for part in way.parts) for way in measure.ways)
    informing = tuple(e for e in latest if e.source in measure.also)
    standing = _measure_standing([_worst(p.standing for p in way) for way in ways], informing, now)
    due_at = _due_at(measure, standing, [e for way in ways for p in way for e in p.evidence], now)
    return MeasureState(measure, _state(standing, due_at, now), standing, ways, informing, due_at)


def _part_state(part: Part, latest: tuple[Evidence, ...], now: datetime) -> PartState:
    own = tuple(e for e in latest if e.kind is part.kind and e.source in part.sources)
    standings = [evidence_standing(e, now) for e in own]
    silent = set(part.sources) - {e.source for e in own}
    standing = _worst([*standings, *([Standing.MISSING] if silent else [])])
    if standing is Standing.NOT_CONCERNED and part.scope is Scope.PRACTICE:
        standing = Standing.MISSING
    return PartState(part, standing, own)


def evidence_standing(piece: Evidence, now: datetime) -> Standing:
    """What one piece of evidence is worth at ``now``."""
    if piece.verdict is Verdict.TO_FIX:
        return Standing.FAILED  # a fault stays until something newer shows that it is mended
    if piece.verdict is Verdict.UNKNOWN:
        return Standing.UNKNOWN
    if not piece.current_at(now):
        return Standing.EXPIRED if now >= piece.expires_at else Standing.UNKNOWN
    if piece.verdict is Verdict.NOT_APPLICABLE:
        return Standing.NOT_CONCERNED
    if piece.kind is Kind.ATTESTATION:
        return Standing.DECLARED
    return Standing.RESERVE if piece.verdict is Verdict.WATCH else Standing.HELD


def _worst(standings: Iterable[Standing]) -> Standing:
    return max(standings, default=Standing.MISSING)


def _measure_standing(ways: list[Standing], informing: tuple[Evidence, ...], now: datetime) -> Standing:
    concerned = [way for way in ways if way is not Standing.NOT_CONCERNED]
    if not concerned:
        return Standing.NOT_CONCERNED
    best, worst = min(concerned), max(concerned)
    if best >= Standing.MISSING:
        return worst  # nothing proves it: the most alarming thing seen is what must be said
    if best is Standing.DECLARED:
        return (
            worst if worst in (Standing.FAILED, Standing.UNKNOWN) else best
        )  # a word never covers what a machine shows
    return Standing.RESERVE if worst is Standing.FAILED or _warns(informing, now) else best


def _warns(informing: tuple[Evidence, ...], now: datetime) -> bool:
    return any(e.verdict in (Verdict.TO_FIX, Verdict.WATCH) and e.current_at(now) for e in informing)


def _due_at(measure: Measure, standing: Standing, evidence: list[Evidence], now: datetime) -> datetime | None:
    """From the oldest fault or doubt, or when the first proof ends; None where there is nothing to date."""
    if standing in (Standing.NOT_CONCERNED, Standing.MISSING):
        return None
    days = {Standing.FAILED: DAYS_TO_ACT, Standing.UNKNOWN: DAYS_TO_KNOW}.get(standing)
    if days is None:
        return min(e.expires_at for e in evidence if evidence_standing(e, now) is not Standing.NOT_CONCERNED)
    since = min(e.since for e in evidence if evidence_standing(e, now) is standing)
    return since + timedelta(days=days[measure.level])


def _state(standing: Standing, due_at: datetime | None, now: datetime) -> State:
    late = due_at is not None and now >= due_at
    if standing in (Standing.FAILED, Standing.MISSING):
        return State.OVERDUE if late else State.TO_DO
    return {
        Standing.NOT_CONCERNED: State.NOT_APPLICABLE,
        Standing.HELD: State.PROVEN,
        Standing.RESERVE: State.PROVEN,
        Standing.DECLARED: State.DECLARED,
        Standing.UNKNOWN: State.UNKNOWN,
        Standing.EXPIRED: State.OVERDUE,
    }[standing]
