"""Small pure parsers shared by the Linux collectors."""

from __future__ import annotations

import json
from typing import Any

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput, Reading


def text_of(data: bytes) -> str:
    """Bytes as text; undecodable bytes stay visible instead of vanishing."""
    return data.decode("utf-8", "backslashreplace")


def key_values(text: str, separator: str = "=", comment: str = "#") -> dict[str, str]:
    """``KEY=value`` lines, quotes removed; comments and other lines are skipped, the last one wins."""
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        key, found, value = line.strip().partition(separator)
        if found and not key.startswith(comment):
            pairs[key.strip()] = value.strip().strip("\"'")
    return pairs


def answer_of(reading: Reading[CommandOutput], source: str) -> CommandOutput | Unknown:
    """A command's output when it succeeded *and* printed something.

    An empty success proves nothing (a stub, a blocked service): it is Unknown(REFUSED), never a value.
    """
    if isinstance(reading, Unknown):
        return reading
    if reading.status != 0:
        return Unknown(Reason.REFUSED, source, f"code de sortie {reading.status}")
    if not reading.stdout.strip():
        return Unknown(Reason.REFUSED, source, "réponse vide")
    return reading


def listed(reading: Reading[tuple[str, ...]], source: str) -> tuple[str, ...] | Unknown:
    """Names in a folder that no running system leaves empty: empty, it was hidden (a container, a blocked service)."""
    if isinstance(reading, Unknown):
        return reading
    return reading or Unknown(Reason.REFUSED, source, "dossier vide")


def filled(reading: Reading[bytes], source: str) -> str | Unknown:
    """The text of a file that no running system leaves empty."""
    if isinstance(reading, Unknown):
        return reading
    return text_of(reading) if reading.strip() else Unknown(Reason.REFUSED, source, "fichier vide")


def json_of(reading: Reading[CommandOutput], source: str) -> Any | Unknown:
    """The JSON a command printed; Unknown(UNPARSABLE) when it is not JSON."""
    answer = answer_of(reading, source)
    if isinstance(answer, Unknown):
        return answer
    try:
        return json.loads(answer.stdout)
    except ValueError:
        return Unknown(Reason.UNPARSABLE, source)
