"""French words made from values, for every room: numbers agree with their noun, dates are in full, spaces hold."""

from __future__ import annotations

from datetime import date, datetime

NBSP = "\u00a0"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def count(number: int, one: str, many: str = "") -> str:
    """« 1 lecteur », « 3 lecteurs »; 0 takes the singular, as French does. ``many`` when the plural is not in s."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"


def day(moment: date) -> str:
    """« 3 novembre 2026 », « 1er novembre 2026 »; a datetime is taken in its own time zone."""
    first = "1er" if moment.day == 1 else str(moment.day)
    return f"{first}{NBSP}{MONTHS[moment.month - 1]}{NBSP}{moment.year}"


def day_and_hour(moment: datetime) -> str:
    """« 22 novembre 2026 à 5 h 15 », in the moment's own time zone."""
    return f"{day(moment)} à {moment.hour}{NBSP}h{NBSP}{moment:%M}"
