"""Verbs about evidence: keep it, and give it to the judge."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from hygie.catalogue.model import Kind
from hygie.evidence.model import Evidence, Verdict
from hygie.server.proofs.models import Proof

SEEN_AGAIN = ("kind", "observed_at", "expires_at", "since", "sentence", "digest")
Key = tuple[str, str, str]


@transaction.atomic
def record(practice_id: UUID, evidence: Iterable[Evidence], unread: Collection[str] = ()) -> None:
    """Keeps the evidence. What was received last is the truth; ``since`` is carried over while the verdict lasts.

    ``unread``: sources that rights alone kept from looking. Nobody looked, so what an earlier look proved (or found
    wrong) stands until its own end; without an earlier look, it is unknown.
    """
    newest: dict[Key, Evidence] = {piece.key: piece for piece in evidence}
    known = _current(practice_id, newest.values())
    for key in [key for key, row in known.items() if key[1] in unread and row.expires_at > newest[key].observed_at]:
        del newest[key], known[key]
    lasting = {key: row for key, row in known.items() if row.verdict == newest[key].verdict}
    ended = [row.uuid for key, row in known.items() if key not in lasting]
    Proof.objects.of(practice_id).filter(uuid__in=ended).update(current=False)
    for key, row in lasting.items():
        _fill(row, replace(newest[key], since=min(row.since, newest[key].observed_at)))
    Proof.objects.of(practice_id).bulk_update(lasting.values(), SEEN_AGAIN, batch_size=100)
    fresh = [_fill(Proof(practice_id=practice_id), piece) for key, piece in newest.items() if key not in lasting]
    Proof.objects.of(practice_id).bulk_create(fresh)


def evidence_of(practice_id: UUID) -> list[Evidence]:
    """The current evidence of a practice, for the judge. A kind or a verdict this version does not know is left out."""
    rows = Proof.objects.of(practice_id).filter(current=True)
    return [_evidence(row) for row in rows if row.kind in set(Kind) and row.verdict in set(Verdict)]


def _current(practice_id: UUID, evidence: Iterable[Evidence]) -> dict[Key, Proof]:
    wanted = {piece.key for piece in evidence}
    rows = Proof.objects.of(practice_id).filter(current=True, subject__in={subject for _, _, subject in wanted})
    found = {(row.measure, row.source, row.subject): row for row in rows}
    return {key: row for key, row in found.items() if key in wanted}


def _fill(row: Proof, piece: Evidence) -> Proof:
    row.measure, row.source, row.subject = piece.key
    row.kind, row.verdict, row.sentence = piece.kind.value, piece.verdict.value, piece.sentence
    row.observed_at, row.expires_at, row.since = piece.observed_at, piece.expires_at, piece.since
    row.digest = piece.digest
    return row


def _evidence(row: Proof) -> Evidence:
    return Evidence(
        practice=str(row.practice_id),
        measure=row.measure,
        kind=Kind(row.kind),
        source=row.source,
        subject=row.subject,
        verdict=Verdict(row.verdict),
        observed_at=row.observed_at,
        expires_at=row.expires_at,
        since=row.since,
        sentence=row.sentence,
    )
