"""The real probe for Linux (and the base for the other systems): commands, files, folders."""

from __future__ import annotations

import errno
import os
import shutil
import stat as stat_module
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import COMMAND_SECONDS, LARGEST_FILE, CommandOutput, FileStatus, Identity, Reading
from hygie.workstation.probes.output import output_of
from hygie.workstation.probes.who import identity_of_this_computer

# An ordinary user's PATH lacks the sbin folders on Debian, where nft, ufw and smartctl live.
SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class RealProbe:
    """Looks at this very machine. Never raises; never hangs longer than it was told."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._identity = identity_of_this_computer()
        self._now = clock()

    @property
    def identity(self) -> Identity:
        """The machine, the person and the rights."""
        return self._identity

    @property
    def now(self) -> datetime:
        """When this probe was made: one moment for the whole check-up."""
        return self._now

    def run(
        self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS, as_user: bool = False
    ) -> Reading[CommandOutput]:
        """See the port. The whole process group is killed when the time is over."""
        source = " ".join(argv)
        try:
            program = shutil.which(argv[0], path=SEARCH_PATH)
            if program is None:
                return self._no_program(argv[0], source)
            drop = self._session_user_options() if as_user else {}
            process = subprocess.Popen(
                [program, *argv[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment(as_user=as_user),
                cwd="/",
                start_new_session=True,
                **drop,
            )
        except PermissionError:
            return Unknown(Reason.RIGHTS, source)
        except (OSError, ValueError, KeyError) as error:  # a word with a NUL; a person without an account any more
            return Unknown(Reason.REFUSED, source, type(error).__name__)
        return output_of(process, seconds, source)

    def _no_program(self, name: str, source: str) -> Unknown:
        """Not installed, or there and closed to this person: not the same answer."""
        if shutil.which(name, mode=os.F_OK, path=SEARCH_PATH) is None:
            return Unknown(Reason.ABSENT, source, f"le programme {name} n’est pas installé")
        reason = Reason.REFUSED if self._identity.elevated else Reason.RIGHTS
        return Unknown(reason, source, f"le programme {name} ne peut pas être lancé")

    def _session_user_options(self) -> dict[str, Any]:
        """Popen options that give up root for the person of the session."""
        if sys.platform == "win32" or os.geteuid() != 0 or self._identity.uid == 0:
            return {}
        import pwd

        group = pwd.getpwuid(self._identity.uid).pw_gid
        return {"user": self._identity.uid, "group": group, "extra_groups": []}

    def _environment(self, *, as_user: bool) -> dict[str, str]:
        home = self._identity.home if as_user else os.environ.get("HOME", "/")
        kept = {
            name: os.environ[name]
            for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
            if name in os.environ
        }
        return {**kept, "PATH": SEARCH_PATH, "LC_ALL": "C", "LANG": "C", "HOME": home, "TZ": "UTC"}

    def read_file(self, path: str, *, most: int = LARGEST_FILE) -> Reading[bytes]:
        """See the port. Devices and pipes are refused: reading them could last for ever."""
        try:
            if not stat_module.S_ISREG(os.stat(path).st_mode):
                return Unknown(Reason.REFUSED, path, "ce n’est pas un fichier ordinaire")
            with open(path, "rb") as file:
                data = file.read(most + 1)
        except (OSError, ValueError) as error:
            return _unknown_of(error, path)
        if len(data) > most:
            return Unknown(Reason.REFUSED, path, f"fichier de plus de {most} octets")
        return data

    def list_dir(self, path: str) -> Reading[tuple[str, ...]]:
        """See the port."""
        try:
            return tuple(sorted(os.listdir(path)))
        except (OSError, ValueError) as error:
            return _unknown_of(error, path)

    def stat(self, path: str) -> Reading[FileStatus]:
        """See the port."""
        try:
            found = Path(path).stat()
        except (OSError, ValueError) as error:
            return _unknown_of(error, path)
        kind = (
            "file" if stat_module.S_ISREG(found.st_mode) else "dir" if stat_module.S_ISDIR(found.st_mode) else "other"
        )
        modified = datetime.fromtimestamp(found.st_mtime, UTC)
        return FileStatus(kind, found.st_size, stat_module.S_IMODE(found.st_mode), found.st_uid, modified)

    def registry(self, key: str, name: str) -> Reading[str | int | bytes]:
        """No registry here."""
        return Unknown(Reason.ABSENT, f"{key}\\{name}", "ce poste n’est pas sous Windows")

    def wmi(self, namespace: str, query: str) -> Reading[tuple[dict[str, Any], ...]]:
        """No WMI here."""
        return Unknown(Reason.ABSENT, f"{namespace}: {query}", "ce poste n’est pas sous Windows")

    def api(self, name: str, *args: str | int) -> Reading[Any]:
        """No named system call is needed on Linux: files and commands say everything."""
        return Unknown(Reason.ABSENT, name, "appel inconnu sur ce système")


def _unknown_of(error: OSError | ValueError, path: str) -> Unknown:
    """Why a path could not be read; a ValueError is a path that no system allows (a NUL inside)."""
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Unknown(Reason.ABSENT, path)
    if isinstance(error, PermissionError):
        return Unknown(Reason.RIGHTS, path)
    return Unknown(Reason.REFUSED, path, errno.errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__))
