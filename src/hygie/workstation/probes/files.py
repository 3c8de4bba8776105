"""Recordings on disk: one ``machine.toml`` that a person can read, and raw bytes beside it where needed.

Format 1 is described in docs/enregistrement.md. A recording may be written over another one
(``base = "../autre"``): traps are then the few answers that differ.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from hygie.catalogue.fields import Table, read_toml
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput, FileStatus, Identity
from hygie.workstation.probes.recording import FORMAT, Recording

MACHINE = "machine.toml"
MOST_BASES = 5
KINDS = ("file", "dir", "other")


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
    _fill(recording.runs, table.tables("run", least=0), _command_of, folder, _read_run)
    _fill(recording.files, table.tables("file", least=0), _path_of, folder, _read_file)
    _fill(recording.dirs, table.tables("dir", least=0), _path_of, folder, _read_names)
    _fill(recording.stats, table.tables("stat", least=0), _path_of, folder, _read_status)
    ports: dict[str, dict[Any, Any]] = {"registry": recording.registry, "wmi": recording.wmi, "api": recording.apis}
    for entry in table.tables("json", least=0):
        port = _exact(entry, "port")
        if port not in ports:
            raise entry.error(f"« port » vaut « {port} », inconnu.", f"choisissez parmi : {', '.join(ports)}.")
        _fill(ports[port], [entry], _question_of, folder, _read_rows if port == "wmi" else _read_json)
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
    return _moment(table, "at")


def _moment(table: Table, key: str) -> datetime:
    moment: datetime = table.value(key, datetime, "une date avec fuseau, par exemple 2026-11-22T09:00:00Z")
    if moment.tzinfo is None:
        raise table.error(f"« {key} » n’a pas de fuseau horaire.", "ajoutez Z à la fin de la date.")
    return moment


def _fill(
    answers: dict[Any, Any],
    entries: list[Table],
    question_of: Callable[[Table], Any],
    folder: Path,
    read: Callable[[Table, Path], Any],
) -> None:
    """Reads the entries of one kind; a misspelt field or the same question twice is refused."""
    for entry in entries:
        question = question_of(entry)
        if question in answers:
            raise entry.error(f"« {_shown(question)} » a déjà une réponse.", "gardez une seule réponse.")
        answers[question] = _unknown_of(entry, _shown(question)) or read(entry, folder)
        entry.done()


def _exact(table: Table, key: str, *, default: str | None = None) -> str:
    """A text exactly as the machine gave it: no French typography here."""
    return str(table.value(key, str, "un texte entre guillemets", default=default))


def _words(table: Table, key: str, kinds: tuple[type, ...] = (str,)) -> tuple[Any, ...]:
    words: list[Any] = table.value(key, list, "une liste")
    if not all(type(word) in kinds for word in words):
        raise table.error(f"« {key} » ne contient pas que des textes.", "mettez chaque mot entre guillemets.")
    return tuple(words)


def _command_of(table: Table) -> tuple[str, ...]:
    command = _words(table, "command")
    if not command:
        raise table.error("« command » est vide.", 'écrivez par exemple command = ["lsblk", "-J"].')
    return command


def _path_of(table: Table) -> str:
    return _exact(table, "path")


def _question_of(table: Table) -> tuple[str | int, ...]:
    return _words(table, "question", (str, int))


def _shown(question: str | tuple[str | int, ...]) -> str:
    return question if isinstance(question, str) else " ".join(map(str, question))


def _unknown_of(table: Table, question: str) -> Unknown | None:
    if "unknown" not in table.data:
        return None
    source = _exact(table, "source", default=question)
    return Unknown(table.choice("unknown", Reason), source, _exact(table, "detail", default=""))


def _bytes_of(table: Table, name: str, folder: Path) -> bytes:
    beside = f"{name}_file"
    if beside not in table.data:
        return _exact(table, name, default="").encode("utf-8")
    path = Path(_exact(table, beside))
    if path.is_absolute() or ".." in path.parts:
        raise table.error(f"« {beside} » sort de l’enregistrement.", "gardez le fichier dans son dossier octets/.")
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise table.error(f"le fichier {path} est illisible ({error.strerror}).", f"corrigez {beside}.") from error


def _read_run(table: Table, folder: Path) -> CommandOutput:
    status = table.number("status", -255, 65_535) if "status" in table.data else 0
    return CommandOutput(status, _bytes_of(table, "stdout", folder), _bytes_of(table, "stderr", folder))


def _read_file(table: Table, folder: Path) -> bytes:
    return _bytes_of(table, "text", folder)


def _read_names(table: Table, _: Path) -> tuple[str, ...]:
    return _words(table, "names")


def _read_status(table: Table, _: Path) -> FileStatus:
    kind = _exact(table, "kind")
    if kind not in KINDS:
        raise table.error(f"« kind » vaut « {kind} », inconnu.", f"choisissez parmi : {', '.join(KINDS)}.")
    return FileStatus(
        kind=kind,
        size=table.number("size", 0, 2**62),
        mode=table.number("mode", 0, 0o7777),
        uid=table.number("uid", 0, 2**32),
        modified_at=_moment(table, "modified_at"),
    )


def _read_json(table: Table, _: Path) -> Any:
    """A registry value or the answer of a named call, as JSON."""
    try:
        return json.loads(_exact(table, "answer"), object_hook=bytes_or_object)
    except ValueError as error:
        raise table.error(f"« answer » n’est pas du JSON ({error}).", "corrigez la valeur.") from error


def _read_rows(table: Table, folder: Path) -> tuple[Any, ...]:
    return tuple(_read_json(table, folder))


def bytes_or_object(data: dict[str, Any]) -> Any:
    """JSON has no bytes: ``{"hex": "00ff"}`` stands for them."""
    return bytes.fromhex(data["hex"]) if data.keys() == {"hex"} else data
