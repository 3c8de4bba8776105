"""The session of the person on Linux: which desktop, how it locks, what asks for a password, what a key may start."""

from __future__ import annotations

from hygie.workstation.facts.linux import gsettings, xfconf
from hygie.workstation.facts.linux.desktops import desktop_in_use
from hygie.workstation.facts.linux.lock import READERS
from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.parsing import answer_of, filled
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.session import AUTORUN, SCREEN_LOCK, SESSION_PASSWORD, Autorun, PasswordStatus, ScreenLock
from hygie.workstation.probe import Probe

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
    opener = probe.stat(XFCE_VOLUMES)
    if isinstance(opener, Unknown):
        if opener.reason is not Reason.ABSENT:
            return opener
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
    groups = need(filled(probe.read_file("/etc/group"), "/etc/group"))
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
