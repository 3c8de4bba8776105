"""Why a measure has its state, in one French sentence; how each of its proofs stands, in two words."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Kind, Measure, ReferenceItem
from hygie.evidence.states import MeasureState, PartState, Standing, State
from hygie.server.ui.french import NBSP, day

STANDING = {
    Standing.NOT_CONCERNED: "sans objet",
    Standing.HELD: "prouvé",
    Standing.RESERVE: "prouvé, avec une réserve",
    Standing.DECLARED: "déclaré",
    Standing.MISSING: "pas encore prouvé",
    Standing.UNKNOWN: "non vérifiable",
    Standing.EXPIRED: "preuve périmée",
    Standing.FAILED: "défaut constaté",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A published text and the items of it that ask for a measure."""

    title: str
    publisher: str
    url: str
    verified: bool
    items: tuple[ReferenceItem, ...]


def why_state(state: MeasureState) -> str:
    """Why this state, with the date that matters."""
    date = day(state.due_at) if state.due_at else ""
    late = state.state is State.OVERDUE
    return {
        Standing.NOT_CONCERNED: "Ce poste n’est pas concerné par cette mesure.",
        Standing.HELD: f"Tout ce qui la prouve a été vu, et reste valable jusqu’au {date}.",
        Standing.RESERVE: f"Elle est en place jusqu’au {date}, mais un point reste à suivre.",
        Standing.DECLARED: "Une personne l’a déclarée. Rien ne la prouve encore.",
        Standing.MISSING: f"Rien ne la prouve encore. {_before(date, late=late)}",
        Standing.UNKNOWN: "Hygie n’a pas pu le vérifier. Tant qu’il ne sait pas, il ne dit pas que c’est en ordre.",
        Standing.EXPIRED: f"La preuve n’est plus valable depuis le {date}. Refaites un bilan.",
        Standing.FAILED: f"Un défaut a été constaté. {_before(date, late=late)}",
    }[state.standing]


def _before(date: str, *, late: bool) -> str:
    return f"C’était à faire avant le {date}." if late else f"À faire avant le {date}."


def part_words(part: PartState) -> str:
    """How one proof stands; where Hygie cannot receive it yet, it says so."""
    words = STANDING[part.standing]
    if part.part.planned:
        return f"{words}{NBSP}; Hygie ne sait pas encore le lire"
    if part.part.kind is not Kind.PROBE and part.standing is Standing.MISSING:
        return f"{words}{NBSP}; Hygie ne sait pas encore l’enregistrer"
    return words


def cited(measure: Measure) -> list[Cited]:
    """The published texts behind the measure; one that the catalogue no longer has is left out."""
    texts = []
    for name, wanted in measure.references.items():
        if reference := catalogue().references.get(name):
            items = tuple(item for item in reference.items if item.id in wanted)
            texts.append(Cited(reference.title, reference.publisher, reference.url, reference.verified, items))
    return texts
