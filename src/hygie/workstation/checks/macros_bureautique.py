"""LibreOffice does not run the macros of documents that come from anywhere."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix, watch
from hygie.workstation.checks.words import count
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.office import OFFICE_MACROS
from hygie.workstation.facts.packages import PACKAGES, Package
from hygie.workstation.facts.system import DESKTOP

EXPECTED = "macros inconnues bloquées"
LEVELS = ("toutes exécutées", "sur demande", "élevé", "très élevé")
NAMES = {"libreoffice", "org.libreoffice.LibreOffice"}


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Levels 0 and 1 let an unknown macro run; trusted folders are to be followed."""
    del limits, now
    facts.value(DESKTOP)
    if not any(_is_office(package) for package in facts.value(PACKAGES)):
        return not_applicable("none", observed="pas de LibreOffice")
    macros = facts.value(OFFICE_MACROS)
    level = LEVELS[macros.level]
    if macros.disabled:
        return ok("disabled", observed="aucune exécutée", expected=EXPECTED)
    if macros.level < 2:
        return to_fix("low" if macros.level == 0 else "asks", observed=level, expected=EXPECTED)
    if macros.trusted_places:
        places = count(macros.trusted_places, "dossier")
        return watch("places", places=places, observed=f"{level}, {places} de confiance", expected=EXPECTED)
    return ok(observed=level, expected=EXPECTED)


def _is_office(package: Package) -> bool:
    return package.name in NAMES or package.name.startswith(("libreoffice-core", "libreoffice-writer"))
