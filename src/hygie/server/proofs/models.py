"""Evidence about measures, kept as intervals: a verdict that lasts is one row, whatever the number of check-ups."""

from __future__ import annotations

import uuid

from django.db import models

from hygie.server.scoping import PracticeManager


class Proof(models.Model):
    """One verdict of one source about one measure and subject, from ``since`` to ``observed_at``, when last seen.

    ``current`` is True for the latest of its (measure, source, subject); older intervals are the history.
    """

    pk = models.CompositePrimaryKey("practice_id", "uuid")
    practice = models.ForeignKey("practice.Practice", on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    measure = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=80)
    subject = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=20)
    observed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    since = models.DateTimeField()
    sentence = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    current = models.BooleanField(default=True)

    objects = PracticeManager["Proof"]()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["practice", "measure", "source", "subject"],
                condition=models.Q(current=True),
                name="one_current_proof",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} / {self.source}: {self.verdict}"
