"""Where Hygie keeps what belongs to one person on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """HYGIE_DATA_DIR, or the folder where this system keeps the data of a person's programs. Creates nothing."""
    if os.environ.get("XDG_DATA_HOME") and not os.environ.get("HYGIE_DATA_DIR") and sys.platform == "linux":
        return Path(os.environ["XDG_DATA_HOME"]) / "hygie"
    return data_folder_of(Path.home())


def data_folder_of(home: Path) -> Path:
    """The same for the person whose home this is: their own environment is not known (sudo cleans it)."""
    chosen = os.environ.get("HYGIE_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Hygie"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Hygie"
    return home / ".local" / "share" / "hygie"


def undo_folder() -> Path:
    """Where the records by which corrections are undone are kept."""
    return data_folder() / "corrections"


def received_folder(data: Path) -> Path:
    """Where check-ups made outside the page (with sudo) wait to be taken in."""
    return data / "recus"
