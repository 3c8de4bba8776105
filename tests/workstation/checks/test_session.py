"""Checks on the session: automatic lock, password on return, programs of removable media."""

from __future__ import annotations

from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.desktops import X, gnome, kde, recursive, xfce
from tests.workstation.machines import finding, folder, machine

OK, TO_FIX, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
SCREENSAVER = "gsettings list-recursively org.gnome.desktop.screensaver"
SESSION = "gsettings list-recursively org.gnome.desktop.session"


def screensaver(*properties: str) -> str:
    return '<property name="saver" type="empty">' + "".join(properties) + "</property>"


PRESENTATION = (
    '<property name="xfce4-power-manager"><property name="presentation-mode" type="bool" value="true"/></property>'
)
IDLE_20 = '<property name="idle-activation" type="empty"><property name="delay" type="int" value="20"/></property>'


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (gnome(), OK, "après 5\u00a0minutes"),
        (gnome(idle="uint32 600"), OK, "après 10\u00a0minutes"),
        (gnome(idle="uint32 601"), TO_FIX, "10\u00a0minutes\u00a001"),
        (gnome(idle="uint32 0"), TO_FIX, "jamais"),
        (gnome(enabled="false"), TO_FIX, "désactivé"),
        (gnome(grace="uint32 3600"), TO_FIX, "65\u00a0minutes"),
        (gnome(lockdown="true"), TO_FIX, "désactivé"),
        (kde(), OK, "celui d’origine de KDE"),
        (kde("[Daemon]\nTimeout=10\n"), OK, "10\u00a0minutes"),
        (kde("[Daemon]\nTimeout=15\n"), TO_FIX, "15\u00a0minutes"),
        (kde("[Daemon]\nTimeout=0\n"), TO_FIX, "jamais"),
        (kde("[Daemon]\nAutolock=false\nTimeout=5\n"), TO_FIX, "jamais"),
        (kde("[Greeter]\nTimeout=99\n[Daemon][$i]\nTimeout[$i]=30\n"), TO_FIX, "30\u00a0minutes"),
        (xfce(), OK, "celui d’origine de Xfce"),
        (xfce(screensaver(IDLE_20)), TO_FIX, "20\u00a0minutes"),
        (
            xfce('<property name="lock"><property name="enabled" type="bool" value="false"/></property>'),
            TO_FIX,
            "désactivé",
        ),
        (xfce(screensaver('<property name="enabled" type="bool" value="false"/>')), TO_FIX, "jamais"),
        (
            xfce(power=PRESENTATION),
            TO_FIX,
            "jamais",
        ),
        (
            xfce(files={"/home/medecin/.config/autostart/xfce4-screensaver.desktop": "[Desktop Entry]\nHidden=true\n"}),
            TO_FIX,
            "désactivé",
        ),
    ],
)
def test_the_lock_delay_is_judged_on_each_desktop(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("verrouillage-delai", probe)
    assert found.verdict is verdict
    assert words in found.sentence
    assert found.observed
    assert found.expected == "10\u00a0minutes au plus"


@pytest.mark.parametrize(
    "probe",
    [
        gnome(runs={SCREENSAVER: None}),
        gnome(runs={SCREENSAVER: ""}),
        gnome(runs={SCREENSAVER: Reason.TIMEOUT}),
        gnome(runs={SCREENSAVER: "org.gnome.desktop.screensaver lock-en"}),
        gnome(runs={SESSION: "org.gnome.desktop.session idle-delay cinq minutes\n"}),
        gnome(runs={"gsettings list-recursively org.gnome.desktop.lockdown": None}),
        gnome(uid=0),
        gnome(files={"/etc/X11/default-display-manager": "/usr/sbin/lightdm\n"}),
        gnome(dirs={X: ["gnome.desktop", "xfce.desktop"]}),
        gnome(dirs={X: Reason.RIGHTS}),
        gnome(dirs={X: ["lxqt.desktop"]}),
        gnome(dirs={X: ["Lubuntu.desktop"]}),
        gnome(dirs={X: ["xubuntu.desktop"]}),
        kde("[Daemon]\nTimeout=bientôt\n"),
        kde("[Daemon]\nAutolock=peut-être\n"),
        kde(files={"/home/medecin/.config/kscreenlockerrc": Reason.RIGHTS}),
        xfce(installed=False),
        xfce("<property"),
    ],
)
def test_a_lock_that_cannot_be_read_is_unknown(probe: ReplayProbe) -> None:
    assert finding("verrouillage-delai", probe).verdict is UNKNOWN
    assert finding("verrouillage-retour", probe).verdict is UNKNOWN


def test_with_two_desktops_the_one_that_runs_is_judged() -> None:
    running: dict[str, Any] = {"/proc/7/comm": "gnome-shell\n", "/proc/9/comm": "xfce4-session\n"}
    probe = gnome(
        dirs={X: ["gnome.desktop", "xfce.desktop"], "/proc": ["1", "7", "9", "self"]},
        files=running,
        # The Xfce session is somebody else's: its owner is root.
        stats={"/proc/7": folder_of(1000), "/proc/9": folder_of(0)},
        idle="uint32 1800",
    )
    assert finding("verrouillage-delai", probe).verdict is TO_FIX


def folder_of(uid: int) -> Any:
    status = folder()
    return type(status)("dir", 0, 0o555, uid, status.modified_at)


def test_root_is_told_to_look_from_the_session_of_the_person() -> None:
    assert "relancez-le depuis la session" in finding("verrouillage-delai", gnome(uid=0)).sentence


def test_linux_mint_and_mate_are_read_under_their_own_names() -> None:
    cinnamon = machine(
        dirs={X: ["cinnamon.desktop", "cinnamon2d.desktop"]},
        runs={
            **recursive("org.cinnamon.desktop.session", idle_delay="uint32 900"),
            **recursive("org.cinnamon.desktop.screensaver", lock_enabled="true", lock_delay="uint32 2"),
        },
    )
    mate = machine(
        dirs={X: ["mate.desktop"]},
        runs={
            **recursive("org.mate.session", idle_delay="5"),
            **recursive("org.mate.screensaver", lock_enabled="true", lock_delay="0", idle_activation_enabled="false"),
        },
    )
    assert "15\u00a0minutes" in finding("verrouillage-delai", cinnamon).sentence
    assert "jamais" in finding("verrouillage-delai", mate).sentence


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (gnome(), OK, "demande le mot de passe"),
        (gnome(enabled="false"), TO_FIX, "désactivé"),
        (gnome(grace="uint32 120"), TO_FIX, "2\u00a0minutes après"),
        (gnome(password="NP"), TO_FIX, "n’a pas de mot de passe"),
        (gnome(password="PS"), OK, "demande"),
        (gnome(password="L"), UNKNOWN, "ne peut pas dire"),
        (gnome(password="?"), UNKNOWN, "compréhensible"),
        (gnome(runs={"passwd -S medecin": Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (gnome(files={"/etc/group": "nopasswdlogin:x:115:secretaire,medecin\n"}), TO_FIX, "sans mot de passe"),
        (gnome(files={"/etc/group": "nopasswdlogin:x:115:secretaire\n"}), OK, "demande"),
        (gnome(files={"/etc/group": Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (
            gnome(
                runs=recursive(
                    "org.gnome.desktop.screensaver",
                    lock_enabled="true",
                    lock_delay="uint32 0",
                    ubuntu_lock_on_suspend="false",
                )
            ),
            TO_FIX,
            "mise en veille",
        ),
        (kde("[Daemon]\nRequirePassword=false\n"), TO_FIX, "désactivé"),
        (kde("[Daemon]\nLockOnResume=false\n"), TO_FIX, "mise en veille"),
        (kde("[Daemon]\nLockGrace=300\n"), TO_FIX, "5\u00a0minutes après"),
    ],
)
def test_the_password_on_return_is_judged(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("verrouillage-retour", probe)
    assert found.verdict is verdict
    assert words in found.sentence


def test_a_desktop_that_does_not_tell_about_sleep_is_unknown() -> None:
    probe = machine(
        dirs={X: ["mate.desktop"]},
        files={"/etc/group": "root:x:0:\n"},
        runs={
            **recursive("org.mate.session", idle_delay="5"),
            **recursive("org.mate.screensaver", lock_enabled="true", lock_delay="0", idle_activation_enabled="true"),
            "passwd -S medecin": "medecin P 2026-01-05 0 99999 7 -1\n",
        },
    )
    assert finding("verrouillage-delai", probe).verdict is OK
    assert finding("verrouillage-retour", probe).verdict is UNKNOWN


RUNS_PROGRAMS = '<property name="autorun" type="empty"><property name="enabled" type="bool" value="true"/></property>'


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (gnome(never="true"), OK),
        (gnome(never="false"), TO_FIX),
        (gnome(never="oui"), UNKNOWN),
        (gnome(runs={"gsettings list-recursively org.gnome.desktop.media-handling": None}), UNKNOWN),
        (gnome(uid=0), UNKNOWN),
        (gnome(dirs={X: ["lxqt.desktop"]}), UNKNOWN),
        (kde(), OK),
        (xfce(), OK),
        (xfce(volumes=RUNS_PROGRAMS), TO_FIX),
        (xfce(volumes="<property"), UNKNOWN),
        (xfce(installed=False), OK),
        (machine(), OUT),
    ],
)
def test_programs_of_removable_media_are_judged(probe: ReplayProbe, verdict: Verdict) -> None:
    assert finding("execution-automatique", probe).verdict is verdict


@pytest.mark.parametrize("check", ["verrouillage-delai", "verrouillage-retour", "execution-automatique"])
def test_a_server_without_a_screen_has_no_session_to_judge(check: str) -> None:
    assert finding(check, machine()).verdict is OUT


@pytest.mark.parametrize("reason", [Reason.RIGHTS, Reason.TIMEOUT, Reason.REFUSED])
def test_a_program_that_could_not_be_looked_for_is_not_called_absent(reason: Reason) -> None:
    probe = xfce()
    probe._recording.stats["/usr/bin/thunar-volman"] = Unknown(reason, "/usr/bin/thunar-volman")
    assert finding("execution-automatique", probe).verdict is UNKNOWN
