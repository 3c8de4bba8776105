"""Which desktop the person uses on Linux, from the session files installed and the shells that run."""

from __future__ import annotations

from hygie.workstation.facts.linux.need import NotKnown, need
from hygie.workstation.facts.linux.parsing import listed, text_of
from hygie.workstation.facts.model import NotApplicable, Reason, Unknown
from hygie.workstation.probe import Probe

SHARED, SESSION_FOLDERS = "/usr/share", ("xsessions", "wayland-sessions")
# Words of session file names; the first that fits decides. "lightdm-xsession" only starts another one.
DESKTOP_WORDS = (
    ("lightdm-xsession", ""),
    ("xubuntu", "xfce"),
    ("kubuntu", "kde"),
    ("lubuntu", "autre"),
    ("budgie", "autre"),
    ("gnome", "gnome"),
    ("ubuntu", "gnome"),
    ("plasma", "kde"),
    ("xfce", "xfce"),
    ("cinnamon", "cinnamon"),
    ("mate", "mate"),
)
# /proc/…/comm keeps 15 characters.
SHELLS = {
    "gnome-shell": "gnome",
    "plasmashell": "kde",
    "xfce4-session": "xfce",
    "cinnamon": "cinnamon",
    "mate-session": "mate",
}
SEVERAL = "plusieurs"
NO_SCREEN = NotApplicable("ce poste n’a pas d’écran de session (serveur)", SHARED)


def desktop_in_use(probe: Probe) -> str:
    """The desktop of the person ("autre" when it is one that Hygie does not read). Raises NotKnown.

    When several are installed, the one that runs now decides: judging the wrong one would be a false answer.
    """
    desktop = desktop_or_several(probe)
    if desktop == SEVERAL:
        detail = "plusieurs bureaux sont installés : relancez le bilan depuis votre session ouverte"
        raise NotKnown(Unknown(Reason.ABSENT, SHARED, detail))
    return desktop


def desktop_or_several(probe: Probe) -> str:
    """The desktop of the person, or SEVERAL: enough to know that there is a screen. Raises NotKnown."""
    installed = _installed_desktops(probe)
    found = installed if len(installed) == 1 else installed & _running_desktops(probe)
    return found.pop() if len(found) == 1 else SEVERAL


def _installed_desktops(probe: Probe) -> set[str]:
    """Session files present. "No screen" is only said when /usr/share was really seen without them."""
    shared = need(listed(probe.list_dir(SHARED), SHARED))
    names = [
        name for folder in SESSION_FOLDERS if folder in shared for name in need(probe.list_dir(f"{SHARED}/{folder}"))
    ]
    found = {_desktop_of(name.lower()) for name in names if name.endswith(".desktop")} - {""}
    if not found:
        raise NotKnown(NO_SCREEN)
    return found


def _desktop_of(name: str) -> str:
    return next((desktop for word, desktop in DESKTOP_WORDS if word in name), "autre")


def _running_desktops(probe: Probe) -> set[str]:
    """Desktops of which the person runs the shell now, from /proc."""
    names = probe.list_dir("/proc")
    running: set[str] = set()
    for pid in () if isinstance(names, Unknown) else names:
        comm = probe.read_file(f"/proc/{pid}/comm") if pid.isdigit() else b""
        desktop = "" if isinstance(comm, Unknown) else SHELLS.get(text_of(comm).strip(), "")
        owner = probe.stat(f"/proc/{pid}") if desktop else None
        if owner is not None and not isinstance(owner, Unknown) and owner.uid == probe.identity.uid:
            running.add(desktop)
    return running
