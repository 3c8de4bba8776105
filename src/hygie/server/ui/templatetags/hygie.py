"""Tags and filters of the templates, loaded everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from hygie.evidence.headline import Tone
from hygie.evidence.model import Verdict
from hygie.evidence.states import MeasureState, State
from hygie.server.ui import french
from hygie.server.ui.shown import Shown
from hygie.workstation.fixes.registry import FIXES

register = template.Library()


class Labelled(Protocol):
    """What has French words."""

    @property
    def label(self) -> str:
        """The words."""
        ...


ICONS = Path(__file__).parents[1] / "static" / "ui" / "icons"

TONE_WORDS = {
    Tone.DANGER: "À corriger sans attendre",
    Tone.CARE: "À améliorer",
    Tone.DOUBT: "À vérifier",
    Tone.CALM: "En ordre",
}
TONE_ICONS = {
    Tone.DANGER: "shield-alert",
    Tone.CARE: "circle-alert",
    Tone.DOUBT: "shield-question-mark",
    Tone.CALM: "shield-check",
}
STATE_ICONS = {
    Shown.PROVEN: "circle-check",
    Shown.DECLARED: "user",
    Shown.TO_DO: "circle-alert",
    Shown.NOT_YET: "circle-dashed",
    Shown.OVERDUE: "clock",
    Shown.UNKNOWN: "circle-question-mark",
    Shown.NOT_APPLICABLE: "circle-minus",
}
VERDICT_ICONS = {
    Verdict.OK: "circle-check",
    Verdict.TO_FIX: "circle-alert",
    Verdict.WATCH: "eye",
    Verdict.UNKNOWN: "circle-question-mark",
    Verdict.NOT_APPLICABLE: "circle-minus",
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A vendored lucide icon, inline; always beside words, so it is hidden from screen readers."""
    svg = re.sub(r"<!--.*?-->", "", (ICONS / f"{name}.svg").read_text(encoding="utf-8"), flags=re.DOTALL)
    svg = re.sub(r"\s+", " ", svg).strip().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return mark_safe(svg)  # noqa: S308 - our own files, whose sums are checked


@register.filter
def tone_words(tone: Tone) -> str:
    """The tone of the headline in words: it is never told by colour alone."""
    return TONE_WORDS[tone]


@register.filter
def tone_icon(tone: Tone) -> SafeString:
    """The icon of a tone."""
    return icon(TONE_ICONS[tone])


@register.filter
def shown(state: MeasureState) -> Shown:
    """The state of a measure as the pages say it."""
    return Shown.of(state)


@register.filter
def state_icon(state: Shown) -> SafeString:
    """The icon of a measure's state."""
    return icon(STATE_ICONS[state])


@register.filter
def fix_command(fix: str) -> str:
    """What to type so that Hygie makes a correction, with the rights it takes."""
    return FIXES[fix].command


@register.filter
def verdict_icon(verdict: Verdict) -> SafeString:
    """The icon of a verdict."""
    return icon(VERDICT_ICONS[verdict])


@register.filter
def day(moment: datetime) -> str:
    """« 22 novembre 2026 »."""
    return french.day(moment)


@register.filter
def date_and_time(moment: datetime) -> str:
    """« dimanche 22 novembre 2026 à 10 h 32 »."""
    return french.date_and_time(moment)


@register.filter
def minutes(number: int) -> str:
    """« 20 minutes »."""
    return french.minutes(number)


@register.filter
def verdict_count(number: int, verdict: Verdict) -> str:
    """« 3 à corriger », « 2 non vérifiables »."""
    words = verdict.label.lower()
    return french.count(number, words, f"{words}s" if verdict is Verdict.UNKNOWN else words)


@register.filter
def counted(number: int, words: str) -> str:
    """``{{ n|counted:"mesure,mesures" }}`` gives « 3 mesures »."""
    one, many = words.split(",")
    return french.count(number, one, many)


@register.filter
def commands(text: str) -> SafeString:
    """The text, with what stands in `back quotes` shown as something to type."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", conditional_escape(text)))  # noqa: S308 - escaped here


@register.filter
def seconds(milliseconds: int) -> str:
    """« 1,4 seconde »."""
    return french.seconds(milliseconds)


@register.filter
def enumeration(things: Sequence[Labelled]) -> str:
    """« la perte de données, la fraude et une sanction »."""
    words = [thing.label for thing in things]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


@register.filter
def state_title(state: MeasureState) -> str:
    """What is in place when the measure is proven or declared; what to do otherwise."""
    settled = state.state in (State.PROVEN, State.DECLARED)
    return state.measure.title_in_place if settled else state.measure.title_to_do
