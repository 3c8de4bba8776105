"""Where Hygie keeps what belongs to one person on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """HYGIE_DATA_DIR, or the folder where this system keeps the data of a person's programs. Creates nothing."""
    chosen = os.environ.get("HYGIE_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Hygie"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Hygie"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "hygie"


def undo_folder() -> Path:
    """Where the records by which corrections are undone are kept."""
    return data_folder() / "corrections"
