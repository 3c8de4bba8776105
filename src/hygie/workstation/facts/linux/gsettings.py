"""Settings of GNOME and its cousins, read with ``gsettings`` as the person of the session.

gsettings prints the value in force: the person's choice, else the distribution's, else the one of the schema,
and locks set by an administrator are taken into account (dconf(7)). Values are GVariant text, never translated.
"""

from __future__ import annotations

from hygie.workstation.facts.linux.parsing import answer_of
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import Probe

Settings = dict[str, str]


def schema_values(probe: Probe, schema: str) -> Settings | Unknown:
    """Every key of one schema with its GVariant text; Unknown when the schema is not installed."""
    home = home_of_person(probe)
    if isinstance(home, Unknown):
        return home
    answer = answer_of(probe.run(["gsettings", "list-recursively", schema], as_user=True), schema)
    if isinstance(answer, Unknown):
        return answer
    return parse_settings(answer.text, schema) or Unknown(Reason.UNPARSABLE, schema)


def parse_settings(text: str, schema: str) -> Settings:
    """``schema key value`` lines of ``gsettings list-recursively``; children of the schema are left out."""
    values: Settings = {}
    for line in text.splitlines():
        words = line.split(" ", 2)
        if len(words) == 3 and words[0] == schema:
            values[words[1]] = words[2].strip()
    return values


def number(values: Settings, key: str) -> int | Unknown:
    """A whole number ("300", "uint32 300"); Unknown when the key is missing or something else."""
    word = values.get(key, "").removeprefix("uint32 ")
    return int(word) if word.isdigit() else _unreadable(key, values)


def flag(values: Settings, key: str) -> bool | Unknown:
    """A boolean; Unknown when the key is missing or something else."""
    word = values.get(key, "")
    return word == "true" if word in ("true", "false") else _unreadable(key, values)


def _unreadable(key: str, values: Settings) -> Unknown:
    reason = Reason.UNPARSABLE if key in values else Reason.ABSENT
    return Unknown(reason, key, f"réglage « {key} »")
