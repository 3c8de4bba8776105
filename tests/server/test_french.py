"""Dates in full, numbers with their noun, in the time of the practice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hygie.server.ui import french


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_date_is_written_in_full_in_the_time_of_the_practice() -> None:
    moment = datetime(2026, 11, 21, 23, 32, tzinfo=UTC)
    assert plain(french.date_and_time(moment)) == "dimanche 22 novembre 2026 à 0 h 32"


def test_the_first_of_a_month_is_premier() -> None:
    assert plain(french.day(datetime(2026, 8, 1, 9, 5, tzinfo=UTC))) == "1er août 2026"


@pytest.mark.parametrize(("number", "words"), [(0, "0 mesure"), (1, "1 mesure"), (2, "2 mesures")])
def test_zero_and_one_are_singular(number: int, words: str) -> None:
    assert plain(french.count(number, "mesure", "mesures")) == words


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 minute"), (45, "45 minutes"), (60, "1 heure"), (90, "1 h 30"), (480, "8 heures")]
)
def test_a_duration_is_said_as_one_says_it(number: int, words: str) -> None:
    assert plain(french.minutes(number)) == words


def test_seconds_take_a_comma() -> None:
    assert plain(french.seconds(842)) == "0,8 seconde"
    assert plain(french.seconds(2460)) == "2,5 secondes"
