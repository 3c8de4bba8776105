"""The recorded machines as a Markdown page: ``python -m tests.machines.table > docs/machines.md``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from hygie.catalogue.typeset import typeset
from hygie.evidence.model import Verdict
from tests.machines.cases import Case, Gap, cases, gaps

MOST_NAMED = 12

INTRODUCTION = """\
# Les machines enregistrées

Cette page est produite par `python -m tests.machines.table` à partir de `tests/machines/`.
Ne la modifiez pas à la main.

Chaque ligne est un ordinateur enregistré réponse par réponse, et jugé à chaque passage des tests. Le verdict
attendu de **chaque** contrôle est écrit d’avance dans son fichier `expected.toml`. Un piège est bâti sur une machine
saine : seules changent les réponses qui le font.

- **Faux vert** : « en ordre » ou « à surveiller » là où quelque chose est à corriger ou ne peut pas être vérifié. C’est
  le pire défaut de Hygie.
- **Faux rouge** : « à corriger » sans raison.

Les machines saines et leurs pièges sont inventés et écrits à la main. Les machines réelles ont été installées et
démarrées pour les essais, puis enregistrées par Hygie : [ce qui a été prouvé, et où](preuves.md). Elles ne remplacent
pas de vrais postes de cabinet, et chacun peut en [enregistrer un](enregistrement.md).
"""


def page() -> str:
    """The whole page."""
    return typeset("\n".join(lines())) + "\n"


def lines() -> Iterator[str]:
    """The page, line by line."""
    found = [gap for case in cases() for gap in gaps(case.id)]
    healthy, traps = [c for c in cases() if c.healthy], [c for c in cases() if c.like]
    yield INTRODUCTION
    yield from _rows(("Machines", "Verdicts comparés", "Faux verts", "Faux rouges", "Autres écarts"), [_totals(found)])
    yield "\n## Les machines saines\n"
    head = ("Machine", "Ce qu’elle a de particulier", *(verdict.label for verdict in Verdict))
    yield from _rows(head, ((f"`{c.id}`", c.title, *_counts(c)) for c in healthy))
    yield "\n## Les machines réelles\n"
    yield from _rows(head, ((f"`{c.id}`", c.title, *_counts(c)) for c in cases() if c.real))
    for base in healthy:
        yield f"\n## Les pièges bâtis sur `{base.id}`\n"
        rows = (_trap_row(trap) for trap in traps if trap.like == base.id)
        yield from _rows(("Piège", "Ce qu’il a de particulier", "Ce qui trompe", "Ce que Hygie doit dire"), rows)


def _totals(found: list[Gap]) -> tuple[str, ...]:
    greens, reds = sum(gap.false_green for gap in found), sum(gap.false_red for gap in found)
    verdicts = sum(len(case.expected) for case in cases())
    numbers = (len(cases()), verdicts, greens, reds, len(found) - greens - reds)
    return tuple(str(number) for number in numbers)


def _counts(case: Case) -> tuple[str, ...]:
    counted = Counter(case.expected.values())
    return tuple(str(counted[verdict]) for verdict in Verdict)


def _trap_row(trap: Case) -> tuple[str, ...]:
    by_verdict: dict[Verdict, list[str]] = {}
    for check, verdict in trap.differing.items():
        by_verdict.setdefault(verdict, []).append(f"`{check}`")
    said = "<br>".join(f"**{verdict.label}** : {_named(names)}" for verdict, names in by_verdict.items())
    return f"`{trap.id}`", trap.title, trap.fools or "–", said or "La même chose que de la machine saine"


def _named(checks: list[str]) -> str:
    """The checks; only their number where the whole machine is in doubt."""
    return ", ".join(checks) if len(checks) <= MOST_NAMED else f"{len(checks)} contrôles"


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, tuple("---" for _ in head), *rows):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
