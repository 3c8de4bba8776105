"""Facts about installed software, whatever brought it (osquery ``deb_packages``, ``rpm_packages``)."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class Package:
    """One installed piece of software: ``name`` as its source calls it, ``version`` ("" where the source has none).

    ``source``: "deb", "rpm", "flatpak" or "snap". ``held``: somebody asked that it is never updated.
    """

    name: str
    version: str
    source: str
    held: bool = False


PACKAGES = FactKey[tuple[Package, ...]]("packages", "la liste des logiciels installés")
"""Everything installed through a package manager. A programme copied by hand into a folder is not in it."""
