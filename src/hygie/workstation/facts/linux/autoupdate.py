"""Does this Linux machine install security updates by itself? (unattended-upgrades, Mint's own, dnf, rpm-ostree)"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from hygie.workstation.facts.linux.need import fact_of
from hygie.workstation.facts.linux.optional import exists
from hygie.workstation.facts.linux.parsing import answer_of, key_values, text_of
from hygie.workstation.facts.linux.timers import timer_enabled
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.updates import AUTOMATIC_UPDATES, AutomaticUpdates
from hygie.workstation.probe import Probe

UNATTENDED = "/usr/bin/unattended-upgrade"
APT_TIMERS = "apt-daily.timer", "apt-daily-upgrade.timer"  # the first fetches the lists, the second installs
APT_LAST_RUN = "/var/lib/apt/periodic/upgrade-stamp"  # touched by apt.systemd.daily after each successful run
MINT_FLAG = "/var/lib/linuxmint/mintupdate-automatic-upgrades-enabled"
MINT_TIMER = "mintupdate-automation-upgrade.timer"
SYSTEMD = "/usr/lib/systemd/systemd", "/lib/systemd/systemd"
DNF_TIMERS = "dnf5-automatic.timer", "dnf-automatic.timer"
OSTREE = "/run/ostree-booted"
DAY = 86_400
LONGEST_PERIOD = 7 * DAY
ANY_PACKAGES = "linux-image-amd64", "openssl", "0ad", "zlib1g"  # packages that no honest exception names together

Reader = Callable[[Probe], Fact[AutomaticUpdates] | None]
_LINE = re.compile(r'^([\w:.-]+) "(.*)";$', re.MULTILINE)
_PERIOD = re.compile(r"(\d+)([smhd]?)")
_SECONDS = {"": DAY, "d": DAY, "h": 3600, "m": 60, "s": 1}


def collect_automatic(probe: Probe) -> Collected:
    """``AUTOMATIC_UPDATES``, from the first of the known tools this kind of system uses."""
    return {AUTOMATIC_UPDATES: fact_of(lambda: _automatic(probe))}


def _automatic(probe: Probe) -> Fact[AutomaticUpdates]:
    readers: tuple[Reader, ...] = (_mint, _apt, _ostree, _dnf)
    for read in readers:
        fact = read(probe)
        if fact is not None:
            return fact
    return Unknown(Reason.ABSENT, detail="outil de mise à jour inconnu de Hygie")


def parse_apt_config(text: str) -> dict[str, list[str]]:
    """``apt-config dump``: values by name; a list is written "Name::" once a value (apt.conf(5)), the last one wins."""
    values: dict[str, list[str]] = {}
    for name, value in _LINE.findall(text):
        values.setdefault(name.removesuffix("::"), []).append(value)
    return values


def apt_obstacle(values: dict[str, list[str]]) -> str:
    """What in apt's configuration keeps updates from installing themselves; "" when nothing does."""
    if _off(values, "APT::Periodic::Enable", "1") or _off(values, "APT::Periodic::Unattended-Upgrade", "0"):
        return "off"
    if _off(values, "APT::Periodic::Update-Package-Lists", "0"):
        return "lists_off"
    if any(_rare(values, f"APT::Periodic::{name}") for name in ("Unattended-Upgrade", "Update-Package-Lists")):
        return "rare"
    if any(_blocks_all(pattern) for pattern in values.get("Unattended-Upgrade::Package-Blacklist", [])):
        return "blocked"
    lists = "Unattended-Upgrade::Origins-Pattern", "Unattended-Upgrade::Allowed-Origins"
    origins = [origin for name in lists for origin in values.get(name, [])]
    return "" if any("security" in origin.lower() for origin in origins) else "no_security"


def _off(values: dict[str, list[str]], name: str, default: str) -> bool:
    """Zero, or an empty value, switches a period off (apt.systemd.daily)."""
    return values.get(name, [default])[-1].strip() in {"", "0"}


def _rare(values: dict[str, list[str]], name: str) -> bool:
    """A period of more than a week, or one that is not understood: days, a number with s, m, h or d, or "always"."""
    period = values.get(name, ["1"])[-1].strip()
    found = _PERIOD.fullmatch(period)
    return period != "always" and (found is None or int(found[1]) * _SECONDS[found[2]] > LONGEST_PERIOD)


def _blocks_all(pattern: str) -> bool:
    """A pattern of the list of packages to leave alone that is not about some of them: ".*" stops every update."""
    try:
        return all(re.match(pattern, package) for package in ANY_PACKAGES)
    except re.error:
        return False


def _mint(probe: Probe) -> Fact[AutomaticUpdates] | None:
    if isinstance(probe.stat(MINT_FLAG), Unknown) or not timer_enabled(probe, MINT_TIMER):
        return None
    return Known(AutomaticUpdates("mintupdate", last_run=_modified(probe, "/var/log/mintupdate.log")), MINT_FLAG)


def _apt(probe: Probe) -> Fact[AutomaticUpdates] | None:
    answer = answer_of(probe.run(("apt-config", "dump")), "apt-config dump")
    if isinstance(answer, Unknown):
        return None if answer.reason is Reason.ABSENT else answer
    tool, source = "unattended-upgrades", "apt-config dump"
    if not exists(probe, UNATTENDED):
        return Known(AutomaticUpdates(tool, "absent"), UNATTENDED)
    values = parse_apt_config(answer.text)
    if not values:
        return Unknown(Reason.UNPARSABLE, source)
    obstacle = apt_obstacle(values)
    if not obstacle and all(isinstance(probe.stat(path), Unknown) for path in SYSTEMD):
        return Unknown(Reason.ABSENT, source, "ce système ne lance pas ses tâches avec systemd")
    if not obstacle and not all(timer_enabled(probe, timer) for timer in APT_TIMERS):
        obstacle = "timer"
    return Known(AutomaticUpdates(tool, obstacle, _modified(probe, APT_LAST_RUN)), source)


def _ostree(probe: Probe) -> Fact[AutomaticUpdates] | None:
    if isinstance(probe.stat(OSTREE), Unknown):
        return None
    tool, source = "rpm-ostree", "/etc/rpm-ostreed.conf"
    data = probe.read_file(source)
    if isinstance(data, Unknown) and data.reason is not Reason.ABSENT:
        return data
    policy = "none" if isinstance(data, Unknown) else key_values(text_of(data)).get("AutomaticUpdatePolicy", "none")
    if policy not in {"stage", "apply"}:
        return Known(AutomaticUpdates(tool, "off"), source)
    return Known(AutomaticUpdates(tool, "" if timer_enabled(probe, "rpm-ostreed-automatic.timer") else "timer"), source)


def _dnf(probe: Probe) -> Fact[AutomaticUpdates] | None:
    """dnf(8) automatic: the "-install" timer installs whatever the file says, the plain one obeys ``apply_updates``."""
    tool, source = "dnf-automatic", "/etc/dnf/automatic.conf"
    if isinstance(probe.stat("/usr/bin/dnf"), Unknown):
        return None
    if timer_enabled(probe, "dnf-automatic-install.timer"):
        return Known(AutomaticUpdates(tool), "dnf-automatic-install.timer")
    if not any(timer_enabled(probe, timer) for timer in DNF_TIMERS):
        units = (probe.stat(f"/usr/lib/systemd/system/{timer}") for timer in DNF_TIMERS)
        installed = any(not isinstance(unit, Unknown) for unit in units)
        return Known(AutomaticUpdates(tool, "timer" if installed else "absent"), source)
    data = probe.read_file(source)
    if isinstance(data, Unknown):
        # Both dnf and dnf5 document "no" as the default, kept when the file says nothing.
        return Known(AutomaticUpdates(tool, "download_only"), source) if data.reason is Reason.ABSENT else data
    applied = key_values(text_of(data)).get("apply_updates", "no").lower() in {"yes", "true", "1", "on"}
    return Known(AutomaticUpdates(tool, "" if applied else "download_only"), source)


def _modified(probe: Probe, path: str) -> datetime | None:
    status = probe.stat(path)
    return None if isinstance(status, Unknown) else status.modified_at


COLLECTORS = (Collector("automatic_updates", (AUTOMATIC_UPDATES,), collect_automatic),)
