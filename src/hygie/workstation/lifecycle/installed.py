"""Which installed packages the end-of-life table can speak of.

What comes from the distribution is not looked at: its maker mends old versions as long as the system itself is
supported. Only what its author alone keeps alive is: packages of the authors themselves, and what nobody mends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hygie.workstation.facts.packages import Package

_RETIRED = {
    "adobe-flashplugin": "adobe-flash",
    "flashplugin-installer": "adobe-flash",
    "flash-plugin": "adobe-flash",
    "acroread": "adobe-reader-linux",
    "adobereader-enu": "adobe-reader-linux",
    "AdobeReader_enu": "adobe-reader-linux",
    "skypeforlinux": "skype",
    "skype": "skype",
    "com.skype.Client": "skype",
}
# "libreoffice24.8-base": the packages of The Document Foundation carry the version in their name.
_LIBREOFFICE = re.compile(r"libreoffice(\d+\.\d+)(?:-.+)?")
# "postgresql-13" whose version ends in ".pgdg120+1": the packages of the PostgreSQL project.
_POSTGRESQL = re.compile(r"postgresql-?(\d+)(?:-server)?")


def tracked(packages: Iterable[Package]) -> list[tuple[str, str]]:
    """(product, version) of the table for what is installed, once each, in order."""
    found = {known for package in packages if (known := _known(package)) is not None}
    return sorted(found)


def _known(package: Package) -> tuple[str, str] | None:
    if package.name in _RETIRED:
        return _RETIRED[package.name], "all"
    office = _LIBREOFFICE.fullmatch(package.name)
    if office and package.source in {"deb", "rpm"}:
        return "libreoffice", office[1]
    database = _POSTGRESQL.fullmatch(package.name)
    if database and "pgdg" in package.version.lower():
        return "postgresql", database[1]
    return None
