"""Loads the catalogue from TOML and refuses what is wrong: one file a measure, one file a reference."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from hygie.catalogue.crosscheck import cross_check
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
    Scope,
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
        id=table.slug("id"),
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
        also=table.slugs("also", least=0),
        steps=_read_steps(table.table("steps")),
        references=table.table("references").lists(),
    )
    table.done()
    _refuse_other_name(table, measure.id, path)
    if not measure.references:
        raise table.error("aucune référence.", "ajoutez au moins un texte sous [references].")
    both = sorted(set(measure.also) & {source for part in measure.parts for source in part.sources})
    if both:
        raise table.error(f"« {both[0]} » décide déjà de la mesure.", "retirez-le de also.")
    return measure


def _refuse_other_name(table: Table, name: str, path: Path) -> None:
    if name != path.stem:
        raise table.error(f"l’identifiant « {name} » diffère du nom du fichier.", f"nommez-le {name}.toml.")


def _read_way(table: Table) -> Way:
    parts = tuple(_read_part(part) for part in table.tables("part"))
    table.done()
    sources = [source for part in parts for source in part.sources]
    for source in sources:
        if sources.count(source) > 1:
            raise table.error(f"« {source} » est demandé deux fois.", "gardez-le dans une seule partie.")
    return Way(parts)


def _read_part(table: Table) -> Part:
    kind = table.choice("kind", Kind)
    part = Part(
        kind=kind,
        sources=table.slugs("checks") if kind is Kind.PROBE else (table.slug("id"),),
        valid_days=table.number("valid_days", 1, 3660),
        what=table.text("what", most=200),
        planned=table.flag("planned", default=False),
        scope=table.choice("scope", Scope, default=Scope.WORKSTATION),
    )
    table.done()
    if kind is Kind.ATTESTATION and part.valid_days > LONGEST_ATTESTATION_DAYS:
        raise table.error("une déclaration vit douze mois au plus.", "mettez valid_days = 365.")
    if part.planned and kind is not Kind.PROBE:
        problem = "seule une preuve lue sur une machine peut attendre Hygie."
        raise table.error(problem, "retirez planned : les autres preuves se demandent dès maintenant.")
    return part


def _read_steps(table: Table) -> dict[str, tuple[str, ...]]:
    steps = table.lists()
    unknown = sorted(set(steps) - set(SYSTEMS))
    if unknown:
        raise table.error(f"systèmes inattendus : {', '.join(unknown)}.", f"choisissez : {', '.join(SYSTEMS)}.")
    if "all" not in steps:
        raise table.error(
            "aucune marche à suivre commune.", "ajoutez all = […], lu quand le système n’a pas la sienne."
        )
    return steps


def read_reference(path: Path) -> Reference:
    """One published text and the ids of its items."""
    table = Table(path, read_toml(path))
    reference = Reference(
        id=table.slug("id"),
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
    _refuse_other_name(table, reference.id, path)
    ids = [item.id for item in reference.items]
    for item_id in ids:
        if ids.count(item_id) > 1:
            raise table.error(f"« {item_id} » figure deux fois.", "gardez un seul [[item]] par identifiant.")
    return reference


def _read_item(table: Table) -> ReferenceItem:
    item = ReferenceItem(table.text("id"), table.text("label", most=160), table.text("outside", default="", most=200))
    table.done()
    return item


def load(folder: Path = HERE) -> Catalogue:
    """The whole catalogue of ``folder`` (``measures/`` and ``references/``), cross-checked."""
    references: dict[str, Reference] = {r.id: r for r in load_folder(folder / "references", read_reference)}
    measures: dict[str, Measure] = {m.id: m for m in load_folder(folder / "measures", read_measure)}
    if not measures:
        raise CatalogueError(folder, "aucune mesure.", "ajoutez un fichier dans measures/.")
    cross_check(folder, measures.values(), references)
    return Catalogue(measures, references)


@cache
def catalogue() -> Catalogue:
    """The catalogue shipped with Hygie, read once a process."""
    return load()
