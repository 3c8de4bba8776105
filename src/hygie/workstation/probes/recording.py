"""A recorded machine: every answer it gave, in a form that a person can read, write and send.

The format is described for volunteers in docs/enregistrement.md; ``files.py`` reads and writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hygie.workstation.probe import CommandOutput, FileStatus, Identity, Reading

FORMAT = 1


@dataclass(slots=True)
class Recording:
    """Answers by question. A question that is not here was never asked: it reads as Unknown(ABSENT)."""

    identity: Identity
    at: datetime
    title: str = ""
    runs: dict[tuple[str, ...], Reading[CommandOutput]] = field(default_factory=dict)
    files: dict[str, Reading[bytes]] = field(default_factory=dict)
    dirs: dict[str, Reading[tuple[str, ...]]] = field(default_factory=dict)
    stats: dict[str, Reading[FileStatus]] = field(default_factory=dict)
    registry: dict[tuple[str, str], Reading[str | int | bytes]] = field(default_factory=dict)
    wmi: dict[tuple[str, str], Reading[tuple[dict[str, Any], ...]]] = field(default_factory=dict)
    apis: dict[tuple[str | int, ...], Reading[Any]] = field(default_factory=dict)

    def over(self, base: Recording) -> Recording:
        """This recording laid over ``base``: what it does not answer is answered by the base."""
        return Recording(
            identity=self.identity,
            at=self.at,
            title=self.title,
            runs={**base.runs, **self.runs},
            files={**base.files, **self.files},
            dirs={**base.dirs, **self.dirs},
            stats={**base.stats, **self.stats},
            registry={**base.registry, **self.registry},
            wmi={**base.wmi, **self.wmi},
            apis={**base.apis, **self.apis},
        )

    def tables(self) -> tuple[dict[Any, Any], ...]:
        """Every table of answers, for whoever goes through them all."""
        return (self.runs, self.files, self.dirs, self.stats, self.registry, self.wmi, self.apis)
