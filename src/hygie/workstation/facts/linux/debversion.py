"""Order of Debian version numbers, as deb-version(7) defines it."""

from __future__ import annotations

import re

_PART = re.compile(r"(\D*)(\d*)")
Key = tuple[int, tuple[tuple[tuple[int, ...], int], ...], tuple[tuple[tuple[int, ...], int], ...]]


def version_key(version: str) -> Key:
    """A key such that keys compare as versions do: ``version_key("1.0~rc1") < version_key("1.0")``."""
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "0")
    return int(epoch) if epoch.isdigit() else 0, _parts(upstream), _parts(revision or "0")


def _parts(text: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    return tuple((_letters(letters), int(digits or 0)) for letters, digits in _PART.findall(text))


def _letters(text: str) -> tuple[int, ...]:
    """ "~" before the end of the part, the end before letters, letters before every other sign."""
    return (*(-1 if sign == "~" else ord(sign) + (0 if sign.isalpha() else 256) for sign in text), 0)
