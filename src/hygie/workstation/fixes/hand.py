"""The hand port: the only door through which a correction changes a machine."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hygie.workstation.facts.model import Unknown
from hygie.workstation.probe import CommandOutput, Probe

COMMAND_SECONDS = 30.0


class HandError(Exception):
    """A change or a look failed; the message is French and says what."""


@dataclass(frozen=True, slots=True)
class FileState:
    """Everything that is put back of a file: its bytes, mode bits and owner."""

    data: bytes
    mode: int = 0o644
    uid: int = 0
    gid: int = 0


class Hand(Protocol):
    """What a correction may do. Each method raises HandError when it could not."""

    def run(self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS) -> CommandOutput:
        """Runs a command that must succeed, without a shell, with LC_ALL=C; returns what it printed."""
        ...

    def look(self, path: str) -> FileState | None:
        """The file as it is now; None when there is none."""
        ...

    def put(self, path: str, state: FileState) -> None:
        """Writes a whole file, in one go: a crash leaves the old one or the new one."""
        ...

    def remove(self, path: str) -> None:
        """Removes a file; no error when it is already gone."""
        ...


class RealHand:
    """Changes this very machine. Commands go through the probe, which knows where programs are and ends them."""

    def __init__(self, probe: Probe, folders: Mapping[str, Path] | None = None) -> None:
        """``folders`` moves paths for a rehearsal: {"/etc": Path("/tmp/essai/etc")}."""
        self._probe = probe
        self._folders = dict(folders or {})

    def run(self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS) -> CommandOutput:
        """See the port."""
        output = self._probe.run(argv, seconds=seconds)
        words = " ".join(argv)
        if isinstance(output, Unknown):
            raise HandError(f"la commande « {words} » n’a pas pu être lancée ({output.reason.label})")
        if output.status != 0:
            said = output.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["sans explication"]
            raise HandError(f"la commande « {words} » a échoué ({said[0][:200]})")
        return output

    def look(self, path: str) -> FileState | None:
        """See the port. A link is refused: what it points to belongs to somebody else."""
        place = self._place(path)
        try:
            found = place.lstat()
            if not stat.S_ISREG(found.st_mode):
                raise HandError(f"{path} n’est pas un fichier ordinaire")
            return FileState(place.read_bytes(), stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HandError(f"lecture de {path} impossible ({error.strerror})") from error

    def put(self, path: str, state: FileState) -> None:
        """See the port: a temporary file beside it, flushed to the disk, then renamed."""
        place = self._place(path)
        try:
            handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(state.data)
                    os.fchmod(file.fileno(), state.mode)
                    if os.geteuid() == 0:
                        os.fchown(file.fileno(), state.uid, state.gid)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(name, place)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
            sync_folder(place.parent)
        except OSError as error:
            raise HandError(f"écriture de {path} impossible ({error.strerror})") from error

    def remove(self, path: str) -> None:
        """See the port."""
        try:
            self._place(path).unlink(missing_ok=True)
            sync_folder(self._place(path).parent)
        except OSError as error:
            raise HandError(f"suppression de {path} impossible ({error.strerror})") from error

    def _place(self, path: str) -> Path:
        for prefix, folder in self._folders.items():
            if path.startswith(f"{prefix}/"):
                return folder / path.removeprefix(f"{prefix}/")
        return Path(path)


def sync_folder(folder: Path) -> None:
    """Makes a rename or a removal survive a power cut (fsync(2) of the folder itself)."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
