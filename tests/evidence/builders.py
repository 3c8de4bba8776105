"""Builders that read as sentences: a measure, a piece of evidence, a catalogue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hygie.catalogue.model import Catalogue, Danger, Kind, Level, Measure, Part, Scope, Theme, Way, Who
from hygie.evidence.model import Evidence, Verdict

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def part(
    *sources: str, kind: Kind = Kind.PROBE, days: int = 30, scope: Scope = Scope.WORKSTATION, planned: bool = False
) -> Part:
    """A part asking for these sources."""
    return Part(kind, sources, days, "une preuve", planned, scope)


def measure(
    name: str,
    *ways: tuple[Part, ...],
    level: Level = Level.INDISPENSABLE,
    weight: int = 5,
    minutes: int = 10,
    who: Who = Who.OWNER,
    also: tuple[str, ...] = (),
) -> Measure:
    """A measure with these ways of proving it."""
    return Measure(
        id=name,
        theme=Theme.WORKSTATIONS,
        title_in_place=f"{name} est en place",
        title_to_do=f"Mettre en place {name}",
        why="Parce que.",
        protects_from=(Danger.DISCLOSURE,),
        who=who,
        minutes=minutes,
        level=level,
        weight=weight,
        weight_reason="Exemple.",
        ways=tuple(Way(way) for way in ways),
        also=also,
    )


def catalogue(*measures: Measure) -> Catalogue:
    """A catalogue of just these measures."""
    return Catalogue({m.id: m for m in measures}, {})


def evidence(
    measure: str,
    source: str,
    verdict: Verdict = Verdict.OK,
    *,
    kind: Kind = Kind.PROBE,
    subject: str = "poste-1",
    days_ago: float = 0,
    lives: int = 30,
    since_days_ago: float | None = None,
) -> Evidence:
    """One piece of evidence seen ``days_ago`` that lives ``lives`` days."""
    seen = NOW - timedelta(days=days_ago)
    since = seen if since_days_ago is None else NOW - timedelta(days=since_days_ago)
    return Evidence("cabinet", measure, kind, source, subject, verdict, seen, seen + timedelta(days=lives), since)
