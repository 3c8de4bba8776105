"""The lookup says what the table says, and never more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.workstation.lifecycle.loader import lifecycle
from hygie.workstation.lifecycle.support import Lifecycle, Product, Release, State

DAY = date(2026, 11, 22)
TABLE = Lifecycle(
    date(2026, 8, 22),
    {
        "bois": Product(
            "Bois",
            "https://exemple.invalid",
            (
                Release("12", "Bois 12", date(2028, 1, 1), date(2030, 1, 1)),
                Release("11", "Bois 11", date(2027, 1, 31)),
                Release("10.5", "Bois 10.5", date(2026, 1, 1), date(2027, 1, 1)),
                Release("9", "Bois 9", date(2024, 1, 1), date(2025, 1, 1)),
                Release("8", "Bois 8"),
            ),
        )
    },
)


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ("12", State.SUPPORTED),
        ("11", State.ENDING_SOON),
        ("10.5", State.EXTENDED),
        ("9", State.ENDED),
        ("8", State.SUPPORTED),
        ("7", State.ENDED),
        ("7.9", State.ENDED),
        ("13", State.NEWER),
        ("12.1", State.NEWER),
        ("10", State.UNKNOWN),
        ("", State.UNKNOWN),
        ("sid", State.UNKNOWN),
    ],
)
def test_a_version_has_the_state_of_its_row(version: str, state: State) -> None:
    assert TABLE.support("bois", version, DAY).state is state


def test_a_product_that_is_not_in_the_table_is_unknown() -> None:
    assert TABLE.support("pierre", "1", DAY).state is State.UNKNOWN


def test_the_last_day_of_support_is_still_supported() -> None:
    assert TABLE.support("bois", "12", date(2028, 1, 1)).state is State.ENDING_SOON
    assert TABLE.support("bois", "12", date(2028, 1, 2)).state is State.EXTENDED


def test_a_release_without_an_end_has_no_day() -> None:
    assert TABLE.support("bois", "8", DAY).ends is None


@given(st.sampled_from(["12", "11", "10.5", "9"]), st.dates(), st.dates())
def test_support_never_comes_back_as_days_go_by(version: str, one: date, other: date) -> None:
    order = [State.SUPPORTED, State.ENDING_SOON, State.EXTENDED, State.ENDED]
    early, late = (TABLE.support("bois", version, day).state for day in sorted((one, other)))
    assert order.index(early) <= order.index(late)


def test_the_shipped_table_knows_the_systems_of_this_year() -> None:
    table = lifecycle()
    for product, version, state in (
        ("debian", "12", State.EXTENDED),
        ("debian", "13", State.SUPPORTED),
        ("debian", "11", State.ENDED),
        ("debian", "7", State.ENDED),
        ("debian", "14", State.NEWER),
        ("ubuntu", "24.04", State.SUPPORTED),
        ("ubuntu", "20.04", State.EXTENDED),
        ("ubuntu", "25.04", State.ENDED),
        ("ubuntu", "28.04", State.NEWER),
        ("linuxmint", "22.3", State.SUPPORTED),
        ("linuxmint", "21.1", State.SUPPORTED),
        ("linuxmint", "23", State.NEWER),
        ("lmde", "6", State.ENDED),
        ("fedora", "43", State.ENDING_SOON),
        ("fedora", "38", State.ENDED),
        ("windows", "26100-w", State.ENDED),
        ("windows", "26200-w", State.SUPPORTED),
        ("office", "2016", State.ENDED),
    ):
        assert table.support(product, version, DAY).state is state, (product, version)


def test_every_row_of_the_shipped_table_is_in_order() -> None:
    for product in lifecycle().products.values():
        assert product.source.startswith("https://")
        for row in product.releases:
            if row.ends and row.extended:
                assert row.extended > row.ends
                assert product.extension, product.name


def test_the_age_counts_from_the_day_of_the_reading() -> None:
    assert TABLE.age(DAY) == timedelta(days=92)
    assert TABLE.age(date(2020, 1, 1)) < timedelta(0)
