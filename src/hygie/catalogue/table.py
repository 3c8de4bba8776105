"""The catalogue as a Markdown page: ``python -m hygie.catalogue.table > docs/catalogue.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Catalogue, Level, Measure, Part, Reference
from hygie.catalogue.typeset import typeset

LEVELS = {Level.INDISPENSABLE: "indispensable", Level.RECOMMENDED: "recommandée"}

INTRODUCTION = """\
# Les mesures de Hygie

Cette page est produite par `python -m hygie.catalogue.table` à partir de `src/hygie/catalogue/`.
Ne la modifiez pas à la main.

- **Niveau** : « indispensable » dit ce qui compte d’abord pour la sécurité du cabinet. « Recommandée » parle de
  priorité, jamais de droit : plusieurs mesures recommandées sont des obligations légales, et le disent.
- **Poids** : de 1 à 5, avec sa raison.
- **Preuve** : ce qui rend la mesure verte, et combien de jours. « ou » sépare deux façons de prouver, « et » ce
  qu’il faut ensemble. Une déclaration ne prouve rien : elle est montrée comme déclarée. « À venir » signale ce que
  Hygie ne sait pas encore lire.
"""

CROSSWALK = """\
## Correspondances

Pour chaque texte : ce que chaque point recouvre, dans nos mots, et les mesures qui y répondent. Un texte
« à vérifier » doit être relu à sa source avant d’être opposé à quiconque.
"""


def lines(whole: Catalogue) -> Iterator[str]:
    """The page, line by line."""
    measures = whole.measures.values()
    essential = sum(m.level is Level.INDISPENSABLE for m in measures)
    yield INTRODUCTION
    awaited = [f"`{m.id}`" for m in measures if all(any(part.planned for part in way.parts) for way in m.ways)]
    yield f"{len(measures)} mesures, dont {essential} indispensables.\n"
    yield f"Hygie ne sait pas encore lire une partie de la preuve de {len(awaited)} d’entre elles, qui ne peuvent donc"
    yield f"pas être prouvées aujourd’hui : {', '.join(awaited)}."
    for theme, group in whole.by_theme().items():
        yield f"\n## {theme.label}\n"
        yield from _rows(("Mesure", "Niveau", "Poids et raison", "Preuve et durée", "Textes"), map(_measure_row, group))
    yield f"\n{CROSSWALK}"
    for reference in whole.references.values():
        yield from _reference_lines(reference, whole)


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, tuple("---" for _ in head), *rows):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _measure_row(measure: Measure) -> tuple[str, ...]:
    return (
        f"**{measure.title_in_place}**<br>`{measure.id}`",
        LEVELS[measure.level],
        f"{measure.weight} : {measure.weight_reason}",
        "<br>**ou** ".join("<br>**et** ".join(_proof(part) for part in way.parts) for way in measure.ways),
        "<br>".join(f"{name} : {', '.join(items)}" for name, items in measure.references.items()),
    )


def _proof(part: Part) -> str:
    awaited = ", à venir" if part.planned else ""
    return f"{part.kind.label} ({part.valid_days} jours{awaited}) : {part.what}"


def _reference_lines(reference: Reference, whole: Catalogue) -> Iterator[str]:
    doubt = "" if reference.verified else " (à vérifier)"
    yield f"### {reference.title}{doubt}\n"
    yield f"`{reference.id}` · {reference.publisher} · {reference.version} · <{reference.url}> · {reference.licence}\n"
    yield from _rows(
        ("Point", "Sujet", "Mesures"),
        ((item.id, item.label, _answers(reference.id, item.id, whole) or item.outside) for item in reference.items),
    )
    yield ""


def _answers(reference: str, item: str, whole: Catalogue) -> str:
    return ", ".join(f"`{m.id}`" for m in whole.measures.values() if item in m.references.get(reference, ()))


def page(whole: Catalogue) -> str:
    """The whole page, ending with one line feed."""
    return typeset("\n".join(lines(whole))).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(catalogue()))
