"""Who looks at this computer, and which computer it is."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from pathlib import Path

from hygie.workstation.probe import Identity

SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def identity_of_this_computer() -> Identity:
    """The machine, the person whose session is judged (through sudo too) and the rights held."""
    uid, user, home = _session_user()
    host_name = platform.node() or "poste"
    return Identity(
        system=SYSTEMS.get(sys.platform, sys.platform),
        user=user,
        uid=uid,
        home=home,
        elevated=hasattr(os, "geteuid") and os.geteuid() == 0,
        computer=_computer_id(host_name),
        host_name=host_name,
    )


def _session_user() -> tuple[int, str, str]:
    """The person at the keyboard: the one who called sudo or pkexec, else the one who runs Hygie."""
    if sys.platform == "win32":
        return 0, os.environ.get("USERNAME", ""), os.environ.get("USERPROFILE", "")
    import pwd

    asked = os.environ.get("SUDO_UID") or os.environ.get("PKEXEC_UID") or ""
    uid = int(asked) if asked.isdigit() and os.geteuid() == 0 else os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return uid, str(uid), os.environ.get("HOME", "/")
    return uid, entry.pw_name, entry.pw_dir


def _computer_id(host_name: str) -> str:
    """A stable id that cannot be turned back: systemd asks never to publish machine-id itself (machine-id(5))."""
    try:
        machine = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        machine = ""
    return hashlib.sha256(f"hygie:{machine or host_name}".encode()).hexdigest()[:16]
