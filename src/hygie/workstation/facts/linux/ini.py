"""Settings in sections, as display managers write them."""

from __future__ import annotations

from collections.abc import Iterable

Sections = dict[str, dict[str, str]]


def parse_ini(texts: Iterable[str]) -> Sections:
    """Values by section and key, of several files read in order: the last value wins."""
    sections: Sections = {}
    for text in texts:
        current = ""
        for line in (raw.strip() for raw in text.splitlines()):
            if line.startswith("[") and line.endswith("]"):
                current = line[1:-1].strip()
            elif "=" in line and not line.startswith(("#", ";")):
                key, _, value = line.partition("=")
                sections.setdefault(current, {})[key.strip()] = value.strip()
    return sections


def is_true(value: str) -> bool:
    """ "true" and "1", in any case."""
    return value.lower() in {"true", "1", "yes"}
