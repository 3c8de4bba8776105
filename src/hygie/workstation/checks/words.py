"""French words for values shown in sentences: numbers agree, spaces do not break."""

from __future__ import annotations

from datetime import date

NBSP = "\u00a0"
MONTHS = [
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
]


def count(number: int, one: str, many: str = "") -> str:
    """« 1 lecteur », « 3 lecteurs »; 0 takes the singular, as French does. ``many`` when the plural is not in s."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"


def duration(seconds: int) -> str:
    """« 45 secondes », « 5 minutes », « 1 minute 30 », « 2 heures »."""
    if seconds < 60:
        return count(seconds, "seconde")
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60 and not rest and not minutes % 60:
        return count(minutes // 60, "heure")
    return count(minutes, "minute") + (f"{NBSP}{rest:02d}" if rest else "")


def day(moment: date) -> str:
    """« 3 novembre 2026 »."""
    first = "1er" if moment.day == 1 else str(moment.day)
    return f"{first}{NBSP}{MONTHS[moment.month - 1]}{NBSP}{moment.year}"


def ago(days: int) -> str:
    """« aujourd’hui », « hier », « il y a 12 jours »."""
    return ("aujourd’hui", "hier")[days] if days < 2 else f"il y a {count(days, 'jour')}"


def calendar_days(moment: date, now: date) -> int:
    """Days between two dates as people count them: yesterday evening is 1; a moment to come is 0."""
    return max(0, now.toordinal() - moment.toordinal())
