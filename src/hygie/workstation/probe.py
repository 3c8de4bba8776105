"""The probe port: the only door through which collectors look at a machine.

Three implementations stand in ``probes/``: real, recording, replaying. A reading never raises: it is
a value, or ``Unknown`` with a reason. Nothing here knows what a value means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias, TypeVar

from hygie.workstation.facts.model import Unknown

T = TypeVar("T")
Reading: TypeAlias = T | Unknown

COMMAND_SECONDS = 5.0  # default time limit of one command
LARGEST_FILE = 4_000_000  # bytes; a larger file is refused, never half read


@dataclass(frozen=True, slots=True)
class CommandOutput:
    """What a command printed, as bytes, and its exit status. Empty output proves nothing."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        """Standard output as text; undecodable bytes are kept visible."""
        return self.stdout.decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class FileStatus:
    """What ``stat`` says: kind ("file", "dir", "other"), size in bytes, mode bits, owner, last change."""

    kind: str
    size: int
    mode: int
    uid: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """Who looks, and at what: the system, the person whose session is judged, and the rights held.

    ``user`` is the person at the keyboard, even when Hygie runs through sudo; ``home`` is theirs.
    """

    system: str
    user: str
    uid: int
    home: str
    elevated: bool
    computer: str
    host_name: str


class Probe(Protocol):
    """Everything a collector may ask of a machine."""

    @property
    def identity(self) -> Identity:
        """The machine, the person and the rights."""
        ...

    @property
    def now(self) -> datetime:
        """The moment of the reading (that of the recording when replaying), aware."""
        ...

    def run(
        self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS, as_user: bool = False
    ) -> Reading[CommandOutput]:
        """Runs a command without a shell, with LC_ALL=C and no input.

        ``as_user`` runs it as the person of the session when Hygie runs as root. Unknown: ABSENT when the
        program does not exist, TIMEOUT past ``seconds``, RIGHTS when it may not be run. A non-zero status is
        a value: the collector decides what it means.
        """
        ...

    def read_file(self, path: str, *, most: int = LARGEST_FILE) -> Reading[bytes]:
        """The whole file. Unknown: ABSENT, RIGHTS, or REFUSED when larger than ``most`` bytes."""
        ...

    def list_dir(self, path: str) -> Reading[tuple[str, ...]]:
        """Names in a folder, sorted. Unknown: ABSENT or RIGHTS."""
        ...

    def stat(self, path: str) -> Reading[FileStatus]:
        """What a path is (links followed). Unknown: ABSENT or RIGHTS."""
        ...

    def registry(self, key: str, name: str) -> Reading[str | int | bytes]:
        """A Windows registry value, e.g. ``HKLM\\SOFTWARE\\…``. ABSENT elsewhere."""
        ...

    def wmi(self, namespace: str, query: str) -> Reading[tuple[dict[str, Any], ...]]:
        """Rows of a WMI query. ABSENT elsewhere than on Windows."""
        ...

    def api(self, name: str, *args: str | int) -> Reading[Any]:
        """A documented system call by name (JSON-like answer). ABSENT where it does not exist."""
        ...
