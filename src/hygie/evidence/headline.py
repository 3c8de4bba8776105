"""The sentence of truth on top of every page: one verdict, in words, from the states alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hygie.catalogue.model import Kind, Level, Measure
from hygie.evidence.model import Verdict
from hygie.evidence.plan import nearest_first
from hygie.evidence.states import MeasureState, Standing


class Tone(StrEnum):
    """How the sentence is shown; red ("danger") only for what is late or dangerous now."""

    DANGER = "danger"
    CARE = "attention"
    DOUBT = "doute"
    CALM = "calme"


@dataclass(frozen=True, slots=True)
class Headline:
    """The sentence, and its tone."""

    sentence: str
    tone: Tone


NOTHING_PROVEN = Headline("Rien n’est encore prouvé : faites un premier bilan.", Tone.DOUBT)


def read_on_machines(states: Sequence[MeasureState]) -> list[MeasureState]:
    """The measures about which a machine was really asked something."""
    return [s for s in states if any(p.evidence for way in s.ways for p in way if p.part.kind is Kind.PROBE)]


def provable_by_machine(measure: Measure) -> bool:
    """True when some way of proving the measure asks for nothing but what Hygie reads on a computer."""
    return any(all(part.kind is Kind.PROBE and not part.planned for part in way.parts) for way in measure.ways)


def computer_headline(states: Sequence[MeasureState]) -> Headline:
    """What the measures read on machines allow to say of a computer; never more than was seen."""
    read = read_on_machines(states)
    faults = [s for s in read if s.standing is Standing.FAILED]
    essential = [s for s in faults if s.measure.level is Level.INDISPENSABLE]
    doubts = [s for s in read if s.standing in (Standing.UNKNOWN, Standing.EXPIRED)]
    reserves = [s for s in read if s.standing is Standing.RESERVE]
    # A check that only informs shows a fault all the same: no sentence may then say that none was seen.
    shown = {(e.source, e.subject) for s in states for e in s.informing if e.verdict is Verdict.TO_FIX}
    if not read:
        return NOTHING_PROVEN
    if essential:
        first = min((s.measure for s in essential), key=lambda m: (-m.weight, *nearest_first(m))).title_to_do
        rest = f" ({_more(len(faults) - 1)})" if len(faults) > 1 else ""
        return Headline(f"Ce poste n’est pas assez protégé. À faire d’abord : {_lower(first)}{rest}.", Tone.DANGER)
    if faults and any(s.measure.level is Level.INDISPENSABLE for s in doubts):
        count = _measures(len(faults)).capitalize()
        return Headline(f"{count} à corriger, et {_measures(len(doubts))} à vérifier.", Tone.CARE)
    if faults:
        return Headline(f"Sur ce poste, l’essentiel est en place, mais {_measures(len(faults))} à corriger.", Tone.CARE)
    if doubts and shown:
        return Headline(
            f"{_points(len(shown)).capitalize()} à corriger, et {_measures(len(doubts))} à vérifier.", Tone.CARE
        )
    if doubts:
        return Headline(f"Aucun défaut constaté, mais {_measures(len(doubts))} à vérifier.", Tone.DOUBT)
    if reserves:
        return Headline(f"Sur ce poste, l’essentiel est en place, mais {_measures(len(reserves))} à suivre.", Tone.CARE)
    if not any(s.standing is Standing.HELD for s in read):
        return NOTHING_PROVEN
    if shown:
        return Headline(f"Ce poste est protégé, mais {_points(len(shown))} à corriger.", Tone.CARE)
    return Headline("Ce poste est bien protégé : tout ce que Hygie a pu lire est en ordre.", Tone.CALM)


def _measures(count: int) -> str:
    return "une mesure reste" if count == 1 else f"{count} mesures restent"


def _points(count: int) -> str:
    return "un point reste" if count == 1 else f"{count} points restent"


def _more(count: int) -> str:
    return "et une autre mesure" if count == 1 else f"et {count} autres mesures"


def _lower(title: str) -> str:
    """The title inside a sentence; a word all in capitals (HDS, DMP) keeps them."""
    first = title.split(" ", 1)[0]
    return title if len(first) > 1 and first.isupper() else title[:1].lower() + title[1:]
