"""Figures beside their budget, in French: on the terminal, and as the page docs/bench.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. ``most`` is its budget in the same unit; None where there is none."""

    what: str
    value: float
    unit: str
    most: float | None = None
    beside: str = ""

    @property
    def held(self) -> bool:
        """Whether the budget holds."""
        return self.most is None or self.value <= self.most

    def cells(self) -> list[str]:
        """The row as texts."""
        value = f"{number(self.value)} {self.unit}".strip()
        limit = "" if self.most is None else f"≤ {number(self.most)} {self.unit}".strip()
        return [self.what, value, limit and f"{limit} {'✓' if self.held else '✗'}", self.beside]


HEADS = ("mesure", "ici", "budget", "à côté")


def number(value: float) -> str:
    """Three figures at most, with a French comma."""
    decimals = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:.{decimals}f}".replace(".", ",")


def plain(title: str, rows: Sequence[Row]) -> str:
    """For a terminal."""
    table = [list(HEADS), *[row.cells() for row in rows]]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table]
    return "\n".join(["", title, *lines])


def markdown(title: str, rows: Sequence[Row]) -> str:
    """For the page."""
    lines = [f"## {title}", "", f"| {' | '.join(HEADS)} |", "|---|---:|---|---|"]
    return "\n".join([*lines, *[f"| {' | '.join(row.cells())} |" for row in rows], ""])
