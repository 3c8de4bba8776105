"""Refuses files that are each right alone and contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from hygie.catalogue.fields import CatalogueError
from hygie.catalogue.model import Kind, Measure, Part, Reference


def cross_check(folder: Path, measures: Iterable[Measure], references: Mapping[str, Reference]) -> None:
    """CatalogueError on an unknown reference, and on a source that contradicts itself between measures.

    ``folder`` is that of the catalogue, for the messages. Evidence is matched to a part by its kind and its
    source: a source of two kinds would leave one of its measures without proof for ever.
    """
    measures = list(measures)
    for measure in measures:
        _refuse_unknown_references(_file(folder, measure), measure, references)
    first: dict[str, tuple[Measure, Part]] = {}
    for measure in measures:
        for part in measure.parts:
            for source in part.sources:
                other, known = first.setdefault(source, (measure, part))
                _refuse_two_meanings(_file(folder, measure), source, part, known, other.id)
    for measure in measures:
        for check in measure.also:
            if check in first:
                other, known = first[check]
                _refuse_other_than_check(_file(folder, measure), check, known, other.id)


def _file(folder: Path, measure: Measure) -> Path:
    return folder / "measures" / f"{measure.id}.toml"


def _refuse_unknown_references(path: Path, measure: Measure, references: Mapping[str, Reference]) -> None:
    for name, ids in measure.references.items():
        if name not in references:
            known = ", ".join(references) or "aucun"
            raise CatalogueError(path, f"texte de référence inconnu : « {name} ».", f"textes connus : {known}.")
        items = {item.id for item in references[name].items}
        missing = [item for item in ids if item not in items]
        if missing:
            where = f"references/{name}.toml"
            problem = f"« {', '.join(missing)} » n’existe pas dans {where}."
            raise CatalogueError(path, problem, f"corrigez ou ajoutez-le dans {where}.")


def _refuse_two_meanings(path: Path, source: str, part: Part, known: Part, other: str) -> None:
    if part.kind is not known.kind:
        problem = f"« {source} » est « {part.kind} » ici et « {known.kind} » dans {other}.toml."
        raise CatalogueError(path, problem, "donnez un autre identifiant à l’une des deux preuves.")
    if part.planned is not known.planned:
        problem = f"« {source} » n’a pas le même planned ici et dans {other}.toml."
        raise CatalogueError(path, problem, "écrivez planned de la même façon aux deux endroits.")


def _refuse_other_than_check(path: Path, check: str, known: Part, other: str) -> None:
    if known.kind is not Kind.PROBE or known.planned:
        problem = f"« {check} », dans also, n’est pas un contrôle disponible (voir {other}.toml)."
        raise CatalogueError(path, problem, "ne mettez dans also que des contrôles qui existent.")
