"""Plain French: which words and which typography a text shown to the practice must avoid.

Not a spelling checker: it catches what a contributor who knows computers writes without noticing, and
what a keyboard cannot type. Tests run it over every text that the data files hold.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hygie.catalogue.fields import Table, read_toml

JARGON = Path(__file__).with_name("jargon.toml")

NO_BREAK = "\u00a0\u202f"
# Commands and addresses are to be recognised letter for letter.
_COMMAND = re.compile(r"`[^`]*`|https?://\S+")
# So are names seen on screen, and the technical name given after the plain word: « la puce de sécurité (TPM) ».
_NAME = re.compile(r"«[^»]*»|\{[^}]*\}|\((?:[^()\s]+\s?){1,3}\)")

_TYPOGRAPHY = (
    (re.compile(r"\w'\w"), "apostrophe droite : écrivez ’"),
    (re.compile(r'"'), "guillemets droits : écrivez « … »"),
    (re.compile(r"\.\.\."), "trois points : écrivez …"),
    (re.compile(rf"[ {NO_BREAK}]{{2,}}"), "deux espaces de suite"),
    (re.compile(r"(^|[^\s«({\[])[!?;](\s|$)|[\w)}»]:(\s|$)"), "il manque l’espace insécable avant : ; ! ou ?"),
    (re.compile(r" [:;!?](\s|$)"), "espace ordinaire avant : ; ! ou ? (mettez une espace insécable, U+00A0)"),
    (re.compile(rf"«[^{NO_BREAK}]|[^{NO_BREAK}]»"), "espace insécable (U+00A0) attendue après « et avant »"),
    (re.compile(r"\d ?[%€]"), "espace insécable (U+00A0) attendue avant % ou €"),
    (re.compile(r"^\s|\s$"), "espace en début ou en fin de texte"),
)


@cache
def _lexicon() -> tuple[dict[str, str], tuple[str, ...]]:
    """The forbidden words with what to write instead, and the names that are never searched."""
    table = Table(JARGON, read_toml(JARGON))
    words: dict[str, str] = {}
    for entry in table.tables("entry"):
        plain = entry.text("plain")
        words.update({word.lower(): plain for word in entry.texts("words")})
        entry.done()
    allowed = table.texts("allowed")
    table.done()
    return words, allowed


def jargon() -> dict[str, str]:
    """The forbidden words, in lower case, each with the plain word to write instead."""
    return _lexicon()[0]


@cache
def _forbidden() -> re.Pattern[str]:
    # A hyphen or a dot ties a word to a name (signal-spam.fr): such a word is not searched.
    words = sorted(jargon(), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, words))})(?![\w-]|\.\w)", re.IGNORECASE)


def jargon_faults(text: str) -> list[str]:
    """Each forbidden word of ``text``, in French, with the word to write instead."""
    plain_text = _NAME.sub(" ", _COMMAND.sub(" ", text))
    for name in _lexicon()[1]:
        plain_text = plain_text.replace(name, " ")
    found = [match.group(1).lower() for match in _forbidden().finditer(plain_text)]
    return [f"« {word} » : écrivez plutôt « {jargon()[word]} »" for word in found]


def typography_faults(text: str) -> list[str]:
    """Each breach of French typography in ``text``, in French, with its surroundings."""
    faults = []
    for pattern, words in _TYPOGRAPHY:
        if match := pattern.search(_COMMAND.sub("X", text)):
            faults.append(f"{words} [{match.string[max(0, match.start() - 15) : match.end() + 10]}]")
    return faults


def faults(text: str) -> list[str]:
    """Everything wrong in a text shown to the practice; empty when it may be shown."""
    return jargon_faults(text) + typography_faults(text)
