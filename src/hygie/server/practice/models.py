"""The tenant, and the computers it owns. The practice is part of every key, so that tables can be split by practice."""

from __future__ import annotations

import uuid

from django.db import models

from hygie.server.scoping import PracticeManager


class Practice(models.Model):
    """One practice. ``started_at``: when it began to use Hygie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, blank=True)
    local = models.BooleanField(default=False)
    started_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["local"], condition=models.Q(local=True), name="one_local_practice"),
        )

    def __str__(self) -> str:
        return self.name or "Mon cabinet"


class Computer(models.Model):
    """One computer of a practice; ``key`` is the identity the check-up gives it, which cannot be turned back."""

    pk = models.CompositePrimaryKey("practice_id", "key")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    system = models.CharField(max_length=20, blank=True)
    first_seen_at = models.DateTimeField()

    objects = PracticeManager["Computer"]()

    def __str__(self) -> str:
        return self.name or self.key
