"""Files that need not exist: absence is an empty text, any other failure is told."""

from __future__ import annotations

from hygie.workstation.facts.linux.need import need
from hygie.workstation.facts.linux.parsing import text_of
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import Probe


def optional_text(probe: Probe, path: str) -> str | Unknown:
    """The text of ``path``, "" when there is no such file."""
    data = probe.read_file(path)
    if isinstance(data, Unknown):
        return "" if data.reason is Reason.ABSENT else data
    return text_of(data)


def exists(probe: Probe, path: str) -> bool:
    """Whether ``path`` is there. Raises NotKnown (see ``need``) when the machine would not tell."""
    status = probe.stat(path)
    if isinstance(status, Unknown) and status.reason is not Reason.ABSENT:
        need(status)
    return not isinstance(status, Unknown)


def optional_names(probe: Probe, folder: str, suffix: str = "") -> tuple[str, ...] | Unknown:
    """Paths in ``folder`` that end in ``suffix``, sorted by name; none when there is no such folder."""
    names = probe.list_dir(folder)
    if isinstance(names, Unknown):
        return () if names.reason is Reason.ABSENT else names
    return tuple(f"{folder}/{name}" for name in sorted(names) if name.endswith(suffix))


def drop_in_texts(probe: Probe, sources: tuple[str, ...]) -> list[str] | Unknown:
    """Texts of files, and of the ``*.conf`` of folders (written with a final "/"), in the order given."""
    texts: list[str] = []
    for source in sources:
        paths = optional_names(probe, source[:-1], ".conf") if source.endswith("/") else (source,)
        if isinstance(paths, Unknown):
            return paths
        for path in paths:
            text = optional_text(probe, path)
            if isinstance(text, Unknown):
                return text
            texts.append(text)
    return texts
