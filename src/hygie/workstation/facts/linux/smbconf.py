"""Reads smb.conf(5): sections in brackets, ``name = value`` with names in any case and spacing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Several names for one setting, as smb.conf(5) lists them.
SYNONYMS = {
    "public": "guest ok",
    "min protocol": "server min protocol",
    "print ok": "printable",
}
INVERTED = {"writable", "writeable", "write ok"}  # each is "read only" turned round
ELSEWHERE = ("include", "config file", "copy")


@dataclass(frozen=True, slots=True)
class SmbConf:
    """``general`` is [global]; ``complete`` is False when settings also live in another file or in the registry."""

    general: Mapping[str, str]
    shares: Mapping[str, Mapping[str, str]]
    complete: bool


def yes(value: str) -> bool:
    """A boolean as Samba writes it."""
    return value.strip().lower() in ("yes", "true", "1", "on")


def parse_smb_conf(text: str) -> SmbConf:
    """Sections with normalised names. A setting of [global] is the default of every share."""
    sections: dict[str, dict[str, str]] = {}
    complete, current = True, "global"
    for line in text.replace("\\\n", " ").splitlines():
        stripped = line.strip()
        if stripped.startswith("[") and "]" in stripped:
            current = stripped[1 : stripped.index("]")].strip()
            current = "global" if current.lower() == "global" else current
            sections.setdefault(current, {})
        elif "=" in stripped and not stripped.startswith(("#", ";")):
            name, _, value = stripped.partition("=")
            name, value = _normal(name, value.strip())
            complete = complete and name not in ELSEWHERE and (name, value.lower()) != ("config backend", "registry")
            sections.setdefault(current, {})[name] = value
    general = sections.pop("global", {})
    inherited = {key: general[key] for key in ("guest ok", "read only", "printable") if key in general}
    shares = {name: {**inherited, **keys} for name, keys in sections.items()}
    return SmbConf({key: value.lower() for key, value in general.items()}, shares, complete)


def _normal(name: str, value: str) -> tuple[str, str]:
    key = " ".join(name.lower().split())
    if key in INVERTED:
        return "read only", "no" if yes(value) else "yes"
    return SYNONYMS.get(key, key), value
