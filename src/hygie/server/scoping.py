"""Rows of one practice, never of another: the only way to query a tenant table."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import models

M = TypeVar("M", bound=models.Model)


class PracticeManager(models.Manager[M]):
    """Manager of a table that belongs to practices. A test forbids any other entry than ``of`` and ``create``."""

    def of(self, practice_id: UUID) -> models.QuerySet[M]:
        """The rows of this practice."""
        return self.get_queryset().filter(practice_id=practice_id)
