"""The French of the checks: plain words, French typography, sentences that end."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from hygie.catalogue.wording import faults, typography_faults
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import CheckTexts

EVERY = sorted(checks())


def texts(name: str) -> CheckTexts:
    return checks()[name].texts


@pytest.mark.parametrize("name", EVERY)
def test_a_check_is_written_in_plain_and_well_set_french(name: str) -> None:
    one = texts(name)
    steps = chain.from_iterable(one.steps.values())
    every = [one.title_ok, one.title_fix, one.why, *one.sentences.values(), *steps]
    # Where a rule comes from is read by the IT provider: its names are exact, its typography French.
    assert [fault for text in every for fault in faults(text)] + typography_faults(one.source) == []


@pytest.mark.parametrize("name", EVERY)
def test_titles_of_a_check_have_no_full_stop_and_its_sentences_have_one(name: str) -> None:
    one = texts(name)
    titles = [one.title_ok, one.title_fix]
    ended = [one.why, *one.sentences.values(), *chain.from_iterable(one.steps.values())]
    assert [t for t in titles if t.endswith(".")] + [s for s in ended if s[-1] not in ".?!»`"] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_command_to_type_stands_between_back_quotes(name: str) -> None:
    one = texts(name)
    every = [*one.sentences.values(), *chain.from_iterable(one.steps.values())]
    assert [text for text in every if re.search(r"\bsudo\b", re.sub(r"`[^`]*`", "", text))] == []
