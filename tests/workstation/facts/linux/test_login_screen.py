"""Sessions that open by themselves are found wherever a login screen keeps the setting."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hygie.workstation.facts.accounts import AUTO_LOGINS, GUEST_SESSION
from hygie.workstation.facts.linux.login_screen import collect_login_screen
from hygie.workstation.facts.model import Known, Reason, Unknown
from hygie.workstation.probe import FileStatus
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import NOW, machine, regular

UNITS = "/etc/systemd/system"
GROUP = "root:x:0:\nsudo:x:27:claire\n"


def computer(
    program: str = "",
    *,
    files: Mapping[str, str | bytes | Reason] | None = None,
    dirs: Mapping[str, list[str]] | None = None,
    stats: Mapping[str, FileStatus | Reason] | None = None,
) -> ReplayProbe:
    """A desktop whose login screen is ``program``."""
    return machine(
        files={"/etc/group": GROUP, **(files or {})},
        dirs={
            UNITS: ["multi-user.target.wants"],
            "/usr/share": ["xsessions"],
            "/usr/share/xsessions": ["gnome.desktop"],
            **(dirs or {}),
        },
        stats={**({program: regular()} if program else {}), **(stats or {})},
    )


def logins(probe: ReplayProbe) -> list[tuple[str, str]]:
    fact = collect_login_screen(probe)[AUTO_LOGINS]
    assert isinstance(fact, Known), fact
    return [(login.username, login.by) for login in fact.value]


@pytest.mark.parametrize(
    ("program", "path", "text"),
    [
        ("/usr/sbin/gdm3", "/etc/gdm3/daemon.conf", "[daemon]\nAutomaticLoginEnable = true\nAutomaticLogin = claire\n"),
        ("/usr/sbin/gdm3", "/etc/gdm3/custom.conf", "[daemon]\nAutomaticLoginEnable=True\nAutomaticLogin=claire\n"),
        ("/usr/sbin/gdm", "/etc/gdm/custom.conf", "[daemon]\nTimedLoginEnable=true\nTimedLogin=claire\n"),
        ("/usr/bin/sddm", "/etc/sddm.conf", "[Autologin]\nUser=claire\nSession=plasma\n"),
        ("/usr/sbin/lightdm", "/etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=claire\n"),
        ("/usr/sbin/lightdm", "/etc/lightdm/lightdm.conf", "[SeatDefaults]\nautologin-user=claire\n"),
        ("/usr/sbin/lxdm", "/etc/lxdm/lxdm.conf", "[base]\nautologin=claire\n"),
        ("/usr/sbin/greetd", "/etc/greetd/config.toml", '[initial_session]\nuser = "claire"\ncommand = "sway"\n'),
    ],
)
def test_each_login_screen_that_lets_somebody_in_is_seen(program: str, path: str, text: str) -> None:
    assert [name for name, _ in logins(computer(program, files={path: text}))] == ["claire"]


@pytest.mark.parametrize(
    ("program", "path", "text"),
    [
        ("/usr/sbin/gdm3", "/etc/gdm3/daemon.conf", "[daemon]\n#AutomaticLoginEnable=true\n#AutomaticLogin=claire\n"),
        ("/usr/sbin/gdm3", "/etc/gdm3/daemon.conf", "[daemon]\nAutomaticLoginEnable=false\nAutomaticLogin=claire\n"),
        ("/usr/sbin/gdm3", "/etc/gdm3/daemon.conf", "[daemon]\nAutomaticLogin=claire\n"),
        ("/usr/bin/sddm", "/etc/sddm.conf", "[Autologin]\nUser=\n"),
        ("/usr/sbin/lightdm", "/etc/lightdm/lightdm.conf", "[Seat:*]\n#autologin-user=claire\n"),
        ("/usr/sbin/gdm3", "/etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=claire\n"),
        ("/usr/sbin/gdm3", "/etc/gdm3/daemon.conf", ""),
    ],
)
def test_settings_that_let_nobody_in_are_in_order(program: str, path: str, text: str) -> None:
    assert logins(computer(program, files={path: text})) == []


def test_the_last_file_read_wins() -> None:
    folder = "/etc/sddm.conf.d"
    probe = computer(
        "/usr/bin/sddm",
        files={f"{folder}/kde.conf": "[Autologin]\nUser=claire\n", "/etc/sddm.conf": "[Autologin]\nUser=\n"},
        dirs={folder: ["kde.conf", "lisez-moi.txt"]},
    )
    assert logins(probe) == []


@pytest.mark.parametrize(
    "line",
    [
        "ExecStart=-/sbin/agetty --autologin claire --noclear %I $TERM",
        "ExecStart=-/sbin/agetty -a claire %I",
        "ExecStart=\nExecStart=-/usr/sbin/agetty --noclear --autologin=claire %I 38400 linux",
    ],
)
def test_a_console_that_logs_in_by_itself_is_seen(line: str) -> None:
    folder = f"{UNITS}/getty@tty1.service.d"
    probe = computer(
        "/usr/sbin/gdm3",
        files={f"{folder}/auto.conf": f"[Service]\n{line}\n"},
        dirs={UNITS: ["getty@tty1.service.d"], folder: ["auto.conf"]},
    )
    assert logins(probe) == [("claire", "console")]


def test_a_masked_console_is_not_a_fault() -> None:
    mask = FileStatus("other", 0, 0o666, 0, NOW)
    probe = computer(
        "/usr/sbin/gdm3", dirs={UNITS: ["getty@tty1.service"]}, stats={f"{UNITS}/getty@tty1.service": mask}
    )
    assert logins(probe) == []


def test_the_group_that_needs_no_password_is_seen() -> None:
    probe = computer("/usr/sbin/lightdm", files={"/etc/group": GROUP + "nopasswdlogin:x:120:claire,bruno\n"})
    assert [name for name, _ in logins(probe)] == ["bruno", "claire"]


@pytest.mark.parametrize(
    "probe",
    [
        computer(""),
        computer("/usr/sbin/gdm3", files={"/etc/gdm3/daemon.conf": Reason.RIGHTS}),
        computer("/usr/sbin/gdm3", files={"/etc/group": Reason.ABSENT}),
        machine(files={"/etc/group": GROUP}),
        machine(files={"/etc/group": GROUP}, dirs={UNITS: [], "/usr/share": Reason.ABSENT}),
        machine(),
    ],
)
def test_an_unknown_login_screen_or_unreadable_settings_are_unknown(probe: ReplayProbe) -> None:
    assert isinstance(collect_login_screen(probe)[AUTO_LOGINS], Unknown)


def test_a_server_without_login_screen_is_judged_on_its_consoles() -> None:
    assert logins(computer("", dirs={"/usr/share": ["doc"]})) == []


@pytest.mark.parametrize(
    ("text", "script", "guest"),
    [
        ("", True, True),
        ("[Seat:*]\nallow-guest=true\n", True, True),
        ("[Seat:*]\nallow-guest=false\n", True, False),
        ("", False, False),
    ],
)
def test_guests_need_the_permission_and_the_script(text: str, *, script: bool, guest: bool) -> None:
    stats = {"/usr/sbin/guest-account": regular()} if script else {}
    probe = computer("/usr/sbin/lightdm", files={"/etc/lightdm/lightdm.conf": text}, stats=stats)
    fact = collect_login_screen(probe)[GUEST_SESSION]
    assert isinstance(fact, Known)
    assert fact.value is guest
    assert bool(fact.default_applied) is (script and not text)


def test_guests_are_unknown_behind_an_unknown_login_screen() -> None:
    assert isinstance(collect_login_screen(computer(""))[GUEST_SESSION], Unknown)
    hidden = machine(dirs={"/usr/share": Reason.RIGHTS})
    assert isinstance(collect_login_screen(hidden)[GUEST_SESSION], Unknown)
