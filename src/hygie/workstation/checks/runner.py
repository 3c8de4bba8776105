"""Runs checks over facts: a missing fact becomes a verdict by itself, and nothing raises out of here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from hygie.catalogue.typeset import typeset
from hygie.evidence.model import Verdict
from hygie.workstation.checks.model import Check, Finding, Judgement
from hygie.workstation.facts.model import Fact, FactKey, Facts, Known, MissingFact, NotApplicable, Reason, Unknown

T = TypeVar("T")


class _Watched(Facts):
    """Facts that remember which ones a check looked at: they are its evidence."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(dict(facts.items()))
        self.seen: dict[str, None] = {}

    def get(self, key: FactKey[T]) -> Fact[T]:
        self.seen[key.name] = None
        return super().get(key)


def judge_all(checks: Iterable[Check], facts: Facts, now: datetime, step_groups: tuple[str, ...]) -> list[Finding]:
    """One finding a check, in order. ``step_groups``: which steps fit this machine, most precise first."""
    return [judge_one(check, facts, now, step_groups) for check in checks]


def judge_one(check: Check, facts: Facts, now: datetime, step_groups: tuple[str, ...]) -> Finding:
    """The finding of one check. A check that fails to judge says so: it never turns green."""
    watched = _Watched(facts)
    needs_admin = False
    try:
        judgement = check.judge(watched, check.texts.limits, now)
        sentence = _render(check, judgement)
    except MissingFact as missing:
        judgement, sentence = _of_missing(missing)
        needs_admin = isinstance(missing.fact, Unknown) and missing.fact.reason is Reason.RIGHTS
    except Exception as error:  # noqa: BLE001 - a bug in one check must not hide the others, and is never ok
        judgement = Judgement(Verdict.UNKNOWN, "")
        sentence = f"Ce contrôle n’a pas abouti ({type(error).__name__}). Signalez-le aux auteurs de Hygie."
    sentence = " ".join([sentence, *_defaults(watched)])
    return Finding(
        check=check.id,
        verdict=judgement.verdict,
        title=_title(check, judgement.verdict),
        sentence=typeset(sentence),
        observed=typeset(judgement.observed),
        expected=typeset(judgement.expected),
        facts=tuple(watched.seen),
        steps=_steps(check, step_groups) if judgement.verdict in (Verdict.TO_FIX, Verdict.WATCH) else (),
        needs_admin=needs_admin,
    )


def _title(check: Check, verdict: Verdict) -> str:
    """What is in place, what to do, or, when neither was seen, just what was looked at."""
    texts = check.texts
    return {Verdict.OK: texts.title_ok, Verdict.TO_FIX: texts.title_fix}.get(verdict, texts.subject)


def _render(check: Check, judgement: Judgement) -> str:
    return check.texts.sentences[judgement.sentence].format(**judgement.values)


def _of_missing(missing: MissingFact) -> tuple[Judgement, str]:
    fact = missing.fact
    if isinstance(fact, NotApplicable):
        return Judgement(Verdict.NOT_APPLICABLE, ""), f"Sans objet : {fact.why}."
    detail = f" ({fact.detail})" if fact.detail else ""
    sentence = f"Impossible de lire {missing.key.title} : {fact.reason.label}{detail}."
    return Judgement(Verdict.UNKNOWN, "", observed="inconnu"), sentence


def _defaults(watched: _Watched) -> list[str]:
    """Which documented defaults stood in for a missing setting: said, never hidden."""
    facts = [fact for key, fact in watched.items() if key.name in watched.seen]
    return [f"({fact.default_applied}.)" for fact in facts if isinstance(fact, Known) and fact.default_applied]


def _steps(check: Check, groups: tuple[str, ...]) -> tuple[str, ...]:
    for group in (*groups, "all"):
        if group in check.texts.steps:
            return check.texts.steps[group]
    return ()
