"""Recordings on disk: one ``machine.toml`` that a person can read, and raw bytes beside it where needed.

Format 1 is described in docs/enregistrement.md. A recording may be written over another one
(``base = "../autre"``): traps are then the few answers that differ.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from hygie.catalogue.fields import CatalogueError, Table, read_toml
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput, FileStatus, Identity, Reading
from hygie.workstation.probes.recording import FORMAT, Recording

MACHINE = "machine.toml"
MOST_BASES = 5


def load_recording(folder: Path, *, depth: int = 0) -> Recording:
    """The recorded machine of ``folder``; CatalogueError says in French what is wrong and how to mend it."""
    path = folder / MACHINE
    table = Table(path, read_toml(path))
    if table.number("format", 0, 9999) != FORMAT:
        raise table.error(
            "ce format d’enregistrement est inconnu.", f"refaites-le avec cette version (format {FORMAT})."
        )
    base_name = table.text("base", default="")
    base = _load_base(table, folder, base_name, depth) if base_name else None
    recording = Recording(
        identity=_read_identity(table.table("identity", optional=base is not None), base),
        at=_read_moment(table, base),
        title=table.text("title", default=""),
    )
    for run in table.tables("run", least=0):
        recording.runs[run.texts("command")] = _read_run(run, folder)
    for file in table.tables("file", least=0):
        recording.files[file.text("path")] = _read_file(file, folder)
    for entry in table.tables("dir", least=0):
        recording.dirs[entry.text("path")] = _unknown_of(entry) or entry.texts("names", least=0)
    for entry in table.tables("stat", least=0):
        recording.stats[entry.text("path")] = _unknown_of(entry) or _read_status(entry)
    for entry in table.tables("json", least=0):
        _read_json(entry, recording)
    table.done()
    return recording.over(base) if base else recording


def _load_base(table: Table, folder: Path, name: str, depth: int) -> Recording:
    if depth >= MOST_BASES:
        raise table.error("les « base » tournent en rond.", "ôtez une ligne base = … de la chaîne.")
    return load_recording((folder / name).resolve(), depth=depth + 1)


def _read_identity(table: Table, base: Recording | None) -> Identity:
    if base is not None and not table.data:
        return base.identity
    identity = Identity(
        system=table.text("system"),
        user=table.text("user"),
        uid=table.number("uid", 0, 2**32),
        home=table.text("home"),
        elevated=table.flag("elevated", default=False),
        computer=table.text("computer"),
        host_name=table.text("host_name"),
    )
    table.done()
    return identity


def _read_moment(table: Table, base: Recording | None) -> datetime:
    if base is not None and "at" not in table.data:
        return base.at
    moment: datetime = table.value("at", datetime, "une date avec fuseau, par exemple 2026-11-22T09:00:00Z")
    if moment.tzinfo is None:
        raise table.error("« at » n’a pas de fuseau horaire.", "ajoutez Z à la fin de la date.")
    return moment


def _unknown_of(table: Table) -> Unknown | None:
    if "unknown" not in table.data:
        return None
    return Unknown(table.choice("unknown", Reason), table.text("source", default=""), table.text("detail", default=""))


def _bytes_of(table: Table, name: str, folder: Path) -> bytes:
    beside = table.text(f"{name}_file", default="")
    if beside:
        return (folder / beside).read_bytes()
    value = table.value(name, str, "un texte") if name in table.data else ""
    return str(value).encode("utf-8")


def _read_run(table: Table, folder: Path) -> Reading[CommandOutput]:
    unknown = _unknown_of(table)
    if unknown:
        return unknown
    status = table.number("status", -255, 65_535) if "status" in table.data else 0
    return CommandOutput(status, _bytes_of(table, "stdout", folder), _bytes_of(table, "stderr", folder))


def _read_file(table: Table, folder: Path) -> Reading[bytes]:
    return _unknown_of(table) or _bytes_of(table, "text", folder)


def _read_status(table: Table) -> FileStatus:
    return FileStatus(
        kind=table.text("kind"),
        size=table.number("size", 0, 2**62),
        mode=table.number("mode", 0, 0o7777),
        uid=table.number("uid", 0, 2**32),
        modified_at=table.value("modified_at", datetime, "une date avec fuseau"),
    )


def _read_json(table: Table, recording: Recording) -> None:
    """Registry values, WMI rows and named calls: the question and the answer as JSON."""
    port, question = table.text("port"), table.texts("question")
    tables: dict[str, dict[Any, Any]] = {"registry": recording.registry, "wmi": recording.wmi, "api": recording.apis}
    if port not in tables:
        raise table.error(f"« port » vaut « {port} », inconnu.", f"choisissez parmi : {', '.join(tables)}.")
    unknown = _unknown_of(table)
    if unknown:
        tables[port][question] = unknown
        return
    try:
        answer = json.loads(table.text("answer", most=1_000_000))
    except ValueError as error:
        raise CatalogueError(table.file, f"« answer » n’est pas du JSON ({error}).", "corrigez la valeur.") from error
    tables[port][question] = tuple(answer) if port == "wmi" else answer
