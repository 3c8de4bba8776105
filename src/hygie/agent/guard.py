"""The last net under every verb: what went wrong in short French, and never the exit status of a check-up."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator

from hygie.agent.folders import data_folder
from hygie.catalogue.refusals import refusal
from hygie.catalogue.typeset import typeset

FAILED = 2  # 1 would mean that something is to be fixed on this computer
DEBUG = "HYGIE_DEBUG"
DATABASE = "hygie.sqlite3"
# Primary result codes of SQLite (sqlite.org/rescode.html); sqlite3 itself is not loaded for a check-up.
BUSY, LOCKED, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26


def explain(error: Exception) -> int:
    """Says on the error stream what happened and what to do, and returns 2. HYGIE_DEBUG=1 shows the traceback too."""
    if os.environ.get(DEBUG) == "1":
        sys.excepthook(type(error), error, error.__traceback__)
    print(typeset(sentence(error)).replace("`", ""), file=sys.stderr)
    return FAILED


def sentence(error: Exception) -> str:
    """The French message; the technical detail only where it can help somebody else to help."""
    from hygie.catalogue.fields import CatalogueError

    code = next((code for cause in _causes(error) if (code := getattr(cause, "sqlite_errorcode", 0))), 0)
    if code:
        return _database(code & 0xFF, error)
    if isinstance(error, CatalogueError):
        return str(error)
    if isinstance(error, OSError) and error.errno in errno.errorcode:
        why, mend = refusal(error)
        where = f"{error.filename} : " if error.filename is not None else "Arrêt : "
        return f"{where}{why}. À faire : {mend}."
    return (
        "Hygie s’est arrêté sur une erreur imprévue. Relancez ; si cela se reproduit, signalez-le.\n"
        f"Détail technique : {_detail(error)}"
    )


def _database(code: int, error: Exception) -> str:
    file = data_folder() / DATABASE
    if code in (CORRUPT, NOT_A_DATABASE):
        return (
            f"La base de Hygie est abîmée. Elle n’a pas été réparée ni remplacée : mettez de côté le fichier {file} "
            "(et ceux dont le nom commence de même), puis relancez Hygie."
        )
    if code == FULL:
        return f"Le disque est plein : Hygie ne peut plus écrire dans {file}. Libérez de la place, puis relancez."
    if code in (READ_ONLY, CANNOT_OPEN, IO_ERROR):
        what = f"Hygie ne peut pas lire ou écrire {file}. Vérifiez vos droits et la place sur ce disque, puis relancez."
    elif code in (BUSY, LOCKED):
        what = f"La base {file} est occupée par un autre logiciel. Patientez, puis relancez."
    else:
        what = f"La base de Hygie ({file}) n’a pas répondu comme prévu. Relancez ; sinon, signalez-le."
    return f"{what}\nDétail technique : {_detail(error)}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those it comes from: Django wraps those of SQLite."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _detail(error: Exception) -> str:
    """On one line: the type and its own words."""
    return f"{type(error).__name__} : {' '.join(str(error).split())}"
