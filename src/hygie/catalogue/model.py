"""What a measure is: the vocabulary shared by every room.

A measure says what a safe practice has, and what would prove it. It never says how well a given
practice does: that is the judge's work (``hygie.evidence``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Theme(StrEnum):
    """The themes of the catalogue, in the order of the screens."""

    PREMISES = "locaux"
    WORKSTATIONS = "postes"
    ACCESS = "acces"
    EXCHANGES = "messagerie"
    CONTINUITY = "sauvegarde"
    INCIDENT = "incident"
    PRIVACY = "donnees"
    ORGANISATION = "organisation"

    @property
    def label(self) -> str:
        """French title shown on screens."""
        return _THEME_TITLES[self]


_THEME_TITLES = {
    Theme.PREMISES: "Locaux et matériel",
    Theme.WORKSTATIONS: "Postes de travail",
    Theme.ACCESS: "Accès et identités",
    Theme.EXCHANGES: "Messagerie et échanges",
    Theme.CONTINUITY: "Sauvegarde et continuité",
    Theme.INCIDENT: "Incident",
    Theme.PRIVACY: "Données personnelles",
    Theme.ORGANISATION: "Organisation",
}


class Kind(StrEnum):
    """Kinds of proof, strongest first. An attestation is only ever *declared*."""

    PROBE = "probe"
    DRILL = "drill"
    DOCUMENT = "document"
    ATTESTATION = "attestation"

    @property
    def label(self) -> str:
        """French name of the kind of proof."""
        return {
            Kind.PROBE: "lu sur une machine",
            Kind.DRILL: "exercice réussi",
            Kind.DOCUMENT: "document daté",
            Kind.ATTESTATION: "déclaration",
        }[self]


class Level(StrEnum):
    """Indispensable measures come first in the score and in the plan."""

    INDISPENSABLE = "indispensable"
    RECOMMENDED = "recommandee"


class Who(StrEnum):
    """Who usually carries the measure out."""

    OWNER = "titulaire"
    SECRETARY = "secretariat"
    PROVIDER = "prestataire"
    EVERYONE = "tous"

    @property
    def label(self) -> str:
        """French words for the person."""
        return {
            Who.OWNER: "vous",
            Who.SECRETARY: "le secrétariat",
            Who.PROVIDER: "votre prestataire informatique",
            Who.EVERYONE: "toute l’équipe",
        }[self]


class Danger(StrEnum):
    """What a practice risks: used in texts and in the order of priorities."""

    STOP = "arret-activite"
    LOSS = "perte-donnees"
    ALTERATION = "alteration-donnees"
    DISCLOSURE = "divulgation"
    FRAUD = "fraude"
    TRUST = "confiance"
    SANCTION = "sanction"

    @property
    def label(self) -> str:
        """French words for the danger."""
        return {
            Danger.STOP: "l’arrêt de l’activité",
            Danger.LOSS: "la perte de données",
            Danger.ALTERATION: "des données faussées",
            Danger.DISCLOSURE: "la divulgation de données de patients",
            Danger.FRAUD: "la fraude",
            Danger.TRUST: "la perte de confiance des patients",
            Danger.SANCTION: "une sanction",
        }[self]


class Scope(StrEnum):
    """Whom a machine proof speaks for.

    ``WORKSTATION``: each computer answers for itself; one that is not concerned is left out.
    ``PRACTICE``: some computer must prove it for all; when none is concerned, nothing is proven.
    """

    WORKSTATION = "poste"
    PRACTICE = "cabinet"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of proof that a way of proving asks for.

    ``sources`` names what can bring it: check ids for a probe, one id for a drill, document or
    attestation. All of them are needed. ``planned`` says that no part of Hygie can bring it yet:
    screens say so instead of asking the impossible.
    """

    kind: Kind
    sources: tuple[str, ...]
    valid_days: int
    what: str
    planned: bool = False
    scope: Scope = Scope.WORKSTATION


@dataclass(frozen=True, slots=True)
class Way:
    """One sufficient way of proving a measure: every part is needed."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the catalogue; texts are French, read by a secretary.

    ``also`` names checks shown with the measure without deciding it: when one of them finds a
    fault, the measure stays in place *with a reserve* and the fault enters the plan.
    """

    id: str
    theme: Theme
    title_in_place: str
    title_to_do: str
    why: str
    protects_from: tuple[Danger, ...]
    who: Who
    minutes: int
    level: Level
    weight: int
    weight_reason: str
    ways: tuple[Way, ...]
    also: tuple[str, ...] = ()
    steps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def steps_for(self, system: str) -> tuple[str, ...]:
        """Steps for ``system`` ("linux", "windows", "macos"), or the common ones."""
        return self.steps.get(system) or self.steps.get("all", ())

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every way, in order."""
        return tuple(part for way in self.ways for part in way.parts)


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """One rule, sheet, question or article of a published text; the label is our own words."""

    id: str
    label: str
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A published text that measures point to. ``verified`` is False for what must be re-read at its source."""

    id: str
    title: str
    publisher: str
    version: str
    url: str
    licence: str
    checked_on: date
    verified: bool
    items: tuple[ReferenceItem, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All measures and all references, cross-checked by the loader."""

    measures: dict[str, Measure]
    references: dict[str, Reference]

    def by_theme(self) -> dict[Theme, list[Measure]]:
        """Measures grouped by theme, in the order of the screens."""
        groups: dict[Theme, list[Measure]] = {theme: [] for theme in Theme}
        for measure in self.measures.values():
            groups[measure.theme].append(measure)
        return groups

    def measures_of_source(self, source: str) -> list[Measure]:
        """Measures that the given check, drill, document or attestation decides or informs."""
        return [m for m in self.measures.values() if source in m.also or any(source in p.sources for p in m.parts)]
