"""The recording probe: looks at the machine through another probe and keeps what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hygie.workstation.probe import COMMAND_SECONDS, LARGEST_FILE, CommandOutput, FileStatus, Identity, Probe, Reading
from hygie.workstation.probes.recording import Recording


class RecordingProbe:
    """Passes every question on and keeps the answer. Nothing is anonymised here: see ``anonymise``."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self.recording = Recording(probe.identity, probe.now)

    @property
    def identity(self) -> Identity:
        """Of the machine looked at."""
        return self._probe.identity

    @property
    def now(self) -> datetime:
        """Of the look."""
        return self._probe.now

    def run(
        self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS, as_user: bool = False
    ) -> Reading[CommandOutput]:
        """Kept under the exact command."""
        answer = self._probe.run(argv, seconds=seconds, as_user=as_user)
        self.recording.runs[tuple(argv)] = answer
        return answer

    def read_file(self, path: str, *, most: int = LARGEST_FILE) -> Reading[bytes]:
        """Kept under its path."""
        answer = self.recording.files[path] = self._probe.read_file(path, most=most)
        return answer

    def list_dir(self, path: str) -> Reading[tuple[str, ...]]:
        """Kept under its path."""
        answer = self.recording.dirs[path] = self._probe.list_dir(path)
        return answer

    def stat(self, path: str) -> Reading[FileStatus]:
        """Kept under its path."""
        answer = self.recording.stats[path] = self._probe.stat(path)
        return answer

    def registry(self, key: str, name: str) -> Reading[str | int | bytes]:
        """Kept under key and name."""
        answer = self.recording.registry[key, name] = self._probe.registry(key, name)
        return answer

    def wmi(self, namespace: str, query: str) -> Reading[tuple[dict[str, Any], ...]]:
        """Kept under namespace and query."""
        answer = self.recording.wmi[namespace, query] = self._probe.wmi(namespace, query)
        return answer

    def api(self, name: str, *args: str | int) -> Reading[Any]:
        """Kept under name and arguments."""
        answer = self.recording.apis[(name, *args)] = self._probe.api(name, *args)
        return answer
