"""Loads the catalogue from TOML and refuses what is wrong: one file a measure, one file a reference."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from hygie.catalogue.fields import CatalogueError, Table, load_folder, read_toml
from hygie.catalogue.model import (
    Catalogue,
    Danger,
    Kind,
    Level,
    Measure,
    Part,
    Reference,
    ReferenceItem,
    Theme,
    Way,
    Who,
)

HERE = Path(__file__).parent
SYSTEMS = ("all", "windows", "macos", "linux")
LONGEST_ATTESTATION_DAYS = 366  # mission: an attestation lives twelve months at most


def read_measure(path: Path) -> Measure:
    """One measure; CatalogueError names the file, the problem and the mend."""
    table = Table(path, read_toml(path))
    measure = Measure(
        id=table.text("id"),
        theme=table.choice("theme", Theme),
        title_in_place=table.text("title_in_place", most=120),
        title_to_do=table.text("title_to_do", most=120),
        why=table.text("why", most=400),
        protects_from=table.choices("protects_from", Danger),
        who=table.choice("who", Who),
        minutes=table.number("minutes", 1, 480),
        level=table.choice("level", Level),
        weight=table.number("weight", 1, 5),
        weight_reason=table.text("weight_reason", most=300),
        ways=tuple(_read_way(way) for way in table.tables("way")),
        also=table.texts("also", least=0),
        steps=_read_steps(table.table("steps")),
        references=table.table("references").lists(),
    )
    table.done()
    if measure.id != path.stem:
        raise table.error(f"l’identifiant « {measure.id} » diffère du nom du fichier.", f"nommez-le {measure.id}.toml.")
    if not measure.references:
        raise table.error("aucune référence.", "ajoutez au moins un texte sous [references].")
    return measure


def _read_way(table: Table) -> Way:
    parts = tuple(_read_part(part) for part in table.tables("part"))
    table.done()
    return Way(parts)


def _read_part(table: Table) -> Part:
    kind = table.choice("kind", Kind)
    part = Part(
        kind=kind,
        sources=table.texts("checks") if kind is Kind.PROBE else (table.text("id"),),
        valid_days=table.number("valid_days", 1, 3660),
        what=table.text("what", most=200),
        planned=table.flag("planned", default=False),
    )
    table.done()
    if kind is Kind.ATTESTATION and part.valid_days > LONGEST_ATTESTATION_DAYS:
        raise table.error("une déclaration vit douze mois au plus.", "mettez valid_days = 365.")
    return part


def _read_steps(table: Table) -> dict[str, tuple[str, ...]]:
    steps = table.lists()
    unknown = sorted(set(steps) - set(SYSTEMS))
    if unknown or not steps:
        raise table.error(f"systèmes inattendus : {', '.join(unknown) or 'aucun'}.", f"choisissez : {', '.join(SYSTEMS)}.")
    return steps


def read_reference(path: Path) -> Reference:
    """One published text and the ids of its items."""
    table = Table(path, read_toml(path))
    reference = Reference(
        id=table.text("id"),
        title=table.text("title"),
        publisher=table.text("publisher"),
        version=table.text("version"),
        url=table.text("url"),
        licence=table.text("licence"),
        checked_on=table.value("checked_on", date, "une date (AAAA-MM-JJ)"),
        verified=table.flag("verified", default=False),
        items=tuple(_read_item(item) for item in table.tables("item")),
    )
    table.done()
    if reference.id != path.stem:
        raise table.error(f"l’identifiant « {reference.id} » diffère du nom du fichier.", f"nommez-le {reference.id}.toml.")
    return reference


def _read_item(table: Table) -> ReferenceItem:
    item = ReferenceItem(table.text("id"), table.text("label", most=160), table.text("outside", default="", most=200))
    table.done()
    return item


def load(folder: Path = HERE) -> Catalogue:
    """The whole catalogue of ``folder`` (``measures/`` and ``references/``), cross-checked."""
    references: dict[str, Reference] = {}
    for reference in load_folder(folder / "references", read_reference):
        references[reference.id] = reference
    measures: dict[str, Measure] = {}
    for measure in load_folder(folder / "measures", read_measure):
        _refuse_unknown_references(folder / "measures" / f"{measure.id}.toml", measure, references)
        measures[measure.id] = measure
    if not measures:
        raise CatalogueError(folder, "aucune mesure.", "ajoutez un fichier dans measures/.")
    return Catalogue(measures, references)


def _refuse_unknown_references(path: Path, measure: Measure, references: dict[str, Reference]) -> None:
    for name, ids in measure.references.items():
        if name not in references:
            known = ", ".join(references) or "aucun"
            raise CatalogueError(path, f"texte de référence inconnu : « {name} ».", f"textes connus : {known}.")
        items = {item.id for item in references[name].items}
        missing = [item for item in ids if item not in items]
        if missing:
            where = f"references/{name}.toml"
            raise CatalogueError(path, f"« {', '.join(missing)} » n’existe pas dans {where}.", f"corrigez ou ajoutez-le dans {where}.")


@cache
def catalogue() -> Catalogue:
    """The catalogue shipped with Hygie, read once a process."""
    return load()
