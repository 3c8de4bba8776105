"""French words made from values: dates in full, numbers with their noun. No locale of the system is asked."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from hygie.catalogue import french
from hygie.catalogue.french import NBSP, count

__all__ = ["NBSP", "count", "date_and_time", "day", "minutes", "seconds"]

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def day(moment: datetime) -> str:
    """« 22 novembre 2026 », in the time zone of the practice; the first of a month is « 1er »."""
    return french.day(timezone.localtime(moment))


def date_and_time(moment: datetime) -> str:
    """« dimanche 22 novembre 2026 à 10 h 32 », in the time zone of the practice."""
    local = timezone.localtime(moment)
    return f"{DAYS[local.weekday()]} {day(moment)} à {local.hour}{NBSP}h{NBSP}{local.minute:02}"


def minutes(number: int) -> str:
    """« 20 minutes », « 1 h 30 »: how long something takes."""
    if number < 60:
        return count(number, "minute", "minutes")
    hours, rest = divmod(number, 60)
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else count(hours, "heure", "heures")


def seconds(milliseconds: int) -> str:
    """« 1,4 seconde », « 0,3 seconde »."""
    value = milliseconds / 1000
    return f"{value:.1f}".replace(".", ",") + NBSP + ("secondes" if value >= 2 else "seconde")
