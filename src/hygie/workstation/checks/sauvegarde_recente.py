"""A backup program says that it copied this computer's documents a few days ago at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.checks.words import ago, calendar_days, day
from hygie.workstation.facts.backup import BACKUPS, BackupTrace
from hygie.workstation.facts.model import Facts

CLOCK_TOLERANCE = timedelta(days=1)


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """The best trace decides; none at all is unknown, because practices often back up from another machine."""
    expected = f"{limits['most_days']} jours au plus"
    traces = facts.value(BACKUPS)
    data = [trace for trace in traces if trace.data]
    if not data:
        return _nothing(traces, expected)
    return min((_of_trace(trace, limits, now, expected) for trace in data), key=lambda j: ORDER.index(j.sentence))


# From the best thing that can be said of a trace to the worst.
ORDER = ("ok", "weak", "future", "same_disk", "old", "never")


def _nothing(traces: tuple[BackupTrace, ...], expected: str) -> Judgement:
    if traces:
        return unknown("system_only", tool=traces[0].tool, observed="système seul", expected=expected)
    return unknown("none", observed="aucune vue", expected=expected)


def _of_trace(trace: BackupTrace, limits: Limits, now: datetime, expected: str) -> Judgement:
    if trace.last_at is None:
        return to_fix("never", tool=trace.tool, observed="jamais", expected=expected)
    words = {"tool": trace.tool, "date": day(trace.last_at), "observed": day(trace.last_at), "expected": expected}
    if trace.last_at > now + CLOCK_TOLERANCE:
        return unknown("future", **words)
    words["ago"] = ago(calendar_days(trace.last_at, now))
    if (now - trace.last_at).days > limits["most_days"]:
        return to_fix("old", **words)
    if not trace.dated:
        return unknown("weak", **words)
    return to_fix("same_disk", **words) if trace.elsewhere is False else ok(**words)
