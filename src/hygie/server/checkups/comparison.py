"""What changed between two check-ups of the same computer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hygie.evidence.model import Verdict
from hygie.server.checkups.report import verdict_of
from hygie.workstation.checks.loader import checks

RANK = {Verdict.OK: 0, Verdict.NOT_APPLICABLE: 0, Verdict.WATCH: 1, Verdict.UNKNOWN: 2, Verdict.TO_FIX: 3}


@dataclass(frozen=True, slots=True)
class Change:
    """One check whose verdict moved."""

    title: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """What got better and what got worse; a check that only one of the two knows is not compared."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Comparison:
    """``before`` and ``after`` are {check: verdict}."""
    better, worse = [], []
    for check in sorted(set(before) & set(after)):
        was, now = verdict_of(before[check]), verdict_of(after[check])
        if RANK[now] < RANK[was]:
            better.append(Change(_title(check, now), was, now))
        elif RANK[now] > RANK[was]:
            worse.append(Change(_title(check, now), was, now))
    return Comparison(tuple(better), tuple(worse))


def counts(verdicts: Mapping[str, str]) -> list[tuple[Verdict, int]]:
    """How many checks carry each verdict, in reading order, without the empty ones."""
    read = [verdict_of(word) for word in verdicts.values()]
    order = (Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.OK)
    return [(verdict, read.count(verdict)) for verdict in order if verdict in read]


def _title(check: str, verdict: Verdict) -> str:
    known = checks().get(check)
    if known is None:
        return check
    return known.texts.title_ok if verdict is Verdict.OK else known.texts.title_fix
