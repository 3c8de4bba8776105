"""Automatic updates count only when every link of the chain is there."""

from __future__ import annotations

import pytest

from hygie.workstation.facts.linux.autoupdate import apt_obstacle, collect_automatic, parse_apt_config
from hygie.workstation.facts.model import Known, Reason, Unknown
from hygie.workstation.facts.updates import AUTOMATIC_UPDATES, AutomaticUpdates
from hygie.workstation.probe import FileStatus
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.debians import APT_CONFIG, WANTS, debian
from tests.workstation.machines import NOW, machine, regular

MASK = FileStatus("other", 0, 0o666, 0, NOW)
DNF = {"/usr/bin/dnf": regular()}
DNF_TIMER = {**DNF, f"{WANTS}/dnf-automatic.timer": regular()}


def read(probe: ReplayProbe) -> AutomaticUpdates:
    fact = collect_automatic(probe)[AUTOMATIC_UPDATES]
    assert isinstance(fact, Known)
    value: AutomaticUpdates = fact.value
    return value


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("", "", ""),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade "0"', "off"),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade ""', "off"),
        ('APT::Periodic::Unattended-Upgrade "1";\n', "", "off"),
        ('Update-Package-Lists "1"', 'Update-Package-Lists "0"', "lists_off"),
        ('APT::Periodic "";', 'APT::Periodic::Enable "0";', "off"),
        ("label=Debian-Security", "label=Debian", "no_security"),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade "always"', ""),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade "7"', ""),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade "12h"', ""),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade "60"', "rare"),
        ('Unattended-Upgrade "1"', 'Unattended-Upgrade "bientot"', "rare"),
        ('Update-Package-Lists "1"', 'Update-Package-Lists "30"', "rare"),
        ("", 'Unattended-Upgrade::Package-Blacklist:: ".*";\n', "blocked"),
        ("", 'Unattended-Upgrade::Package-Blacklist:: "linux-";\n', ""),
        ("", 'Unattended-Upgrade::Package-Blacklist:: "(";\n', ""),
    ],
)
def test_apt_settings_are_judged_as_apt_reads_them(old: str, new: str, obstacle: str) -> None:
    assert apt_obstacle(parse_apt_config(APT_CONFIG.replace(old, new) if old else new + APT_CONFIG)) == obstacle


def test_the_last_value_of_a_setting_wins() -> None:
    text = APT_CONFIG + 'APT::Periodic::Unattended-Upgrade "0";\n'
    assert apt_obstacle(parse_apt_config(text)) == "off"


def test_ubuntu_writes_its_origins_in_another_list() -> None:
    text = APT_CONFIG.replace("Origins-Pattern", "Allowed-Origins").replace("label=Debian-Security", "x:noble-security")
    assert apt_obstacle(parse_apt_config(text)) == ""


def test_a_debian_set_up_says_when_it_last_ran() -> None:
    assert read(debian()) == AutomaticUpdates("unattended-upgrades", "", NOW)


def test_a_tool_that_is_not_installed_does_nothing_whatever_its_settings() -> None:
    assert read(debian(stats={"/usr/bin/unattended-upgrade": Reason.ABSENT})).obstacle == "absent"


@pytest.mark.parametrize("timer", ["apt-daily.timer", "apt-daily-upgrade.timer"])
def test_a_masked_or_disabled_timer_stops_everything(timer: str) -> None:
    for unit in (timer, timer.replace(".timer", ".service")):
        assert read(debian(stats={f"/etc/systemd/system/{unit}": MASK})).obstacle == "timer"
    assert read(debian(stats={f"{WANTS}/{timer}": Reason.ABSENT})).obstacle == "timer"


def test_garbage_and_other_ways_of_starting_tasks_are_unknown() -> None:
    for probe in (
        debian(runs={"apt-config dump": "Erreur"}),
        debian(runs={"apt-config dump": ""}),
        debian(stats={"/usr/lib/systemd/systemd": Reason.ABSENT}),
        machine(),
    ):
        assert isinstance(collect_automatic(probe)[AUTOMATIC_UPDATES], Unknown)


def test_linux_mint_has_its_own_way() -> None:
    stats = {
        "/var/lib/linuxmint/mintupdate-automatic-upgrades-enabled": regular(0),
        f"{WANTS}/mintupdate-automation-upgrade.timer": regular(),
    }
    assert read(debian(stats=stats)).tool == "mintupdate"


@pytest.mark.parametrize(
    ("stats", "conf", "obstacle"),
    [
        (DNF, None, "absent"),
        ({**DNF, "/usr/lib/systemd/system/dnf-automatic.timer": regular()}, None, "timer"),
        (DNF_TIMER, "[commands]\napply_updates = no\n", "download_only"),
        (DNF_TIMER, "[commands]\n", "download_only"),
        (DNF_TIMER, None, "download_only"),
        (DNF_TIMER, "[commands]\napply_updates = yes\n", ""),
        ({**DNF, f"{WANTS}/dnf5-automatic.timer": regular()}, "apply_updates=True\n", ""),
        ({**DNF, f"{WANTS}/dnf-automatic-install.timer": regular()}, None, ""),
    ],
)
def test_dnf_must_install_and_not_only_download(stats: dict[str, FileStatus], conf: str | None, obstacle: str) -> None:
    files = {} if conf is None else {"/etc/dnf/automatic.conf": conf}
    assert read(machine(files=files, stats=stats)).obstacle == obstacle


@pytest.mark.parametrize(
    ("conf", "timer", "obstacle"),
    [
        ("[Daemon]\nAutomaticUpdatePolicy=stage\n", True, ""),
        ("[Daemon]\nAutomaticUpdatePolicy=check\n", True, "off"),
        ("[Daemon]\n#AutomaticUpdatePolicy=stage\n", True, "off"),
        ("[Daemon]\nAutomaticUpdatePolicy=stage\n", False, "timer"),
    ],
)
def test_an_image_system_must_stage_its_updates(conf: str, *, timer: bool, obstacle: str) -> None:
    stats = {"/run/ostree-booted": regular(0)}
    if timer:
        stats[f"{WANTS}/rpm-ostreed-automatic.timer"] = regular()
    assert read(machine(files={"/etc/rpm-ostreed.conf": conf}, stats=stats)).obstacle == obstacle
