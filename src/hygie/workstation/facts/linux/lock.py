"""How each desktop of Linux locks the session: one reader a desktop. They raise NotKnown: see ``need``."""

from __future__ import annotations

from hygie.workstation.facts.linux import gsettings, xfconf
from hygie.workstation.facts.linux.need import NotKnown, need
from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Fact, Known, Reason, Unknown
from hygie.workstation.facts.session import ScreenLock
from hygie.workstation.probe import Probe

MINUTE = 60
DISPLAY_MANAGER = "/etc/X11/default-display-manager"
XFCE_SAVER = "/usr/bin/xfce4-screensaver"


def gnome_lock(probe: Probe) -> Fact[ScreenLock]:
    """GNOME: idle-delay, then lock-delay; ``idle-activation-enabled`` is ignored by GNOME itself (its schema says so).

    GNOME Shell only locks when the login screen is GDM; a lockdown can forbid locking altogether.
    """
    manager = probe.read_file(DISPLAY_MANAGER)
    if isinstance(manager, Unknown) and manager.reason is not Reason.ABSENT:
        need(manager)
    if not isinstance(manager, Unknown) and b"gdm" not in manager.strip().rsplit(b"/", 1)[-1]:
        detail = "GNOME ne verrouille qu’avec son propre écran de connexion, GDM, et ce poste en utilise un autre"
        raise NotKnown(Unknown(Reason.REFUSED, DISPLAY_MANAGER, detail))
    lockdown = need(gsettings.schema_values(probe, "org.gnome.desktop.lockdown"))
    forbidden = need(gsettings.flag(lockdown, "disable-lock-screen"))
    session = need(gsettings.schema_values(probe, "org.gnome.desktop.session"))
    saver = need(gsettings.schema_values(probe, "org.gnome.desktop.screensaver"))
    # GNOME locks on suspend when it locks at all; Ubuntu adds a key that prevents it.
    resume = saver.get("ubuntu-lock-on-suspend", "true") == "true"
    return _seconds_lock("gnome", session, saver, allowed=not forbidden, resume=resume)


def cinnamon_lock(probe: Probe) -> Fact[ScreenLock]:
    """Cinnamon (Linux Mint): the same keys as GNOME under its own name."""
    session = need(gsettings.schema_values(probe, "org.cinnamon.desktop.session"))
    saver = need(gsettings.schema_values(probe, "org.cinnamon.desktop.screensaver"))
    power = gsettings.schema_values(probe, "org.cinnamon.settings-daemon.plugins.power")
    resume = power if isinstance(power, Unknown) else gsettings.flag(power, "lock-on-suspend")
    return _seconds_lock(
        "cinnamon", session, saver, allowed=True, resume=None if isinstance(resume, Unknown) else resume
    )


def _seconds_lock(
    desktop: str, session: gsettings.Settings, saver: gsettings.Settings, *, allowed: bool, resume: bool | None
) -> Fact[ScreenLock]:
    idle, grace = need(gsettings.number(session, "idle-delay")), need(gsettings.number(saver, "lock-delay"))
    enabled = need(gsettings.flag(saver, "lock-enabled")) and allowed
    return Known(ScreenLock(desktop, idle, grace, enabled, on_resume=resume), "gsettings")


def mate_lock(probe: Probe) -> Fact[ScreenLock]:
    """MATE counts in minutes, and its screen saver can be told not to start."""
    session = need(gsettings.schema_values(probe, "org.mate.session"))
    saver = need(gsettings.schema_values(probe, "org.mate.screensaver"))
    idle, grace = need(gsettings.number(session, "idle-delay")), need(gsettings.number(saver, "lock-delay"))
    starts, locks = need(gsettings.flag(saver, "idle-activation-enabled")), need(gsettings.flag(saver, "lock-enabled"))
    return Known(ScreenLock("mate", idle * MINUTE if starts else 0, grace * MINUTE, locks), "gsettings")


def kde_lock(probe: Probe) -> Fact[ScreenLock]:
    """Plasma: [Daemon] of kscreenlockerrc, the person's file over the system's.

    Defaults of kscreenlocker's own schema: locks by itself after 5 minutes, 5 seconds of grace, password asked,
    locked on resume. Timeout is in minutes (0: never), LockGrace in seconds.
    """
    home = need(home_of_person(probe))
    path = f"{home}/.config/kscreenlockerrc"
    system, own = _kde_daemon(probe, "/etc/xdg/kscreenlockerrc"), _kde_daemon(probe, path)
    values = {**(system or {}), **(own or {})}
    default = "Le verrouillage n’a pas été réglé : celui d’origine de KDE s’applique" if own is None else ""
    lock = ScreenLock(
        "kde",
        need(_kde_number(values, "Timeout", 5)) * MINUTE if need(_kde_flag(values, "Autolock")) else 0,
        need(_kde_number(values, "LockGrace", 5)),
        enabled=True,  # Plasma has no switch for all locking: without Autolock it still locks on resume
        password=need(_kde_flag(values, "RequirePassword")),
        on_resume=need(_kde_flag(values, "LockOnResume")),
    )
    return Known(lock, path, default)


def _kde_daemon(probe: Probe, path: str) -> dict[str, str] | None:
    """The [Daemon] group of one file; None when the file does not exist."""
    data = probe.read_file(path)
    if isinstance(data, Unknown) and data.reason is Reason.ABSENT:
        return None
    return parse_kde_group(text_of(need(data)), "Daemon")


def parse_kde_group(text: str, group: str) -> dict[str, str]:
    """``Key=value`` lines of one group of a KDE file; ``[$i]`` marks (value locked by an administrator) are dropped."""
    values: dict[str, str] = {}
    current = ""
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith("["):
            current = line.removesuffix("[$i]").strip("[]")
        elif current == group and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            values[key.partition("[")[0].strip()] = value.strip()
    return values


def _kde_number(values: dict[str, str], key: str, default: int) -> int | Unknown:
    word = values.get(key, str(default))
    return int(word) if word.isdigit() else Unknown(Reason.UNPARSABLE, key)


def _kde_flag(values: dict[str, str], key: str) -> bool | Unknown:
    word = values.get(key, "true").lower()
    return word == "true" if word in ("true", "false") else Unknown(Reason.UNPARSABLE, key)


def xfce_lock(probe: Probe) -> Fact[ScreenLock]:
    """Xfce with its own screen saver: minutes; each default is the one of xfce4-screensaver's gs-prefs.h."""
    home = need(home_of_person(probe))
    if isinstance(probe.stat(XFCE_SAVER), Unknown):
        detail = "l’écran de veille de Xfce n’est pas installé, un autre logiciel verrouille peut-être"
        raise NotKnown(Unknown(Reason.ABSENT, XFCE_SAVER, detail))
    autostart = probe.read_file(f"{home}/.config/autostart/xfce4-screensaver.desktop")
    if not isinstance(autostart, Unknown) and key_values(text_of(autostart)).get("Hidden", "").lower() == "true":
        return Known(ScreenLock("xfce", 0, 0, enabled=False, on_resume=False), "autostart")  # unticked by the person
    values = need(xfconf.channel_values(probe, home, "xfce4-screensaver"))
    power = need(xfconf.channel_values(probe, home, "xfce4-power-manager"))
    starts = need(xfconf.flag(values, "/saver/enabled", default=True))
    starts = need(xfconf.flag(values, "/saver/idle-activation/enabled", default=True)) and starts
    # "Presentation mode" keeps the screen on, and it stays ticked until somebody unticks it.
    starts = starts and not need(xfconf.flag(power, "/xfce4-power-manager/presentation-mode", default=False))
    locks = need(xfconf.flag(values, "/lock/enabled", default=True))
    with_saver = need(xfconf.flag(values, "/lock/saver-activation/enabled", default=True))
    idle = need(xfconf.number(values, "/saver/idle-activation/delay", 5))
    grace = need(xfconf.number(values, "/lock/saver-activation/delay", 0))
    resume = need(xfconf.flag(power, "/xfce4-power-manager/lock-screen-suspend-hibernate", default=True))
    lock = ScreenLock(
        "xfce", idle * MINUTE if starts else 0, grace * MINUTE, locks and with_saver, on_resume=resume and locks
    )
    return Known(
        lock, "xfconf", "" if values else "Le verrouillage n’a pas été réglé : celui d’origine de Xfce s’applique"
    )


READERS = {"gnome": gnome_lock, "cinnamon": cinnamon_lock, "mate": mate_lock, "kde": kde_lock, "xfce": xfce_lock}
