"""Check-ups made for the tests of the server: any verdict for any check, stored as real ones are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone

from hygie.agent.report import report_of
from hygie.catalogue.loader import catalogue
from hygie.evidence.model import Verdict
from hygie.server.checkups.services import begin, store_checkup
from hygie.server.practice.models import Practice
from hygie.server.practice.services import local_practice
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp, evidence_of
from hygie.workstation.facts.model import FactKey, Facts, Known, Reason, Unknown
from hygie.workstation.probe import Identity

COMPUTER = "0123456789abcdef"
READ = FactKey[list[str]]("volumes", "la liste des disques")
UNREAD = FactKey[str]("pare_feu", "les règles du pare-feu")
SENTENCES = {
    Verdict.OK: "Tout ce qui devait l’être est en place sur ce poste.",
    Verdict.TO_FIX: "La protection manque sur ce poste, et cela se voit.",
    Verdict.WATCH: "La protection est en place, mais un détail est à suivre.",
    Verdict.UNKNOWN: "Impossible de lire les règles du pare-feu : il faut les droits d’administrateur.",
    Verdict.NOT_APPLICABLE: "Sans objet : ce poste n’a pas de batterie.",
}


def practice() -> Practice:
    """The practice of this installation."""
    return local_practice(timezone.now())


def finding(check: str, verdict: Verdict) -> Finding:
    """What a check that judged so would have brought."""
    texts = checks()[check].texts
    return Finding(
        check=check,
        verdict=verdict,
        title=texts.title_ok if verdict is Verdict.OK else texts.title_fix,
        sentence=SENTENCES[verdict],
        observed="ouvert" if verdict is Verdict.TO_FIX else "",
        expected="fermé",
        facts=(READ.name, UNREAD.name),
        steps=next(iter(texts.steps.values())) if verdict is Verdict.TO_FIX else (),
        needs_admin=verdict is Verdict.UNKNOWN,
    )


def checkup(
    verdicts: Mapping[str, Verdict], at: datetime, *, computer: str = COMPUTER, elevated: bool = False
) -> CheckUp:
    """A check-up with these verdicts; the checks that are not named judge that all is well."""
    facts = Facts(
        {READ: Known(["sda1", "sda2"], "lsblk -J"), UNREAD: Unknown(Reason.RIGHTS, "nft list ruleset", "refusé")}
    )
    findings = tuple(finding(check, verdicts.get(check, Verdict.OK)) for check in checks())
    identity = Identity("linux", "medecin", 1000, "/home/medecin", elevated, computer, "poste-accueil")
    return CheckUp(identity, at, 842, facts, findings, ())


def store(
    verdicts: Mapping[str, Verdict] | None = None,
    at: datetime | None = None,
    *,
    owner: Practice | None = None,
    computer: str = COMPUTER,
) -> UUID:
    """Stores a check-up as the background work does, and gives its number."""
    at = at or datetime.now(UTC)
    owner = owner or practice()
    number = begin(owner.id, computer, at)
    assert number is not None
    seen = checkup(verdicts or {}, at, computer=computer)
    store_checkup(owner.id, number, report_of(seen), evidence_of(seen, catalogue(), str(owner.id)), at)
    return number


def first_checks(count: int) -> list[str]:
    """Some checks, whatever they are called."""
    return list(checks())[:count]
