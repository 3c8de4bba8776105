"""French no-break spaces, which no keyboard types: files are written with ordinary spaces, screens get these."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"

# Before : ; ! ? when they end a word, before » % €, and after «. What stands in `back quotes` is a command.
_SPACE = re.compile(r" (?=[:;!?](?:\s|$)|[»%€])|(?<=«) ")


def typeset(text: str) -> str:
    """The same French text with its no-break spaces; giving it twice changes nothing."""
    pieces = text.split("`")
    pieces[::2] = [_SPACE.sub(NO_BREAK, piece) for piece in pieces[::2]]
    return "`".join(pieces)
