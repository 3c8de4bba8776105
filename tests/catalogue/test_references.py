"""Crosswalks: each item of a published text is covered by a measure, or set aside with its reason."""

from __future__ import annotations

import pytest

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Reference
from hygie.catalogue.wording import faults

TEXTS = sorted(catalogue().references)

EXPECTED_COUNTS = {"anssi-13": 13, "anssi-42": 42, "cnil-guide": 25, "monaidecyber": 37}
INDUSTRIAL = 5


def reference(name: str) -> Reference:
    return catalogue().references[name]


def covered(name: str) -> set[str]:
    """Items of a text that at least one measure points to."""
    return {item for m in catalogue().measures.values() for item in m.references.get(name, ())}


def test_the_texts_a_practice_is_measured_against_are_all_there() -> None:
    assert {
        "ans-memento",
        "anssi-13",
        "anssi-42",
        "cnil-2022-100",
        "cnil-guide",
        "csp",
        "monaidecyber",
        "monservicesecurise",
        "pgssi-s",
        "referentiel-cabinets",
        "rgpd",
    } <= set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_an_item_is_either_covered_or_set_aside_with_a_reason(name: str) -> None:
    items = reference(name).items
    assert [i.id for i in items if not i.outside and i.id not in covered(name)] == [], "neither"
    assert [i.id for i in items if i.outside and i.id in covered(name)] == [], "both"


@pytest.mark.parametrize("name", EXPECTED_COUNTS)
def test_a_numbered_text_is_complete(name: str) -> None:
    assert len(reference(name).items) == EXPECTED_COUNTS[name]


def test_numbered_items_follow_the_numbers_of_their_text() -> None:
    assert [i.id for i in reference("anssi-42").items] == [str(n) for n in range(1, 43)]
    assert [i.id for i in reference("cnil-guide").items] == [str(n) for n in range(1, 26)]
    assert [i.id for i in reference("anssi-13").items] == [f"Q{n}" for n in range(1, 14)]


def test_industrial_questions_are_set_aside() -> None:
    assert sum("industrielle" in i.outside for i in reference("monaidecyber").items) == INDUSTRIAL


def test_only_texts_read_at_their_source_are_called_verified() -> None:
    assert {name for name in TEXTS if reference(name).verified} == {"rgpd"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_must_be_cited_without_copying_keeps_short_labels(name: str) -> None:
    assert [i.label for i in reference(name).items if len(i.label) > 110] == []


@pytest.mark.parametrize("name", TEXTS)
def test_labels_and_reasons_are_plain_and_well_set_french(name: str) -> None:
    items = reference(name).items
    texts = [reference(name).title, reference(name).licence, *(i.label for i in items), *(i.outside for i in items)]
    assert [fault for text in texts if text for fault in faults(text)] == []
