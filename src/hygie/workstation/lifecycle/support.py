"""What the table says of one version on one day. Pure; an unknown version is never "ended"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

SOON = timedelta(days=90)  # time to prepare a change of version without haste


class State(Enum):
    """Where a version stands in its life."""

    SUPPORTED = "supported"
    ENDING_SOON = "ending_soon"
    EXTENDED = "extended"  # ordinary support is over, a longer one runs (see Product.extension)
    ENDED = "ended"
    NEWER = "newer"  # more recent than every row: the table must be refreshed before anything is said
    UNKNOWN = "unknown"  # between two rows, or a product that is not in the table


@dataclass(frozen=True, slots=True)
class Release:
    """One row. ``ends`` None: no date was announced and the version was supported on the day of the table."""

    version: str
    name: str
    ends: date | None = None
    extended: date | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A system or a programme. ``extension_automatic``: the longer support comes without asking for it."""

    name: str
    source: str
    releases: tuple[Release, ...]
    extension: str = ""
    extension_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """The answer: a state, the name to show, the last days of both supports (None where no day is known)."""

    state: State
    name: str
    ends: date | None = None
    extended: date | None = None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The whole table, read on ``checked_on``."""

    checked_on: date
    products: dict[str, Product]

    def support(self, product: str, version: str, today: date) -> Support:
        """State of ``version`` ("12", "24.04") of ``product`` ("debian") on ``today``."""
        known = self.products.get(product)
        if known is None or not version:
            return Support(State.UNKNOWN, f"{product} {version}".strip())
        release = next((row for row in known.releases if row.version == version), None)
        if release is not None:
            return _of_release(release, today)
        return Support(_beyond(known, _order(version)), f"{known.name} {version}")

    def age(self, today: date) -> timedelta:
        """How long ago the table was read; negative when the clock of this computer is wrong."""
        return today - self.checked_on


def _beyond(product: Product, order: tuple[int, ...]) -> State:
    """A version without a row: older than all rows is out of support, anything else is not known."""
    if order and order < _order(product.releases[-1].version):
        return State.ENDED
    return State.NEWER if order > _order(product.releases[0].version) else State.UNKNOWN


def _of_release(release: Release, today: date) -> Support:
    return Support(_state(release, today), release.name, release.ends, release.extended)


def _state(release: Release, today: date) -> State:
    if release.ends is None:
        return State.SUPPORTED
    if today <= release.ends:
        return State.ENDING_SOON if release.ends - today <= SOON else State.SUPPORTED
    return State.EXTENDED if release.extended is not None and today <= release.extended else State.ENDED


def _order(version: str) -> tuple[int, ...]:
    """Numbers of a version, for comparing; empty when it does not start with one."""
    return tuple(int(part) for part in re.findall(r"\d+", version)) if version[:1].isdigit() else ()
