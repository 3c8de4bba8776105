"""What each correction would do: the exact list of changes, or why there will be none."""

from __future__ import annotations

from typing import Any

import pytest

from hygie.catalogue.wording import faults
from hygie.workstation.checks.loader import checks
from hygie.workstation.facts.model import Reason
from hygie.workstation.fixes.model import FixPlan, FixRefusal
from hygie.workstation.fixes.registry import list_fixes, prepare
from hygie.workstation.fixes.steps import CommandStep, FileStep, SettingStep
from hygie.workstation.fixes.text import render_plan
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import machine, regular

SESSION, SAVER = "org.gnome.desktop.session", "org.gnome.desktop.screensaver"
MEDIA = "org.gnome.desktop.media-handling"
DEFAULTS = {
    f"{SESSION} idle-delay": "uint32 300",
    f"{SAVER} lock-enabled": "true",
    f"{SAVER} lock-delay": "uint32 0",
    f"{MEDIA} autorun-never": "false",
}


def gnome(
    changed: dict[str, str] | None = None, *, locked: str = "", runs: dict[str, Any] | None = None, **more: Any
) -> ReplayProbe:
    """A GNOME session where these keys were changed, and one of them is perhaps locked by an administrator."""
    values = DEFAULTS | (changed or {})
    answers = {f"gsettings get {key}": value for key, value in values.items()}
    answers |= {f"gsettings writable {key}": "false\n" if key == locked else "true\n" for key in values}
    answers |= {f"env GSETTINGS_BACKEND=memory gsettings get {key}": value for key, value in DEFAULTS.items()}
    return machine(
        **{"elevated": False, "dirs": {"/usr/share/xsessions": ["gnome.desktop"]}, **more}, runs=answers | (runs or {})
    )


def plan_of(fix: str, probe: ReplayProbe) -> FixPlan:
    plan = prepare(fix, probe)
    assert isinstance(plan, FixPlan), plan
    assert [
        fault for text in (plan.title, *plan.warnings, *(s.what for s in plan.steps)) for fault in faults(text)
    ] == []
    return plan


def refusal_of(fix: str, probe: ReplayProbe) -> FixRefusal:
    refusal = prepare(fix, probe)
    assert isinstance(refusal, FixRefusal), refusal
    assert faults(refusal.why) == []
    return refusal


def test_only_the_keys_that_must_change_are_in_the_plan() -> None:
    plan = plan_of("verrouillage", gnome({f"{SESSION} idle-delay": "uint32 0", f"{SAVER} lock-delay": "uint32 30"}))
    assert [(s.key, s.old, s.new, s.at_default) for s in plan.steps if isinstance(s, SettingStep)] == [
        ("idle-delay", "uint32 0", "uint32 300", False),
        ("lock-delay", "uint32 30", "uint32 0", False),
    ]
    assert plan.who == "medecin"


def test_a_stricter_delay_chosen_by_the_person_is_left_alone() -> None:
    refusal = refusal_of("verrouillage", gnome({f"{SESSION} idle-delay": "uint32 120"}))
    assert refusal.in_place


def test_a_key_at_its_default_will_be_reset_rather_than_written_back() -> None:
    (step,) = plan_of("execution-automatique", gnome()).steps
    assert isinstance(step, SettingStep)
    assert (step.old, step.new, step.at_default) == ("false", "true", True)


@pytest.mark.parametrize(
    ("probe", "words"),
    [
        (gnome(elevated=True), "sans `sudo`"),
        (gnome(uid=0), "sans `sudo`"),
        (gnome(dirs={"/usr/share/wayland-sessions": ["plasma.desktop"]}), "que sous GNOME"),
        (gnome(dirs={}), "serveur"),
        (gnome(locked=f"{MEDIA} autorun-never"), "imposé par l’administrateur"),
        (gnome(runs={f"gsettings get {MEDIA} autorun-never": Reason.TIMEOUT}), "à temps"),
        (gnome(runs={f"gsettings get {MEDIA} autorun-never": ""}), "refusé de répondre"),
        (gnome({f"{MEDIA} autorun-never": "true"}), "déjà en place"),
    ],
)
def test_a_setting_is_not_touched_when_it_cannot_or_need_not_be(probe: ReplayProbe, words: str) -> None:
    assert words in refusal_of("execution-automatique", probe).why


APT = "/etc/apt/apt.conf.d"
AUTO = 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n'


def debian(auto: Any = None, *, later: dict[str, Any] | None = None, program: bool = True, **more: Any) -> ReplayProbe:
    files = {f"{APT}/{name}": text for name, text in (later or {}).items()}
    if auto is not None:
        files[f"{APT}/20auto-upgrades"] = auto
    stats = {"/usr/bin/apt-get": regular()} | ({"/usr/bin/unattended-upgrade": regular()} if program else {})
    names = [path.rsplit("/", 1)[1] for path in files]
    return machine(**{"dirs": {APT: names}, "files": files, "stats": stats, **more})


def test_automatic_updates_are_one_file_when_the_program_is_there() -> None:
    (step,) = plan_of("mises-a-jour-automatiques", debian()).steps
    assert isinstance(step, FileStep)
    assert (step.path, step.old, step.new.data.decode()) == (f"{APT}/20auto-upgrades", None, AUTO)


def test_the_missing_program_is_asked_for_and_told() -> None:
    plan = plan_of("mises-a-jour-automatiques", debian(program=False))
    assert plan.installs == ("unattended-upgrades",)
    assert "Logiciel à installer : unattended-upgrades" in render_plan(plan).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("probe", "words"),
    [
        (debian(AUTO), "déjà seules"),
        (debian(elevated=False), "sudo ./hygie corriger mises-a-jour-automatiques"),
        (debian(stats={}), "que pour Debian"),
        (debian(Reason.RIGHTS), "n’a pas pu être lu"),
        (debian(dirs={APT: Reason.RIGHTS}), "n’a pas pu être lu"),
        (debian(later={"99local": 'APT::Periodic::Unattended-Upgrade "0";\n'}), "99local l’interdit"),
        (debian(later={"99local": 'APT::Periodic::Enable "0";\n'}), "99local l’interdit"),
    ],
)
def test_automatic_updates_are_refused_with_the_reason(probe: ReplayProbe, words: str) -> None:
    assert words in refusal_of("mises-a-jour-automatiques", probe).why


@pytest.mark.parametrize(
    "auto",
    [
        'APT::Periodic::Update-Package-Lists "1";\n// APT::Periodic::Unattended-Upgrade "1";\n',
        AUTO + 'APT::Periodic::Unattended-Upgrade "0";\n',
        "",
    ],
)
def test_a_setting_commented_out_or_taken_back_is_not_in_place(auto: str) -> None:
    (step,) = plan_of("mises-a-jour-automatiques", debian(auto)).steps
    assert isinstance(step, FileStep)
    assert step.old is not None
    assert step.old.data.decode() == auto


def test_a_file_read_earlier_does_not_forbid_anything() -> None:
    earlier = {"10periodic": 'APT::Periodic::Unattended-Upgrade "0";\n'}
    assert plan_of("mises-a-jour-automatiques", debian(later=earlier)).steps


SSH = 'tcp LISTEN 0 128 0.0.0.0:2222 0.0.0.0:* users:(("sshd",pid=1,fd=3))\n'
SAMBA = 'tcp LISTEN 0 50 0.0.0.0:445 0.0.0.0:* users:(("smbd",pid=2,fd=3))\n'
LOCAL = 'tcp LISTEN 0 50 127.0.0.1:631 0.0.0.0:* users:(("cupsd",pid=4,fd=3))\n'
OTHERS = "nftables.service netfilter-persistent.service iptables.service shorewall.service"
SHOW = "systemctl show --property=Id,LoadState,ActiveState"
BUSY = "\n".join(f"Id=u{n}\nLoadState=loaded\nActiveState={'active' if n == 0 else 'inactive'}\n" for n in range(4))


def listening(text: Any = LOCAL, *, conf: Any = "ENABLED=no\n", program: str = "ufw", **more: Any) -> ReplayProbe:
    stats = {"/usr/bin/apt-get": regular()} | ({f"/usr/sbin/{program}": regular()} if program else {})
    return machine(
        files={
            "/etc/ufw/ufw.conf": conf,
            "/etc/default/ufw": f'DEFAULT_INPUT_POLICY="{more.pop("policy", "DROP")}"\n',
            "/etc/firewalld/firewalld.conf": more.pop("zone", "DefaultZone=public\n"),
        },
        runs={"ss -tulnpH": text, **more.pop("runs", {})},
        stats=more.pop("stats", stats),
        **more,
    )


def commands(plan: FixPlan) -> list[str]:
    return [" ".join(argv) for step in plan.steps if isinstance(step, CommandStep) for argv in step.do_argvs]


def test_ssh_is_let_in_on_its_own_port_before_the_firewall_starts() -> None:
    plan = plan_of("pare-feu", listening(SSH + LOCAL))
    assert commands(plan) == ["ufw allow 2222/tcp", "ufw --force enable"]
    assert plan.warnings == ()


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ('tcp LISTEN 0 128 *:22 *:* users:(("systemd",pid=1,fd=9))\n', {}),
        ('tcp LISTEN 0 128 *:22 *:* users:(("dropbear",pid=9,fd=9))\n', {}),
        (
            'tcp LISTEN 0 128 *:22 *:* users:(("systemd",pid=1,fd=9))\n',
            {"systemctl show --property=Listen ssh.socket sshd.socket": "Listen=[::]:22 (Stream)\n\n"},
        ),
    ],
)
def test_ssh_is_kept_whoever_listens_in_its_place(line: str, runs: dict[str, str]) -> None:
    assert commands(plan_of("pare-feu", listening(line, runs=runs)))[0] == "ufw allow 22/tcp"


def test_ssh_opened_by_systemd_on_another_port_is_kept() -> None:
    line = 'tcp LISTEN 0 128 *:2200 *:* users:(("systemd",pid=1,fd=9))\n'
    runs = {"systemctl show --property=Listen ssh.socket sshd.socket": "Listen=0.0.0.0:2200 (Stream)\n"}
    plan = plan_of("pare-feu", listening(line + SAMBA, runs=runs))
    assert commands(plan)[0] == "ufw allow 2200/tcp"
    assert "2200" not in plan.warnings[0]


def test_a_firewall_set_to_let_everything_in_is_set_right() -> None:
    plan = plan_of("pare-feu", listening(LOCAL, policy="ACCEPT"))
    assert commands(plan) == ["ufw default deny incoming", "ufw --force enable"]


def test_ssh_that_does_not_listen_is_not_opened() -> None:
    assert commands(plan_of("pare-feu", listening(LOCAL))) == ["ufw --force enable"]


def test_services_that_will_be_cut_off_are_told_before() -> None:
    plan = plan_of("pare-feu", listening(SSH + SAMBA))
    assert "smbd (tcp 445)" in plan.warnings[0]
    assert "sshd" not in plan.warnings[0]


def test_the_firewall_is_installed_when_there_is_none() -> None:
    assert plan_of("pare-feu", listening(program="")).installs == ("ufw",)


def firewalld(state: str) -> dict[str, str]:
    return {f"{SHOW} firewalld.service": f"Id=f\nLoadState=loaded\nActiveState={state}\n"}


def test_firewalld_is_preferred_where_it_is_installed() -> None:
    plan = plan_of("pare-feu", listening(SSH, program="firewalld", runs=firewalld("inactive")))
    assert commands(plan) == [
        "firewall-offline-cmd --zone=public --add-port=2222/tcp",
        "systemctl enable --now firewalld.service",
    ]


@pytest.mark.parametrize(
    ("probe", "words"),
    [
        (listening(elevated=False), "sudo ./hygie corriger pare-feu"),
        (listening(Reason.TIMEOUT), "l’accès à distance serait en danger"),
        (listening(""), "l’accès à distance serait en danger"),
        (listening(conf="ENABLED=yes\n"), "déjà activé"),
        (listening(conf=Reason.RIGHTS), "n’a pas pu être lu"),
        (listening(runs={f"{SHOW} {OTHERS}": BUSY}), "nftables"),
        (listening(stats={}), "installez-en un d’abord"),
        (listening(program="firewalld"), "n’a pas pu être lu"),
        (listening(program="firewalld", runs=firewalld("active")), "déjà en marche"),
        (listening(program="firewalld", runs=firewalld("inactive"), zone=Reason.RIGHTS), "zone"),
    ],
)
def test_the_firewall_is_refused_with_the_reason(probe: ReplayProbe, words: str) -> None:
    assert words in refusal_of("pare-feu", probe).why


def test_every_correction_has_a_title_and_refuses_other_systems() -> None:
    assert [fix.id for fix in list_fixes()] == [
        "verrouillage",
        "mises-a-jour-automatiques",
        "pare-feu",
        "execution-automatique",
    ]
    for fix in list_fixes():
        assert fix.title
        assert "Linux" in refusal_of(fix.id, machine(system="windows")).why
    assert "inconnue" in refusal_of("chiffrement", machine()).why


def test_every_correction_that_a_check_offers_exists_and_each_is_offered() -> None:
    offered = {check.texts.fix for check in checks().values()} - {""}
    assert offered == {fix.id for fix in list_fixes()}


def test_a_plan_shows_each_old_value_each_new_one_each_command_and_the_way_back() -> None:
    text = render_plan(plan_of("execution-automatique", gnome()))
    assert "avant\u00a0: false (valeur d’origine)" in text
    assert "après\u00a0: true" in text
    assert "commande\u00a0: gsettings set org.gnome.desktop.media-handling autorun-never true" in text
    assert "`./hygie annuler execution-automatique`" in text
    assert "`sudo ./hygie annuler pare-feu`" in render_plan(plan_of("pare-feu", listening()))
    shown = render_plan(plan_of("mises-a-jour-automatiques", debian("// vide\n")))
    assert "  // vide" in shown
    assert 'Unattended-Upgrade "1";' in shown
    assert "ufw --force enable" in render_plan(plan_of("pare-feu", listening()))
    assert render_plan(refusal_of("chiffrement", machine())).startswith("Aucune correction")


def test_a_command_that_fails_is_not_a_value() -> None:
    broken = CommandOutput(1, b"", b"No such key")
    probe = gnome(runs={f"gsettings get {MEDIA} autorun-never": broken})
    assert "n’a pas pu être lu" in refusal_of("execution-automatique", probe).why
