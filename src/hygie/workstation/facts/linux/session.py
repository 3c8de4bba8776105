"""The session of the person on Linux: which desktop, how it locks, what asks for a password, what a key may start."""

from __future__ import annotations

from hygie.workstation.facts.linux import gsettings, xfconf
from hygie.workstation.facts.linux.lock import READERS
from hygie.workstation.facts.linux.need import NotKnown, fact_of, need
from hygie.workstation.facts.linux.parsing import answer_of, text_of
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.linux.system import DESKTOP_SESSIONS
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, NotApplicable, Reason, Unknown
from hygie.workstation.facts.session import AUTORUN, SCREEN_LOCK, SESSION_PASSWORD, Autorun, PasswordStatus, ScreenLock
from hygie.workstation.probe import Probe

# Words of session file names; the first that fits decides. "lightdm-xsession" only starts another one.
DESKTOP_WORDS = (
    ("lightdm-xsession", ""),
    ("gnome", "gnome"),
    ("ubuntu", "gnome"),
    ("plasma", "kde"),
    ("xfce", "xfce"),
    ("xubuntu", "xfce"),
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
NO_SCREEN = NotApplicable("ce poste n’a pas d’écran de session (serveur)", DESKTOP_SESSIONS[0])
# Column 2 of `passwd -S` (passwd(1)): Debian writes P, NP, L; Fedora writes PS, NP, LK.
PASSWORD_WORDS = {
    "P": PasswordStatus.SET,
    "PS": PasswordStatus.SET,
    "NP": PasswordStatus.EMPTY,
    "L": PasswordStatus.LOCKED,
    "LK": PasswordStatus.LOCKED,
}
SCHEMAS_OF_MEDIA = {
    "gnome": "org.gnome.desktop.media-handling",
    "cinnamon": "org.cinnamon.desktop.media-handling",
    "mate": "org.mate.media-handling",
}
XFCE_VOLUMES = "/usr/bin/thunar-volman"


def desktop_in_use(probe: Probe) -> str:
    """The desktop of the person ("autre" when it is one that Hygie does not read). Raises NotKnown.

    When several are installed, the one that runs now decides: judging the wrong one would be a false answer.
    """
    installed = _installed_desktops(probe)
    if len(installed) == 1:
        return installed.pop()
    running = installed & _running_desktops(probe)
    if len(running) == 1:
        return running.pop()
    detail = "plusieurs bureaux sont installés : relancez le bilan depuis votre session ouverte"
    raise NotKnown(Unknown(Reason.ABSENT, DESKTOP_SESSIONS[0], detail))


def _installed_desktops(probe: Probe) -> set[str]:
    found: set[str] = set()
    for folder in DESKTOP_SESSIONS:
        names = probe.list_dir(folder)
        if isinstance(names, Unknown):
            if names.reason is not Reason.ABSENT:
                raise NotKnown(names)
            continue
        found |= {_desktop_of(name.lower()) for name in names if name.endswith(".desktop")} - {""}
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


def _unread(desktop: str) -> Unknown:
    return Unknown(Reason.ABSENT, desktop, "Hygie ne sait pas lire les réglages de ce bureau")


def collect_lock(probe: Probe) -> Collected:
    """How the session locks, on the desktop in use."""

    def read() -> Fact[ScreenLock]:
        desktop = desktop_in_use(probe)
        return READERS[desktop](probe) if desktop in READERS else _unread(desktop)

    return {SCREEN_LOCK: fact_of(read)}


def collect_autorun(probe: Probe) -> Collected:
    """Whether a program of a key may start, on the desktop in use."""
    return {AUTORUN: fact_of(lambda: _autorun(probe))}


def _autorun(probe: Probe) -> Fact[Autorun]:
    desktop = desktop_in_use(probe)
    home = need(home_of_person(probe))
    if desktop in SCHEMAS_OF_MEDIA:
        values = need(gsettings.schema_values(probe, SCHEMAS_OF_MEDIA[desktop]))
        return Known(Autorun(desktop, need(gsettings.flag(values, "autorun-never"))), SCHEMAS_OF_MEDIA[desktop])
    if desktop == "kde":  # Plasma's Device Notifier lists actions and has none that starts a program of the medium
        return Known(Autorun("kde", never=True), "plasma", "KDE ne lance jamais le programme d’une clé")
    if desktop != "xfce":
        return _unread(desktop)
    if isinstance(probe.stat(XFCE_VOLUMES), Unknown):
        return Known(
            Autorun("xfce", never=True), XFCE_VOLUMES, "Le logiciel de Xfce qui ouvre les clés n’est pas installé"
        )
    values = need(xfconf.channel_values(probe, home, "thunar-volman"))
    runs = need(xfconf.flag(values, "/autorun/enabled", default=False))
    default = "" if "/autorun/enabled" in values else "L’exécution n’a pas été réglée : Xfce l’interdit d’origine"
    return Known(Autorun("xfce", never=not runs), "xfconf thunar-volman", default)


def collect_password(probe: Probe) -> Collected:
    """Whether the person's own account has a password, and whether the login screen still asks for it."""
    return {SESSION_PASSWORD: fact_of(lambda: _password(probe))}


def _password(probe: Probe) -> Fact[PasswordStatus]:
    need(home_of_person(probe))
    user = probe.identity.user
    groups = text_of(need(probe.read_file("/etc/group")))
    if user in members_of(groups, "nopasswdlogin"):  # GDM and LightDM let its members in, and back, without a password
        return Known(PasswordStatus.NOT_ASKED, "/etc/group")
    answer = need(answer_of(probe.run(["passwd", "-S", user]), "passwd -S"))
    words = answer.text.split()
    if len(words) < 2 or words[0] != user or words[1] not in PASSWORD_WORDS:
        return Unknown(Reason.UNPARSABLE, "passwd -S")
    return Known(PASSWORD_WORDS[words[1]], "passwd -S")


def members_of(groups: str, group: str) -> set[str]:
    """Members of a group in the text of /etc/group (group(5)); the primary group of an account is not listed there."""
    for line in groups.splitlines():
        fields = line.split(":")
        if len(fields) == 4 and fields[0] == group:
            return set(filter(None, fields[3].split(",")))
    return set()


COLLECTORS = (
    Collector("lock", (SCREEN_LOCK,), collect_lock),
    Collector("autorun", (AUTORUN,), collect_autorun),
    Collector("session_password", (SESSION_PASSWORD,), collect_password),
)
