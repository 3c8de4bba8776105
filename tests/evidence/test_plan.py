"""The plan: danger taken away first, then minutes, then who is nearest."""

from __future__ import annotations

from hygie.catalogue.model import Kind, Level, Who
from hygie.evidence.headline import Tone, computer_headline
from hygie.evidence.model import Evidence, Verdict
from hygie.evidence.plan import Action, plan
from hygie.evidence.states import assess
from tests.evidence.builders import NOW, catalogue, evidence, measure, part

PRACTICE = catalogue(
    measure("assurance", (part("contrat", kind=Kind.DOCUMENT),), weight=5, minutes=5),
    measure("disque", (part("volumes"),), weight=5, minutes=60, who=Who.PROVIDER),
    measure("verrou", (part("delai"),), weight=5, minutes=2),
    measure("site", (part("audit", planned=True),), weight=5, minutes=1),
    measure("wifi", (part("cle"),), weight=5, minutes=1, level=Level.RECOMMENDED),
    measure("lecteur", (part("cps"),), weight=1, minutes=1, level=Level.RECOMMENDED),
)


def actions(*pieces: Evidence) -> list[Action]:
    return plan(assess(PRACTICE, pieces, NOW), NOW)


def test_a_danger_seen_comes_first_then_doubt_then_what_was_never_asked() -> None:
    order = actions(
        evidence("verrou", "delai", Verdict.UNKNOWN),
        evidence("disque", "volumes", Verdict.TO_FIX),
        evidence("wifi", "cle", Verdict.TO_FIX),
        evidence("lecteur", "cps"),
    )
    # disque 5 × 2 × 6 = 60 · verrou 5 × 2 × 4 = 40 · wifi 5 × 6 = 30 · assurance 5 × 2 × 2 = 20; site is not possible
    assert [(a.measure.id, a.danger) for a in order] == [
        ("disque", 60),
        ("verrou", 40),
        ("wifi", 30),
        ("assurance", 20),
        ("site", 20),
    ]


def test_the_reason_can_be_checked_by_hand() -> None:
    first = actions(evidence("disque", "volumes", Verdict.TO_FIX))[0]
    assert first.reason == "Poids 5 × 2 (indispensable) × 6 (un défaut a été constaté) = 60"


def test_at_equal_danger_the_shorter_action_comes_first() -> None:
    order = actions(evidence("disque", "volumes", Verdict.TO_FIX), evidence("verrou", "delai", Verdict.TO_FIX))
    assert [a.measure.id for a in order][:2] == ["verrou", "disque"]


def test_a_fault_comes_first_even_when_another_proof_of_the_measure_waits_for_hygie() -> None:
    firewall = catalogue(
        measure("pare-feu", (part("poste"), part("box", planned=True)), weight=1),
        measure("autre", (part("x"),), weight=5),
    )

    def first(*pieces: Evidence) -> Action:
        return plan(assess(firewall, pieces, NOW), NOW)[0]

    assert first(evidence("pare-feu", "poste", Verdict.TO_FIX), evidence("autre", "x")).possible
    assert not first(evidence("pare-feu", "poste"), evidence("autre", "x")).possible


def test_what_is_proven_asks_for_nothing() -> None:
    assert "disque" not in [a.measure.id for a in actions(evidence("disque", "volumes"))]


def test_the_sentence_names_the_first_essential_fault() -> None:
    states = assess(PRACTICE, [evidence("disque", "volumes", Verdict.TO_FIX)], NOW)
    headline = computer_headline(states)
    assert headline.tone is Tone.DANGER
    assert "mettre en place disque" in headline.sentence


def test_the_sentence_never_says_more_than_was_seen() -> None:
    def tone(*pieces: Evidence) -> Tone:
        return computer_headline(assess(PRACTICE, pieces, NOW)).tone

    assert tone() is Tone.DOUBT
    assert tone(evidence("disque", "volumes", Verdict.UNKNOWN), evidence("verrou", "delai")) is Tone.DOUBT
    assert tone(evidence("disque", "volumes", days_ago=90)) is Tone.DOUBT
    assert tone(evidence("wifi", "cle", Verdict.TO_FIX), evidence("disque", "volumes")) is Tone.CARE
    assert tone(evidence("disque", "volumes")) is Tone.CALM


def test_the_sentence_and_the_plan_name_the_same_first_thing() -> None:
    pieces = [evidence("disque", "volumes", Verdict.TO_FIX), evidence("verrou", "delai", Verdict.TO_FIX)]
    states = assess(PRACTICE, pieces, NOW)
    assert plan(states, NOW)[0].measure.id == "verrou"
    assert "mettre en place verrou (et une autre mesure)" in computer_headline(states).sentence
