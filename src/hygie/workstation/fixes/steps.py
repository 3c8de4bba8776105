"""The three kinds of change a correction is made of; each knows how to look, to do and to undo.

A step is planned without touching anything, made ``ready`` (the exact old state is then known, and written in the
undo record), done, and later undone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from hygie.workstation.fixes.hand import FileState, Hand, HandError

Argv = tuple[str, ...]
ABSENT = "absent"


class StaleError(Exception):
    """The machine is not as it was when the plan was shown; the message is French."""


@dataclass(frozen=True, slots=True)
class SettingStep:
    """One GSettings key. ``old`` and ``new`` are GVariant texts, which carry their type ("uint32 300").

    ``at_default``: the old value was the default of the schema; undoing then resets the key instead of writing it.
    """

    what: str
    schema: str
    key: str
    old: str
    new: str
    at_default: bool

    def ready(self, hand: Hand) -> SettingStep:
        """Refuses when the value moved since the plan was shown."""
        if self._now(hand) != self.old:
            raise StaleError(f"le réglage {self.key} a changé entre-temps")
        return self

    def do(self, hand: Hand) -> None:
        """Writes the value and reads it again: dconf can accept a value that a lock then hides."""
        hand.run(["gsettings", "set", self.schema, self.key, self.new])
        if self._now(hand) != self.new:
            raise HandError(f"le réglage {self.key} n’a pas pris sa nouvelle valeur")

    def undo(self, hand: Hand) -> None:
        """The old value, or no value of one's own when it was the default."""
        if self.at_default:
            hand.run(["gsettings", "reset", self.schema, self.key])
        else:
            hand.run(["gsettings", "set", self.schema, self.key, self.old])
        if self._now(hand) != self.old:
            raise HandError(f"le réglage {self.key} n’a pas repris son ancienne valeur")

    def done(self, hand: Hand) -> SettingStep:
        """Nothing more to remember once done."""
        del hand
        return self

    def touched_by_others(self, hand: Hand) -> bool:
        """Neither our value nor the old one: somebody chose another since."""
        return self._now(hand) not in (self.new, self.old)

    def _now(self, hand: Hand) -> str:
        return hand.run(["gsettings", "get", self.schema, self.key]).text.strip()


@dataclass(frozen=True, slots=True)
class FileStep:
    """One file written whole. ``old`` is None where there was none; it is exact once ``ready``."""

    what: str
    path: str
    old: FileState | None
    new: FileState

    def ready(self, hand: Hand) -> FileStep:
        """Learns mode and owner, and keeps them for the new file; refuses when the content moved."""
        now = hand.look(self.path)
        if _data(now) != _data(self.old):
            raise StaleError(f"le fichier {self.path} a changé entre-temps")
        kept = self.new if now is None else FileState(self.new.data, now.mode, now.uid, now.gid)
        return replace(self, old=now, new=kept)

    def do(self, hand: Hand) -> None:
        """Writes the new file."""
        hand.put(self.path, self.new)

    def undo(self, hand: Hand) -> None:
        """The old bytes, mode and owner; removed when there was nothing."""
        _restore(hand, self.path, self.old)

    def done(self, hand: Hand) -> FileStep:
        """Nothing more to remember once done."""
        del hand
        return self

    def touched_by_others(self, hand: Hand) -> bool:
        """Neither our content nor the old one."""
        now = hand.look(self.path)
        return now != self.old and _data(now) != self.new.data


@dataclass(frozen=True, slots=True)
class CommandStep:
    """Commands that change a service, and the one that undoes them. ``files``: those they rewrite, put back whole.

    ``before`` and ``after`` are filled in when ready and when done; ``installs`` names the package it brings, if any.
    """

    what: str
    old: str
    new: str
    do_argvs: tuple[Argv, ...]
    undo_argv: Argv = ()
    files: tuple[str, ...] = ()
    installs: str = ""
    seconds: float = 60.0
    before: Mapping[str, FileState | None] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)

    def ready(self, hand: Hand) -> CommandStep:
        """Keeps the files as they are."""
        return replace(self, before={path: hand.look(path) for path in self.files})

    def do(self, hand: Hand) -> None:
        """Runs the commands in order; the first that fails stops."""
        for argv in self.do_argvs:
            hand.run(argv, seconds=self.seconds)

    def undo(self, hand: Hand) -> None:
        """Runs the command that undoes, then puts the files back to the byte."""
        if self.undo_argv:
            hand.run(self.undo_argv, seconds=self.seconds)
        for path, state in self.before.items():
            _restore(hand, path, state)

    def done(self, hand: Hand) -> CommandStep:
        """Keeps what the commands wrote, as digests, to notice later that somebody else wrote after it."""
        return replace(self, after={path: digest(hand.look(path)) for path in self.files})

    def touched_by_others(self, hand: Hand) -> bool:
        """A file is neither as the commands left it nor as it was before."""
        for path, left in self.after.items():
            now = digest(hand.look(path))
            if now not in (left, digest(self.before.get(path))):
                return True
        return False


Step: TypeAlias = SettingStep | FileStep | CommandStep


def undo_command(name: str, steps: Sequence[Step]) -> str:
    """What to type to undo: as administrator unless only the person's own settings change."""
    own = all(isinstance(step, SettingStep) for step in steps)
    return f"`{'' if own else 'sudo '}./hygie annuler {name}`"


def digest(state: FileState | None) -> str:
    """SHA-256 of a file's content, "absent" when there is none."""
    return ABSENT if state is None else hashlib.sha256(state.data).hexdigest()


def _data(state: FileState | None) -> bytes | None:
    return None if state is None else state.data


def _restore(hand: Hand, path: str, state: FileState | None) -> None:
    if state is None:
        hand.remove(path)
    elif hand.look(path) != state:
        hand.put(path, state)
    if hand.look(path) != state:
        raise HandError(f"le fichier {path} n’est pas revenu à son état d’avant")
