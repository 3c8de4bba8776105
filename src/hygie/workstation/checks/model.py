"""What a check is: a pure function over facts, and the French texts that stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hygie.evidence.model import Verdict
from hygie.workstation.facts.model import Facts

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check concludes. ``sentence`` is a key of [sentences] in the check's TOML; ``values`` fill it.

    ``observed`` and ``expected`` are short French values put side by side on the page.
    """

    verdict: Verdict
    sentence: str
    observed: str = ""
    expected: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


def ok(sentence: str = "ok", *, observed: str = "", expected: str = "", **values: Value) -> Judgement:
    """The protection is in place, and was seen."""
    return Judgement(Verdict.OK, sentence, observed, expected, values)


def to_fix(sentence: str = "to_fix", *, observed: str = "", expected: str = "", **values: Value) -> Judgement:
    """The protection is missing, and that was seen."""
    return Judgement(Verdict.TO_FIX, sentence, observed, expected, values)


def watch(sentence: str = "watch", *, observed: str = "", expected: str = "", **values: Value) -> Judgement:
    """The protection is in place, and something is to be followed. Never "probably fine"."""
    return Judgement(Verdict.WATCH, sentence, observed, expected, values)


def unknown(sentence: str = "unknown", *, observed: str = "", expected: str = "", **values: Value) -> Judgement:
    """What was read does not allow an answer; the sentence says why. (A missing fact does this by itself.)"""
    return Judgement(Verdict.UNKNOWN, sentence, observed, expected, values)


def not_applicable(sentence: str = "not_applicable", *, observed: str = "", **values: Value) -> Judgement:
    """The question makes no sense on this computer; the sentence says why."""
    return Judgement(Verdict.NOT_APPLICABLE, sentence, observed, "", values)


Limits = Mapping[str, int]
Judge = Callable[[Facts, Limits, datetime], Judgement]


@dataclass(frozen=True, slots=True)
class CheckTexts:
    """The TOML beside a check, validated at load. ``subject`` names what is looked at, whatever the verdict."""

    id: str
    subject: str
    title_ok: str
    title_fix: str
    why: str
    minutes: int
    source: str
    sentences: Mapping[str, str]
    steps: Mapping[str, tuple[str, ...]]
    limits: Limits
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its texts and its pure verdict."""

    texts: CheckTexts
    judge: Judge

    @property
    def id(self) -> str:
        """Stable French slug, the same on every system."""
        return self.texts.id


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one check on one machine, with its evidence in one French sentence.

    ``facts`` names what the check looked at. ``needs_admin`` tells that rights alone were lacking.
    """

    check: str
    verdict: Verdict
    title: str
    sentence: str
    observed: str
    expected: str
    facts: tuple[str, ...]
    steps: tuple[str, ...]
    needs_admin: bool = False
