"""Desktops made in memory: the files and answers by which each one tells its settings."""

from __future__ import annotations

from typing import Any

from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import folder, machine

X, WAYLAND = "/usr/share/xsessions", "/usr/share/wayland-sessions"
GROUP = "root:x:0:\nsudo:x:27:medecin\nmedecin:x:1000:\n"


def recursive(schema: str, **values: str) -> dict[str, str]:
    """The answer of ``gsettings list-recursively``; underscores stand for hyphens."""
    lines = "".join(f"{schema} {key.replace('_', '-')} {value}\n" for key, value in values.items())
    return {f"gsettings list-recursively {schema}": lines}


def gnome(**changes: Any) -> ReplayProbe:
    """A GNOME session as Debian sets it, less what ``changes`` say: idle, enabled, grace, lockdown, never, password…"""
    settings = {
        "idle": "uint32 300",
        "enabled": "true",
        "grace": "uint32 0",
        "lockdown": "false",
        "never": "true",
        "password": "P",
    }
    settings |= {key: value for key, value in changes.items() if key in settings}
    runs = {
        **recursive("org.gnome.desktop.lockdown", disable_lock_screen=settings["lockdown"]),
        **recursive("org.gnome.desktop.session", idle_delay=settings["idle"], session_name="'gnome'"),
        **recursive("org.gnome.desktop.screensaver", lock_enabled=settings["enabled"], lock_delay=settings["grace"]),
        **recursive("org.gnome.desktop.media-handling", automount="true", autorun_never=settings["never"]),
        "passwd -S medecin": f"medecin {settings['password']} 2026-01-05 0 99999 7 -1\n",
    }
    return machine(
        dirs={X: ["gnome.desktop", "gnome-xorg.desktop"]} | changes.get("dirs", {}),
        files={"/etc/group": GROUP, "/etc/X11/default-display-manager": "/usr/sbin/gdm3\n"} | changes.get("files", {}),
        runs={key: value for key, value in (runs | changes.get("runs", {})).items() if value is not None},
        stats=changes.get("stats", {}),
        uid=changes.get("uid", 1000),
    )


def kde(rc: str | None = None, **changes: Any) -> ReplayProbe:
    """A Plasma session; ``rc`` is the text of kscreenlockerrc, None when nobody set anything."""
    files = {"/etc/group": GROUP} | ({"/home/medecin/.config/kscreenlockerrc": rc} if rc is not None else {})
    runs = {"passwd -S medecin": "medecin P 2026-01-05 0 99999 7 -1\n"}
    return machine(dirs={WAYLAND: ["plasma.desktop"]}, files=files | changes.get("files", {}), runs=runs)


def xfce(
    saver: str | None = None,
    *,
    power: str = "",
    volumes: str = "",
    installed: bool = True,
    files: dict[str, str] | None = None,
) -> ReplayProbe:
    """An Xfce session; each text is the inside of a channel of xfconf."""
    base = "/home/medecin/.config/xfce4/xfconf/xfce-perchannel-xml"
    channels = {"xfce4-screensaver": saver, "xfce4-power-manager": power, "thunar-volman": volumes}
    found = {
        f"{base}/{name}.xml": f'<?xml version="1.0"?>\n<channel name="{name}" version="1.0">{text}</channel>'
        for name, text in channels.items()
        if text
    }
    programs = ["/usr/bin/xfce4-screensaver", "/usr/bin/thunar-volman"] if installed else []
    return machine(
        dirs={X: ["xfce.desktop", "lightdm-xsession.desktop"]},
        files={"/etc/group": GROUP} | found | (files or {}),
        runs={"passwd -S medecin": "medecin P 2026-01-05 0 99999 7 -1\n"},
        stats={path: folder() for path in programs},
    )
