"""Facts about backups: the traces that backup programs leave on the computer they protect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class BackupTrace:
    """What one program says of its last backup.

    ``last_at``: None when it never ran, though it was asked to. ``dated``: the program wrote that date itself; when
    False it is only the time of a file, which other commands change too. ``elsewhere``: the copy lies outside this
    computer's own disk; None when not told. ``data``: False when only the system is copied, not documents.
    """

    tool: str
    last_at: datetime | None
    dated: bool = True
    elsewhere: bool | None = None
    data: bool = True


BACKUPS = FactKey[tuple[BackupTrace, ...]]("backups", "les traces de sauvegarde")
