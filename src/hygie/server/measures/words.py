"""Why a measure has its state, in one French sentence; how each of its proofs stands, in two words."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Kind, Measure, Part, ReferenceItem, Scope
from hygie.evidence.model import Evidence, Verdict
from hygie.evidence.states import MeasureState, PartState, Standing, State
from hygie.server.checkups.report import Report
from hygie.server.ui.french import NBSP, day
from hygie.workstation.checks.loader import checks

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


ELSEWHERE = f"Ce poste n’est pas concerné{NBSP}; un autre poste du cabinet peut le prouver."


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
        Standing.MISSING: ELSEWHERE if _not_concerned_here(state) else "Rien ne la prouve encore.",
        Standing.UNKNOWN: "Hygie n’a pas pu le vérifier. Tant qu’il ne sait pas, il ne dit pas que c’est en ordre.",
        Standing.EXPIRED: f"La preuve n’est plus valable depuis le {date}. Refaites un bilan.",
        Standing.FAILED: f"Un défaut a été constaté. {_before(date, late=late)}",
    }[state.standing]


def _not_concerned_here(state: MeasureState) -> bool:
    """True when this computer has nothing to prove, where some computer of the practice must."""
    pieces = [piece for way in state.ways for part in way for piece in part.evidence]
    of_practice = any(part.evidence and part.part.scope is Scope.PRACTICE for way in state.ways for part in way)
    return of_practice and all(piece.verdict is Verdict.NOT_APPLICABLE for piece in pieces)


def _before(date: str, *, late: bool) -> str:
    return f"C’était à faire avant le {date}." if late else f"À faire avant le {date}."


def subject_of(proof: Evidence) -> str:
    """What was looked at; the name of the source when this version does not know it."""
    known = checks().get(proof.source)
    subject = known.texts.subject if known else proof.source
    return _capital(subject)


def how_seen(proof: Evidence, report: Report | None) -> str:
    """How a proof was taken."""
    if proof.kind is not Kind.PROBE:
        return _capital(proof.kind.label)
    return "Lu sur ce poste" if report and proof.subject == report.computer else "Lu sur un autre poste"


def how_proven(part: Part) -> str:
    """How a proof is to be taken."""
    if part.kind is not Kind.PROBE:
        return _capital(part.kind.label)
    return "Lu sur un poste du cabinet" if part.scope is Scope.PRACTICE else "Lu sur ce poste"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


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
