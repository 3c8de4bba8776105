"""Verbs about the practice and its computers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hygie.server.practice.models import Computer, Practice


def local_practice(now: datetime) -> Practice:
    """The practice of this installation, made at its first call."""
    practice, _ = Practice.objects.get_or_create(local=True, defaults={"started_at": now})
    return practice


def hold(practice_id: UUID) -> None:
    """Makes every other writer of this practice wait until the transaction under way ends."""
    Practice.objects.select_for_update().get(pk=practice_id)


@transaction.atomic
def remember_computer(practice_id: UUID, key: str, *, name: str, system: str, seen_at: datetime) -> None:
    """Notes a computer of the practice, or its new name."""
    known = Computer.objects.of(practice_id).filter(key=key)
    if not known.update(name=name, system=system):
        Computer.objects.create(practice_id=practice_id, key=key, name=name, system=system, first_seen_at=seen_at)
