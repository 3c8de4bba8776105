"""The replaying probe: answers from a recording, and never looks at this machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import COMMAND_SECONDS, LARGEST_FILE, CommandOutput, FileStatus, Identity, Reading
from hygie.workstation.probes.recording import Recording

K = TypeVar("K")
V = TypeVar("V")


class ReplayProbe:
    """Stands for the recorded machine, at the moment of the recording."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    @property
    def identity(self) -> Identity:
        """The recorded machine and person."""
        return self._recording.identity

    @property
    def now(self) -> datetime:
        """The moment of the recording."""
        return self._recording.at

    def run(
        self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS, as_user: bool = False
    ) -> Reading[CommandOutput]:
        """The recorded output, whoever ran it and however long it took."""
        return _answer(self._recording.runs, tuple(argv), " ".join(argv))

    def read_file(self, path: str, *, most: int = LARGEST_FILE) -> Reading[bytes]:
        """The recorded bytes."""
        return _answer(self._recording.files, path, path)

    def list_dir(self, path: str) -> Reading[tuple[str, ...]]:
        """The recorded names."""
        return _answer(self._recording.dirs, path, path)

    def stat(self, path: str) -> Reading[FileStatus]:
        """The recorded status."""
        return _answer(self._recording.stats, path, path)

    def registry(self, key: str, name: str) -> Reading[str | int | bytes]:
        """The recorded value."""
        return _answer(self._recording.registry, (key, name), f"{key}\\{name}")

    def wmi(self, namespace: str, query: str) -> Reading[tuple[dict[str, Any], ...]]:
        """The recorded rows."""
        return _answer(self._recording.wmi, (namespace, query), query)

    def api(self, name: str, *args: str | int) -> Reading[Any]:
        """The recorded answer."""
        return _answer(self._recording.apis, (name, *args), name)


def _answer(table: Mapping[K, Reading[V]], question: K, source: str) -> Reading[V]:
    return table.get(question, Unknown(Reason.ABSENT, source))
