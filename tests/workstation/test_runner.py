"""Judging: what is missing becomes a verdict by itself, a broken check is never ok, and evidence is complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.checks.model import (
    Check,
    CheckTexts,
    Finding,
    Judge,
    Judgement,
    Limits,
    not_applicable,
    ok,
    to_fix,
    unknown,
    watch,
)
from hygie.workstation.checks.runner import judge_all, judge_one
from hygie.workstation.facts.model import Fact, FactKey, Facts, Known, NotApplicable, Reason, Unknown
from tests.workstation.machines import NOW

LOCK: FactKey[int] = FactKey("serrure", "la serrure")
KEY: FactKey[int] = FactKey("clef", "la clef")
NEVER_READ: FactKey[int] = FactKey("porte", "la porte")
TEXTS = CheckTexts(
    id="fermeture",
    subject="La fermeture",
    title_ok="Le poste est fermé",
    title_fix="Fermer le poste",
    why="",
    minutes=1,
    source="",
    sentences={
        "ok": "Fermé à {turns} tours.",
        "to_fix": "Ouvert.",
        "watch": "Fermé, clef usée.",
        "unknown": "On ne voit pas bien.",
        "not_applicable": "Pas de porte.",
    },
    steps={"debian": ("Étape Debian.",), "linux": ("Étape Linux.",), "all": ("Étape commune.",)},
    limits={"least": 2},
)


def check(judge: Judge) -> Check:
    return Check(TEXTS, judge)


def by_lock(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Two turns at least; the key is looked at only when the lock is good."""
    turns = facts.value(LOCK)
    if turns < limits["least"]:
        return to_fix(observed=f"{turns} tours", expected="2 tours")
    return watch() if facts.value_or(KEY, 0) else ok(turns=turns)


def finding(
    judge: Judge, facts: Mapping[FactKey[int], Fact[int]], groups: tuple[str, ...] = ("debian", "linux")
) -> Finding:
    return judge_one(check(judge), Facts(facts), NOW, groups)


def test_a_known_fact_is_judged_and_told_in_one_sentence() -> None:
    found = finding(by_lock, {LOCK: Known(3, "la porte")})
    assert (found.verdict, found.title, found.sentence) == (
        Verdict.OK,
        "Le poste est fermé",
        "Fermé à 3 tours.",
    )
    assert found.steps == ()


def test_a_point_to_fix_shows_what_was_seen_what_was_expected_and_the_steps_of_this_system() -> None:
    found = finding(by_lock, {LOCK: Known(1, "")})
    assert (found.verdict, found.title) == (Verdict.TO_FIX, "Fermer le poste")
    assert (found.observed, found.expected, found.steps) == ("1 tours", "2 tours", ("Étape Debian.",))


@pytest.mark.parametrize(
    ("groups", "step"), [(("gnome", "linux"), "Étape Linux."), (("windows",), "Étape commune."), ((), "Étape commune.")]
)
def test_the_most_precise_steps_are_taken(groups: tuple[str, ...], step: str) -> None:
    assert finding(by_lock, {LOCK: Known(1, "")}, groups).steps == (step,)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_missing_fact_is_unknown_and_says_why(reason: Reason) -> None:
    found = finding(by_lock, {LOCK: Unknown(reason, "ici", "porte trop loin")})
    assert found.verdict is Verdict.UNKNOWN
    assert "la serrure" in found.sentence
    assert reason.label in found.sentence
    assert "(porte trop loin)" in found.sentence
    assert found.steps == ()


def test_a_fact_that_nobody_collects_is_unknown() -> None:
    found = finding(lambda facts, limits, now: ok(turns=facts.value(NEVER_READ)), {})
    assert found.verdict is Verdict.UNKNOWN
    assert "la porte" in found.sentence


def test_a_question_without_meaning_here_is_not_applicable_and_says_why() -> None:
    found = finding(by_lock, {LOCK: NotApplicable("ce poste n’a pas de porte")})
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert "ce poste n’a pas de porte" in found.sentence


@pytest.mark.parametrize(("reason", "needed"), [(Reason.RIGHTS, True), (Reason.ABSENT, False), (Reason.TIMEOUT, False)])
def test_only_missing_rights_ask_for_an_administrator(reason: Reason, needed: object) -> None:
    assert finding(by_lock, {LOCK: Unknown(reason)}).needs_admin is needed


def broken(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    raise ZeroDivisionError(str(facts.value(LOCK)))


def without_answer(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    return None  # type: ignore[return-value]


def missing_value(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    return ok()  # its sentence needs {turns}


def missing_sentence(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    return ok("bien")


def missing_limit(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    return ok(turns=limits["most"])


@pytest.mark.parametrize("judge", [broken, without_answer, missing_value, missing_sentence, missing_limit])
def test_a_check_with_a_defect_is_never_ok_and_says_so(judge: Judge) -> None:
    found = finding(judge, {LOCK: Known(3, "")})
    assert (found.verdict, found.title) == (Verdict.UNKNOWN, "La fermeture")
    assert "n’a pas abouti" in found.sentence


def test_a_check_with_a_defect_does_not_hide_the_others() -> None:
    found = judge_all([check(broken), check(by_lock)], Facts({LOCK: Known(3, "")}), NOW, ())
    assert [one.verdict for one in found] == [Verdict.UNKNOWN, Verdict.OK]


def test_the_facts_looked_at_are_listed_even_unknown_ones_and_only_those() -> None:
    facts: dict[FactKey[int], Fact[int]] = {LOCK: Known(3, ""), KEY: Unknown(Reason.ABSENT), NEVER_READ: Known(1, "")}
    assert finding(by_lock, facts).facts == ("serrure", "clef")
    assert finding(by_lock, {**facts, LOCK: Known(1, "")}).facts == ("serrure",)
    assert finding(by_lock, {}).facts == ("serrure",)


def test_a_default_that_stood_in_for_a_setting_is_said() -> None:
    default = "Rien n’est réglé : le réglage d’origine est de 3 tours"
    found = finding(by_lock, {LOCK: Known(3, "", default), KEY: Known(0, "", "autre défaut")})
    assert found.sentence == f"Fermé à 3 tours. (autre défaut.) ({default}.)"


def test_a_default_of_a_fact_that_was_not_looked_at_is_not_said() -> None:
    found = finding(by_lock, {LOCK: Known(1, ""), KEY: Known(0, "", "autre défaut")})
    assert found.sentence == "Ouvert."


@pytest.mark.parametrize(
    ("judgement", "verdict", "title"),
    [
        (ok(turns=2), Verdict.OK, "Le poste est fermé"),
        (to_fix(), Verdict.TO_FIX, "Fermer le poste"),
        (watch(), Verdict.WATCH, "La fermeture"),
        (unknown(), Verdict.UNKNOWN, "La fermeture"),
        (not_applicable(), Verdict.NOT_APPLICABLE, "La fermeture"),
    ],
)
def test_each_conclusion_has_its_verdict_and_only_what_is_ok_takes_the_title_in_place(
    judgement: Judgement, verdict: Verdict, title: str
) -> None:
    found = finding(lambda facts, limits, now: judgement, {})
    assert (found.verdict, found.title) == (verdict, title)
