"""Checks on accounts, passwords and sessions that open by themselves."""

from __future__ import annotations

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.checks.comptes_generiques import plain
from hygie.workstation.facts.model import Reason
from hygie.workstation.probe import FileStatus
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, machine, regular

OK, TO_FIX, WATCH, UNKNOWN, NA = (
    Verdict.OK,
    Verdict.TO_FIX,
    Verdict.WATCH,
    Verdict.UNKNOWN,
    Verdict.NOT_APPLICABLE,
)
RULE, EMPTY, ATTEMPTS = "mots-de-passe-regle", "mots-de-passe-vides", "mots-de-passe-essais"
DAILY, GENERIC, AUTO, GUEST, ROOTS = (
    "compte-quotidien",
    "comptes-generiques",
    "ouverture-automatique",
    "compte-invite",
    "comptes-uid0",
)
ALL = (RULE, EMPTY, ATTEMPTS, DAILY, GENERIC, AUTO, GUEST, ROOTS)
PASSWD = "root:x:0:0::/root:/bin/bash\nmedecin:x:1000:1000::/home/medecin:/bin/bash\n"
PEOPLE = PASSWD.replace("medecin:x", "claire:x")
SHADOW = "root:*:20000:0:99999:7:::\nclaire:$y$fictif:20000:0:99999:7:::\n"
QUALITY = "password requisite pam_pwquality.so retry=3\npassword required pam_unix.so\n"
LOCKING = "auth required pam_faillock.so preauth\nauth required pam_unix.so\nauth required pam_faillock.so authfail\n"


def desktop(
    *,
    files: dict[str, str | bytes | Reason] | None = None,
    stats: dict[str, FileStatus | Reason] | None = None,
    groups: str = "claire cdrom",
    user: str = "claire",
    uid: int = 1000,
    screen: bool = True,
) -> ReplayProbe:
    """A GNOME desktop of one person, well kept, changed by what is given."""
    return machine(
        files={
            "/etc/passwd": PEOPLE,
            "/etc/shadow": SHADOW,
            "/etc/group": "root:x:0:\n",
            "/etc/nsswitch.conf": "passwd: files\n",
            "/etc/sudoers": "%sudo ALL=(ALL:ALL) ALL\n",
            "/etc/pam.d/common-password": QUALITY,
            "/etc/pam.d/common-auth": LOCKING,
            "/etc/security/pwquality.conf": "minlen = 12\nminclass = 4\n",
            **(files or {}),
        },
        runs={f"id -Gn {user}": groups + "\n"},
        dirs={
            "/usr/share": ["xsessions"] if screen else ["doc"],
            "/usr/share/xsessions": ["gnome.desktop"],
            "/etc/systemd/system": ["multi-user.target.wants"],
        },
        stats={"/usr/sbin/gdm3": regular(), **(stats or {})},
        user=user,
        uid=uid,
    )


def test_a_well_kept_desktop_is_in_order() -> None:
    for check in ALL:
        found = finding(check, desktop())
        assert found.verdict is OK, (check, found.sentence)


def test_an_empty_machine_proves_nothing() -> None:
    empty = machine(dirs={"/usr/share": Reason.ABSENT})
    for check in ALL:
        assert finding(check, empty).verdict is UNKNOWN, check


@pytest.mark.parametrize(
    ("conf", "verdict"),
    [
        ("minlen = 12\nminclass = 4\n", OK),
        ("minlen = 14\nminclass = 3\n", OK),
        ("minlen = 12\nminclass = 3\n", WATCH),
        ("minlen = 16\n", WATCH),
        ("minlen = 11\nminclass = 4\n", TO_FIX),
        ("", TO_FIX),
        ("minlen = 12\nminclass = 4\nenforcing = 0\n", TO_FIX),
        (Reason.RIGHTS, UNKNOWN),
    ],
)
def test_the_rule_of_passwords(conf: str | Reason, verdict: Verdict) -> None:
    assert finding(RULE, desktop(files={"/etc/security/pwquality.conf": conf})).verdict is verdict


def test_no_rule_at_all_is_said_plainly() -> None:
    found = finding(RULE, desktop(files={"/etc/pam.d/common-password": "password required pam_unix.so\n"}))
    assert (found.verdict, "aucune vraie règle" in found.sentence) == (TO_FIX, True)


def test_empty_passwords_are_named() -> None:
    found = finding(EMPTY, desktop(files={"/etc/shadow": SHADOW.replace("$y$fictif", "")}))
    assert (found.verdict, found.observed) == (TO_FIX, "claire")


def test_without_rights_empty_passwords_are_unknown_and_the_rights_are_asked_for() -> None:
    found = finding(EMPTY, desktop(files={"/etc/shadow": Reason.RIGHTS}))
    assert (found.verdict, found.needs_admin) == (UNKNOWN, True)


@pytest.mark.parametrize(
    ("conf", "verdict"), [("", OK), ("deny = 10\n", OK), ("deny = 11\n", TO_FIX), ("deny = 0\n", TO_FIX)]
)
def test_the_limit_of_attempts(conf: str, verdict: Verdict) -> None:
    assert finding(ATTEMPTS, desktop(files={"/etc/security/faillock.conf": conf})).verdict is verdict


def test_a_stack_that_counts_nothing_is_to_fix() -> None:
    probe = desktop(files={"/etc/pam.d/common-auth": "auth required pam_unix.so nullok\n"})
    assert finding(ATTEMPTS, probe).verdict is TO_FIX


def test_an_administrator_does_not_work_every_day_as_such() -> None:
    found = finding(DAILY, desktop(groups="claire sudo"))
    assert (found.verdict, found.observed) == (TO_FIX, "groupe sudo")
    free = desktop(groups="claire sudo", files={"/etc/sudoers": "%sudo ALL=(ALL) NOPASSWD: ALL\n"})
    assert "sans redonner de mot de passe" in finding(DAILY, free).sentence


@pytest.mark.parametrize(
    "rule",
    [
        "%admins\\ du\\ domaine ALL=(ALL:ALL) ALL",
        '"%admins du domaine" ALL=(ALL) ALL',
        '%"Admins du domaine" ALL=(ALL) NOPASSWD: ALL',
        "claire, %autres, %admins\\ du\\ domaine ALL = (ALL) ALL",
        "User_Alias CHEFS = paul, %admins\\ du\\ domaine\nCHEFS ALL=(ALL) ALL",
    ],
)
def test_a_group_of_a_directory_with_spaces_in_its_name_gives_its_powers(rule: str) -> None:
    joined = "utilisateurs du domaine admins du domaine cdrom"
    assert finding(DAILY, desktop(groups=joined, files={"/etc/sudoers": f"{rule}\n"})).verdict is TO_FIX
    other = rule.replace("claire", "paul")
    assert finding(DAILY, desktop(groups="utilisateurs du domaine", files={"/etc/sudoers": other})).verdict is OK


def test_hidden_sudo_rules_leave_the_daily_account_unknown() -> None:
    found = finding(DAILY, desktop(files={"/etc/sudoers": Reason.RIGHTS}))
    assert (found.verdict, found.needs_admin) == (UNKNOWN, True)


def test_a_checkup_run_by_root_does_not_judge_root_in_place_of_the_person() -> None:
    assert finding(DAILY, desktop(user="root", uid=0)).verdict is UNKNOWN
    alone = desktop(user="root", uid=0, files={"/etc/passwd": "root:x:0:0::/root:/bin/bash\n"})
    assert finding(DAILY, alone).verdict is TO_FIX


def test_nobody_works_daily_on_a_server() -> None:
    assert finding(DAILY, desktop(screen=False, groups="claire sudo")).verdict is NA


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("claire", OK),
        ("claire.martin", OK),
        ("admin-claire", OK),
        ("drmartin", OK),
        ("accueil", TO_FIX),
        ("Secrétariat-2", TO_FIX),
        ("poste1", TO_FIX),
        ("medecin", TO_FIX),
        ("salle_de_soin", TO_FIX),
        ("user", TO_FIX),
        ("pc-accueil", TO_FIX),
        ("poste1.secretariat", TO_FIX),
        ("cabinet-medical", TO_FIX),
        ("salle-de-la-secretaire", TO_FIX),
        ("admin-accueil", TO_FIX),
        ("dr-martin", OK),
        ("pc-claire", OK),
        ("admin", WATCH),
    ],
)
def test_names_made_for_several_people_are_seen(name: str, verdict: Verdict) -> None:
    probe = desktop(files={"/etc/passwd": PASSWD.replace("medecin:x", f"{name}:x")})
    assert finding(GENERIC, probe).verdict is verdict


def test_names_are_compared_without_accents_digits_nor_signs() -> None:
    assert plain("Infirmière_01") == "infirmiere"


def test_accounts_of_a_directory_are_said_not_to_be_seen() -> None:
    found = finding(GENERIC, desktop(files={"/etc/nsswitch.conf": "passwd: files winbind\n"}))
    assert (found.verdict, "annuaire" in found.sentence) == (OK, True)


def test_a_machine_without_people_is_sent_back_to_its_directory() -> None:
    root = {"/etc/passwd": "root:x:0:0::/root:/bin/bash\n"}
    assert finding(GENERIC, desktop(files=dict(root))).verdict is UNKNOWN
    assert finding(GENERIC, desktop(files=dict(root), screen=False)).verdict is NA


def test_a_session_that_opens_by_itself_is_to_fix() -> None:
    conf = "[daemon]\nAutomaticLoginEnable=true\nAutomaticLogin=claire\n"
    found = finding(AUTO, desktop(files={"/etc/gdm3/daemon.conf": conf}))
    assert (found.verdict, "claire" in found.sentence) == (TO_FIX, True)


def test_a_guest_session_is_to_fix_and_its_default_is_said() -> None:
    stats = {"/usr/sbin/lightdm": regular(), "/usr/sbin/guest-account": regular()}
    found = finding(GUEST, desktop(stats=dict(stats)))
    assert (found.verdict, "quand rien n’est réglé" in found.sentence) == (TO_FIX, True)


def test_a_second_root_is_named() -> None:
    found = finding(ROOTS, desktop(files={"/etc/passwd": PEOPLE + "toor:x:0:0::/:/bin/sh\n"}))
    assert (found.verdict, "toor" in found.sentence) == (TO_FIX, True)
    twice = desktop(files={"/etc/passwd": PEOPLE + "root:x:0:0::/:/bin/sh\n"})
    assert finding(ROOTS, twice).verdict is TO_FIX
    assert finding(ROOTS, desktop(files={"/etc/passwd": PEOPLE.replace("root:x:0", "root:x:5")})).verdict is UNKNOWN
