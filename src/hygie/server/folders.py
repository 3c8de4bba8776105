"""Where the server keeps its data on this computer, and who may read it: the person who runs Hygie, alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DATABASE = "hygie.sqlite3"
SECRET = "secret.txt"  # noqa: S105 - the name of the file
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def prepare(folder: Path) -> None:
    """Creates the folder, the secret and an empty database, closed to everybody else; raises OSError.

    An existing folder or file that others could read is closed. SQLite gives its side files the rights of the database.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    folder.chmod(PRIVATE_FOLDER)
    secret = folder / SECRET
    if not secret.exists() or not secret.stat().st_size:
        write_private(secret, secrets.token_urlsafe(48))
    for path in (secret, *folder.glob(DATABASE + "*")):
        path.chmod(PRIVATE_FILE)
    os.close(os.open(folder / DATABASE, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))


def write_private(path: Path, text: str) -> None:
    """Writes the whole file or nothing, readable by its owner alone."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE_FILE), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def secret_key(folder: Path) -> str:
    """The secret of this installation; one that lives as long as the process where nothing was prepared yet."""
    try:
        return (folder / SECRET).read_text(encoding="utf-8").strip() or secrets.token_urlsafe(48)
    except OSError:
        return secrets.token_urlsafe(48)
