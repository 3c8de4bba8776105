"""A hand that changes a small world in memory, and can fail where it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hygie.workstation.fixes.hand import COMMAND_SECONDS, FileState, HandError
from hygie.workstation.probe import CommandOutput

Command = Callable[["FakeHand"], None]


class FakeHand:
    """``settings``: "schema key" → value. ``files``: path → state. ``commands``: words → what they change."""

    def __init__(
        self,
        settings: dict[str, str] | None = None,
        files: dict[str, FileState] | None = None,
        commands: dict[str, Command] | None = None,
    ) -> None:
        self.settings, self.files, self.commands = settings or {}, files or {}, commands or {}
        self.defaults = dict(self.settings)
        self.ran: list[str] = []
        self.fails: set[str] = set()

    def run(self, argv: Sequence[str], *, seconds: float = COMMAND_SECONDS) -> CommandOutput:
        words = " ".join(argv)
        self.ran.append(words)
        if any(words.startswith(start) for start in self.fails):
            raise HandError(f"la commande « {words} » a échoué")
        if argv[0] == "gsettings":
            return CommandOutput(0, self._gsettings(list(argv[1:])).encode(), b"")
        self.commands[words](self)
        return CommandOutput(0, b"", b"")

    def _gsettings(self, words: list[str]) -> str:
        verb, key = words[0], " ".join(words[1:3])
        if verb == "set":
            self.settings[key] = words[3]
        elif verb == "reset":
            self.settings[key] = self.defaults[key]
        return self.settings[key]

    def look(self, path: str) -> FileState | None:
        return self.files.get(path)

    def put(self, path: str, state: FileState) -> None:
        if f"put {path}" in self.fails:
            raise HandError(f"écriture de {path} impossible")
        self.files[path] = state

    def remove(self, path: str) -> None:
        self.files.pop(path, None)
