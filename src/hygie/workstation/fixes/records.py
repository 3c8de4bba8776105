"""Undo records: one JSON file a correction, on the disk before anything changes."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from hygie.workstation.fixes.hand import FileState, sync_folder
from hygie.workstation.fixes.steps import CommandStep, FileStep, SettingStep, Step

FORMAT = 1
KINDS: dict[str, type[Step]] = {"setting": SettingStep, "file": FileStep, "command": CommandStep}


class RecordError(Exception):
    """A record cannot be read or written; the message is French."""


class StepState(StrEnum):
    """How far a step is. ``BEGUN``: perhaps done, the power may have failed in the middle."""

    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"
    UNDONE = "undone"


class RecordState(StrEnum):
    """How far the whole correction is. ``STARTED`` on the disk means that it was interrupted."""

    STARTED = "started"
    APPLIED = "applied"
    UNDONE = "undone"
    ROLLED_BACK = "rolled_back"

    @property
    def label(self) -> str:
        """French words."""
        return {
            RecordState.STARTED: "interrompue",
            RecordState.APPLIED: "appliquée",
            RecordState.UNDONE: "annulée",
            RecordState.ROLLED_BACK: "échouée et défaite",
        }[self]


@dataclass
class UndoRecord:
    """Old values with their type, when, by whom, by which Hygie; and how far each step is."""

    id: str
    fix: str
    title: str
    at: datetime
    who: str
    hygie: str
    state: RecordState
    steps: list[Step]
    progress: list[StepState]

    @property
    def can_be_undone(self) -> bool:
        """True while something of it may be in place."""
        return any(step in (StepState.BEGUN, StepState.DONE) for step in self.progress)


def save(record: UndoRecord, folder: Path) -> None:
    """Writes the record, readable by its owner alone, flushed to the disk before this returns."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place, beside = folder / f"{record.id}.json", folder / f".{record.id}.tmp"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_to_json(record), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
        sync_folder(folder)
    except OSError as error:
        raise RecordError(f"impossible de noter l’état d’avant dans {folder} ({error.strerror})") from error


def load(path: Path) -> UndoRecord:
    """One record; RecordError when it is damaged: undoing from a damaged record would be worse than not undoing."""
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"la fiche {path.name} est illisible ({type(error).__name__})") from error


def list_records(folder: Path) -> tuple[list[UndoRecord], list[str]]:
    """Records of the data folder, the newest first; and, in French, those that cannot be read."""
    records, problems = [], []
    for path in sorted(folder.glob("*.json"), reverse=True) if folder.is_dir() else []:
        try:
            records.append(load(path))
        except RecordError as error:
            problems.append(str(error))
    return records, problems


def find_record(folder: Path, word: str) -> UndoRecord:
    """The record of that id, or of that correction: the newest that can be undone, else the newest of all.

    RecordError when there is none.
    """
    records, problems = list_records(folder)
    named = [record for record in records if word in (record.id, record.fix)]
    there = next((record for record in named if record.can_be_undone), None)
    if there is None and not problems:  # a record that cannot be read may be the one to undo
        there = next(iter(named), None)
    if there is not None:
        return there
    said = f" ({' ; '.join(problems)})" if problems else ""
    raise RecordError(f"aucune correction à annuler sous le nom « {word} »{said}")


def _to_json(record: UndoRecord) -> dict[str, Any]:
    names = {kind: name for name, kind in KINDS.items()}
    steps = [
        {"kind": names[type(step)], "progress": progress, **_plain(asdict(step))}
        for step, progress in zip(record.steps, record.progress, strict=True)
    ]
    head = {"id": record.id, "fix": record.fix, "title": record.title, "at": record.at.isoformat()}
    return {"format": FORMAT, **head, "who": record.who, "hygie": record.hygie, "state": record.state, "steps": steps}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": b64encode(value).decode("ascii")}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _from_json(data: dict[str, Any]) -> UndoRecord:
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    return UndoRecord(
        id=data["id"],
        fix=data["fix"],
        title=data["title"],
        at=datetime.fromisoformat(data["at"]),
        who=data["who"],
        hygie=data["hygie"],
        state=RecordState(data["state"]),
        steps=[_step(item) for item in data["steps"]],
        progress=[StepState(item["progress"]) for item in data["steps"]],
    )


def _step(data: dict[str, Any]) -> Step:
    kind = KINDS[data["kind"]]
    values = {item.name: _typed(data[item.name]) for item in fields(kind)}
    return kind(**values)


def _typed(value: Any) -> Any:
    """Lists back to tuples, file states back to theirs; every other value as it is."""
    if isinstance(value, list):
        return tuple(_typed(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "data" in value and "mode" in value:
        return FileState(b64decode(value["data"]["base64"]), value["mode"], value["uid"], value["gid"])
    return {key: _typed(item) for key, item in value.items()}
