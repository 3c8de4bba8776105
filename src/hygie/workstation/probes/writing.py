"""Writes a recording to disk, in the format that ``files.load_recording`` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hygie.workstation.facts.model import Unknown
from hygie.workstation.probe import CommandOutput, FileStatus
from hygie.workstation.probes.files import MACHINE
from hygie.workstation.probes.recording import FORMAT, Recording

SURROGATE = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def write_recording(recording: Recording, folder: Path) -> None:
    """Writes ``machine.toml`` (and raw bytes under ``octets/``). The folder must be new or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(folder)
    text = "\n".join(writer.lines(recording))
    (folder / MACHINE).write_text(text + "\n", encoding="utf-8", newline="\n")


class _Writer:
    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def lines(self, recording: Recording) -> Iterator[str]:
        identity = recording.identity
        yield f"format = {FORMAT}"
        yield f"title = {quoted(recording.title)}"
        yield f"at = {recording.at.isoformat()}"
        yield "\n[identity]"
        for name in ("system", "user", "uid", "home", "elevated", "computer", "host_name"):
            yield f"{name} = {_value(getattr(identity, name))}"
        for command, run in sorted(recording.runs.items()):
            yield f"\n[[run]]\ncommand = [{', '.join(quoted(word) for word in command)}]"
            yield from self._run(run, " ".join(command))
        for path, content in sorted(recording.files.items()):
            yield f"\n[[file]]\npath = {quoted(path)}"
            yield from _unknown(content, path) if isinstance(content, Unknown) else self._bytes("text", content)
        for path, names in sorted(recording.dirs.items()):
            yield f"\n[[dir]]\npath = {quoted(path)}"
            if isinstance(names, Unknown):
                yield from _unknown(names, path)
            else:
                yield f"names = [{', '.join(quoted(name) for name in names)}]"
        for path, status in sorted(recording.stats.items()):
            yield f"\n[[stat]]\npath = {quoted(path)}"
            yield from _unknown(status, path) if isinstance(status, Unknown) else _status(status)
        for port, answers in (("registry", recording.registry), ("wmi", recording.wmi), ("api", recording.apis)):
            yield from _json(port, answers)

    def _run(self, run: CommandOutput | Unknown, command: str) -> Iterator[str]:
        if isinstance(run, Unknown):
            yield from _unknown(run, command)
            return
        yield f"status = {run.status}"
        yield from self._bytes("stdout", run.stdout)
        if run.stderr:
            yield from self._bytes("stderr", run.stderr)

    def _bytes(self, name: str, data: bytes) -> Iterator[str]:
        """Text in place; bytes that are not plain text beside, untouched (UTF-16, cp850…)."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if text is None or CONTROL.search(text):
            self.count += 1
            beside = Path("octets") / f"{self.count:03}.bin"
            (self.folder / "octets").mkdir(exist_ok=True)
            (self.folder / beside).write_bytes(data)
            yield f"{name}_file = {quoted(beside.as_posix())}"
        else:
            yield f"{name} = {_block(text)}"


def _unknown(unknown: Unknown, question: str) -> Iterator[str]:
    yield f"unknown = {quoted(unknown.reason.value)}"
    if unknown.source != question:
        yield f"source = {quoted(unknown.source)}"
    if unknown.detail:
        yield f"detail = {quoted(unknown.detail)}"


def _status(status: FileStatus) -> Iterator[str]:
    for name in ("kind", "size", "mode", "uid"):
        yield f"{name} = {_value(getattr(status, name))}"
    yield f"modified_at = {status.modified_at.isoformat()}"


def _json(port: str, answers: dict[Any, Any]) -> Iterator[str]:
    for question, answer in sorted(answers.items(), key=lambda item: [str(word) for word in item[0]]):
        yield f"\n[[json]]\nport = {quoted(port)}\nquestion = [{', '.join(map(_value, question))}]"
        if isinstance(answer, Unknown):
            yield from _unknown(answer, " ".join(map(str, question)))
        else:
            yield f"answer = {quoted(json.dumps(answer, ensure_ascii=False, default=_hex))}"


def _hex(data: bytes) -> dict[str, str]:
    """What ``files.bytes_or_object`` reads back."""
    return {"hex": data.hex()}


def quoted(text: str) -> str:
    """A TOML basic string (JSON's escapes are TOML's, but for DEL).

    Bytes of a file name that are no UTF-8 (lone surrogates in Python) become �, everywhere the same.
    """
    whole = SURROGATE.sub("\ufffd", text)
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _block(text: str) -> str:
    """A readable multi-line string where the text has lines; tabs and line feeds stay as they are.

    Two quotes may stand before the three that close (TOML 1.0); three in a row are cut.
    """
    if "\n" not in text:
        return quoted(text)
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}"""'


def _value(value: str | int | bool) -> str:  # noqa: FBT001 - a value to write, not a switch
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else str(value)
