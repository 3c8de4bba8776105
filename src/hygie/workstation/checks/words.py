"""French words for values shown in sentences: numbers agree, spaces do not break."""

from __future__ import annotations

from datetime import date

from hygie.catalogue.french import NBSP, count, day

__all__ = ["NBSP", "ago", "calendar_days", "count", "day", "duration"]


def duration(seconds: int) -> str:
    """« 45 secondes », « 5 minutes », « 1 minute 30 », « 2 heures »."""
    if seconds < 60:
        return count(seconds, "seconde")
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60 and not rest and not minutes % 60:
        return count(minutes // 60, "heure")
    return count(minutes, "minute") + (f"{NBSP}{rest:02d}" if rest else "")


def ago(days: int) -> str:
    """« aujourd’hui », « hier », « il y a 12 jours »."""
    return ("aujourd’hui", "hier")[days] if days < 2 else f"il y a {count(days, 'jour')}"


def calendar_days(moment: date, now: date) -> int:
    """Days between two dates as people count them: yesterday evening is 1; a moment to come is 0."""
    return max(0, now.toordinal() - moment.toordinal())
