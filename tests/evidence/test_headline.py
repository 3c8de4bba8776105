"""The sentence on top never says more than was seen, and names the action that the plan puts first."""

from __future__ import annotations

from hygie.catalogue.model import Kind, Level, Measure, Who
from hygie.evidence.headline import Headline, Tone, computer_headline
from hygie.evidence.model import Evidence, Verdict
from hygie.evidence.plan import plan
from hygie.evidence.states import assess
from tests.evidence.builders import NOW, catalogue, evidence, measure, part


def headline(measures: list[Measure], seen: list[Evidence]) -> Headline:
    return computer_headline(assess(catalogue(*measures), seen, NOW))


def test_nothing_read_is_not_calm() -> None:
    assert headline([measure("a", (part("x"),))], []).tone is Tone.DOUBT


def test_all_read_and_in_order_is_calm() -> None:
    assert headline([measure("a", (part("x"),))], [evidence("a", "x")]).tone is Tone.CALM


def test_a_computer_on_which_nothing_applies_is_not_said_to_be_protected() -> None:
    seen = [evidence("a", "x", Verdict.NOT_APPLICABLE)]
    assert headline([measure("a", (part("x"),))], seen).tone is Tone.DOUBT


def test_a_half_read_measure_alone_is_not_said_to_be_protected() -> None:
    assert headline([measure("a", (part("x", "y"),))], [evidence("a", "x")]).tone is Tone.DOUBT


def test_a_fault_shown_beside_a_proven_measure_is_never_calm() -> None:
    seen = [evidence("a", "x"), evidence("a", "z", Verdict.TO_FIX)]
    said = headline([measure("a", (part("x"),), also=("z",))], seen)
    assert said.tone is Tone.CARE
    assert "une mesure reste à suivre" in said.sentence


def test_the_sentence_names_the_first_action_of_the_plan() -> None:
    measures = [
        measure("a", (part("x"),), minutes=30),
        measure("b", (part("y"),), minutes=20, who=Who.PROVIDER),
        measure("c", (part("z"),), minutes=5, level=Level.RECOMMENDED),
    ]
    states = assess(
        catalogue(*measures), [evidence(m, s, Verdict.TO_FIX) for m, s in zip("abc", "xyz", strict=True)], NOW
    )
    first = plan(states, NOW)[0].measure
    assert first.id == "b"
    assert first.title_to_do.lower() in computer_headline(states).sentence.lower()


def test_the_essential_is_not_called_in_place_while_some_of_it_is_in_doubt() -> None:
    measures = [measure("a", (part("x"),)), measure("b", (part("y"),), level=Level.RECOMMENDED)]
    seen = [evidence("a", "x", Verdict.UNKNOWN), evidence("b", "y", Verdict.TO_FIX)]
    said = headline(measures, seen)
    assert said.sentence == "Une mesure reste à corriger, et une mesure reste à vérifier."


def test_a_fault_that_only_informs_is_never_hidden_behind_a_doubt() -> None:
    seen = [evidence("a", "x", Verdict.UNKNOWN), evidence("a", "z", Verdict.TO_FIX)]
    said = headline([measure("a", (part("x"),), also=("z",))], seen)
    assert said == Headline("Un point reste à corriger, et une mesure reste à vérifier.", Tone.CARE)


def test_a_fault_that_informs_a_measure_read_nowhere_keeps_the_sentence_from_being_calm() -> None:
    measures = [measure("a", (part("x"),)), measure("b", (part("y", kind=Kind.DRILL),), also=("z",))]
    seen = [evidence("a", "x"), evidence("b", "z", Verdict.TO_FIX)]
    assert headline(measures, seen) == Headline("Ce poste est protégé, mais un point reste à corriger.", Tone.CARE)
