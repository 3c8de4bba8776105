"""Sessions that open by themselves or for a guest, from the settings of login screens and consoles."""

from __future__ import annotations

import re
from collections.abc import Callable

from hygie.workstation.facts.accounts import AUTO_LOGINS, GUEST_SESSION, AutoLogin
from hygie.workstation.facts.linux.desktops import SESSION_FOLDERS, SHARED
from hygie.workstation.facts.linux.ini import Sections, is_true, parse_ini
from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.optional import drop_in_texts, exists, optional_names, optional_text
from hygie.workstation.facts.linux.parsing import filled, listed
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

# Settings of each login screen, in the order it reads them (the last one wins); "/" ends a folder of *.conf.
SETTINGS = {
    "gdm": ("/etc/gdm3/daemon.conf", "/etc/gdm3/custom.conf", "/etc/gdm/daemon.conf", "/etc/gdm/custom.conf"),
    "sddm": ("/usr/lib/sddm/sddm.conf.d/", "/etc/sddm.conf.d/", "/etc/sddm.conf"),
    "plasmalogin": ("/usr/lib/plasmalogin.conf.d/", "/etc/plasmalogin.conf.d/", "/etc/plasmalogin.conf"),
    "lightdm": (
        "/usr/share/lightdm/lightdm.conf.d/",
        "/etc/xdg/lightdm/lightdm.conf.d/",
        "/etc/lightdm/lightdm.conf.d/",
        "/etc/lightdm/lightdm.conf",
    ),
    "lxdm": ("/etc/lxdm/lxdm.conf",),
    "greetd": ("/etc/greetd/config.toml",),
}
PROGRAMS = {
    "gdm": ("/usr/sbin/gdm3", "/usr/sbin/gdm", "/usr/bin/gdm"),
    "sddm": ("/usr/bin/sddm",),
    "plasmalogin": ("/usr/bin/plasmalogin",),
    "lightdm": ("/usr/sbin/lightdm", "/usr/bin/lightdm"),
    "lxdm": ("/usr/sbin/lxdm",),
    "greetd": ("/usr/sbin/greetd", "/usr/bin/greetd"),
}
GUEST_SCRIPTS = "/usr/sbin/guest-account", "/usr/bin/guest-account", "/usr/local/sbin/guest-account"
UNITS = "/etc/systemd/system"
UNKNOWN_SCREEN = Unknown(Reason.ABSENT, UNITS, "écran de connexion inconnu de Hygie")
NO_PASSWORD_GROUP = re.compile(r"^nopasswdlogin:[^:]*:\d*:(\S+)$", re.MULTILINE)

_GETTY = re.compile(r"(?:(?:serial-|console-|container-)?getty|autovt)@?[^/]*\.service(?:\.d)?")
_GETTY_LOGIN = re.compile(r"^ExecStart=\S*getty\b.*?\s(?:--autologin[ =]|-a\s*)(\S+)", re.MULTILINE)


def collect_login_screen(probe: Probe) -> Collected:
    """Who gets a session without a password, and whether a guest does."""
    return {AUTO_LOGINS: fact_of(lambda: _auto_logins(probe)), GUEST_SESSION: fact_of(lambda: _guest(probe))}


def _auto_logins(probe: Probe) -> Fact[tuple[AutoLogin, ...]]:
    found = {AutoLogin(user, "console") for user in _console_users(probe)}
    members = NO_PASSWORD_GROUP.search(need(filled(probe.read_file("/etc/group"), "/etc/group")))
    found |= {AutoLogin(user, "groupe nopasswdlogin") for user in (members[1].split(",") if members else ())}
    screens = _installed(probe)
    for screen in screens:
        settings = parse_ini(need(drop_in_texts(probe, SETTINGS[screen])))
        found |= {AutoLogin(user, screen) for user in READERS[screen](settings)}
    if not found and _has_desktop(probe) and not screens:
        return UNKNOWN_SCREEN
    return Known(tuple(sorted(found, key=lambda login: (login.username, login.by))), ", ".join(screens) or "/etc")


def _installed(probe: Probe) -> list[str]:
    return [name for name, paths in PROGRAMS.items() if any(exists(probe, path) for path in paths)]


def _has_desktop(probe: Probe) -> bool:
    """ "No screen" is only said when /usr/share was really seen without session files."""
    folders = (f"{SHARED}/{name}" for name in need(listed(probe.list_dir(SHARED), SHARED)) if name in SESSION_FOLDERS)
    return any(need(optional_names(probe, folder, ".desktop")) for folder in folders)


def gdm_users(settings: Sections) -> list[str]:
    """[daemon] AutomaticLogin and TimedLogin, each behind its own switch (GDM's reference manual)."""
    daemon = settings.get("daemon", {})
    pairs = (("AutomaticLoginEnable", "AutomaticLogin"), ("TimedLoginEnable", "TimedLogin"))
    return [daemon[user] for switch, user in pairs if is_true(daemon.get(switch, "")) and daemon.get(user)]


def sddm_users(settings: Sections) -> list[str]:
    """[Autologin] User, when it names somebody (sddm.conf(5))."""
    user = settings.get("Autologin", {}).get("User", "")
    return [user] if user else []


def lightdm_users(settings: Sections) -> list[str]:
    """Any seat with autologin-user, or with autologin-guest."""
    seats = [values for name, values in settings.items() if name.startswith("Seat")]
    users = [values["autologin-user"] for values in seats if values.get("autologin-user")]
    return users + ["invité" for values in seats if is_true(values.get("autologin-guest", ""))]


def lxdm_users(settings: Sections) -> list[str]:
    """[base] autologin."""
    user = settings.get("base", {}).get("autologin", "")
    return [user] if user else []


def greetd_users(settings: Sections) -> list[str]:
    """[initial_session] user: the session greetd opens at start without asking (greetd(5))."""
    user = settings.get("initial_session", {}).get("user", "").strip("\"'")
    return [user] if user else []


READERS: dict[str, Callable[[Sections], list[str]]] = {
    "gdm": gdm_users,
    "sddm": sddm_users,
    "plasmalogin": sddm_users,
    "lightdm": lightdm_users,
    "lxdm": lxdm_users,
    "greetd": greetd_users,
}


def _console_users(probe: Probe) -> list[str]:
    """Users of consoles started with agetty --autologin (agetty(8)), from units and their drop-ins."""
    users: list[str] = []
    for name in need(listed(probe.list_dir(UNITS), UNITS)):
        if not _GETTY.fullmatch(name):
            continue
        path = f"{UNITS}/{name}"
        status = probe.stat(path)
        if not isinstance(status, Unknown) and status.kind == "other":
            continue  # masked: a link to /dev/null
        files = need(optional_names(probe, path, ".conf")) if path.endswith(".d") else (path,)
        for file in files:
            users += _GETTY_LOGIN.findall(need(optional_text(probe, file)))
    return users


def _guest(probe: Probe) -> Fact[bool]:
    """Only lightdm has guests, allowed unless it says no, and only where the script that makes them exists."""
    screens = _installed(probe)
    if _has_desktop(probe) and not screens:
        return UNKNOWN_SCREEN
    if "lightdm" not in screens:
        return Known(value=False, source=", ".join(screens) or "/usr/sbin/lightdm")
    settings = parse_ini(need(drop_in_texts(probe, SETTINGS["lightdm"])))
    script = settings.get("LightDM", {}).get("guest-account-script", "")
    scripts = (script,) if script.startswith("/") else GUEST_SCRIPTS
    if not any(exists(probe, path) for path in scripts):
        return Known(value=False, source=scripts[0])
    seats = [values for name, values in settings.items() if name.startswith("Seat")]
    said = [values["allow-guest"] for values in seats if "allow-guest" in values]
    if said:
        return Known(any(is_true(value) for value in said), "/etc/lightdm")
    default = "LightDM autorise les invités quand rien n’est réglé"
    return Known(value=True, source="/etc/lightdm", default_applied=default)


COLLECTORS = (Collector("login_screen", (AUTO_LOGINS, GUEST_SESSION), collect_login_screen),)
