"""Evidence and verdicts: what every room produces and what the judge alone reads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hygie.catalogue.model import Kind


class Verdict(StrEnum):
    """Outcome of a check, a drill, a document or an attestation.

    ``WATCH`` means that the protection is in place and something is to be followed: it never stands
    for "probably fine". ``UNKNOWN`` is never ok, and is also what "je ne sais pas" records.
    """

    OK = "ok"
    TO_FIX = "to_fix"
    WATCH = "watch"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """French words of the verdict, for screens."""
        return {
            Verdict.OK: "En ordre",
            Verdict.TO_FIX: "À corriger",
            Verdict.WATCH: "À surveiller",
            Verdict.UNKNOWN: "Non vérifiable",
            Verdict.NOT_APPLICABLE: "Sans objet",
        }[self]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One dated proof about one measure, brought by one source about one subject.

    ``source`` is the id of a check, drill, document or attestation, as named in the catalogue.
    ``subject`` is what was observed (a computer's id, or "" for the practice as a whole).
    ``since`` is when this verdict was first seen without interruption: due dates run from it.
    All dates are aware datetimes.
    """

    practice: str
    measure: str
    kind: Kind
    source: str
    subject: str
    verdict: Verdict
    observed_at: datetime
    expires_at: datetime
    since: datetime
    sentence: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the content, so that a changed proof is seen."""
        content = [
            self.practice,
            self.measure,
            self.kind,
            self.source,
            self.subject,
            self.verdict,
            self.observed_at.isoformat(),
            self.expires_at.isoformat(),
            self.sentence,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    @property
    def key(self) -> tuple[str, str, str]:
        """What a newer piece of evidence replaces: same measure, same source, same subject."""
        return (self.measure, self.source, self.subject)

    def current_at(self, now: datetime, tolerance: timedelta = timedelta(minutes=10)) -> bool:
        """True while the proof holds: not expired, and not dated in the future (a wrong clock proves nothing)."""
        return self.observed_at <= now + tolerance and now < self.expires_at
