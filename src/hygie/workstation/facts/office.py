"""Facts about office software: what it does of the macros that documents carry."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class Macros:
    """LibreOffice: ``level`` 0 runs every macro, 1 asks, 2 only runs signed or trusted ones, 3 only trusted places.

    ``disabled``: macros never run. ``trusted_places``: folders whose documents run their macros without a question.
    """

    level: int
    disabled: bool
    trusted_places: int


OFFICE_MACROS = FactKey[Macros]("office_macros", "le réglage des macros de LibreOffice")
