"""A check-up of one computer, and the whole report it brought."""

from __future__ import annotations

import uuid

from django.db import models

from hygie.server.scoping import PracticeManager


class State(models.TextChoices):
    """Where a check-up stands. One that did not end is said so: it proves nothing."""

    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    INTERRUPTED = "interrupted", "interrompu"


class CheckUp(models.Model):
    """One look at one computer.

    ``report`` is the JSON of ``hygie verifier --json`` ({} until done); ``verdicts`` is {check: verdict}, what the
    history compares without reading whole reports.
    """

    pk = models.CompositePrimaryKey("practice_id", "uuid")
    practice = models.ForeignKey("practice.Practice", on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    computer = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict)

    objects = PracticeManager["CheckUp"]()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["practice", "computer"],
                condition=models.Q(state="running"),
                name="one_checkup_at_a_time",
            ),
        )
        indexes = (models.Index(fields=["practice", "-started_at"], name="checkups_newest_first"),)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def is_running(self) -> bool:
        """Under way."""
        return self.state == State.RUNNING

    @property
    def is_interrupted(self) -> bool:
        """Stopped before its end."""
        return self.state == State.INTERRUPTED
