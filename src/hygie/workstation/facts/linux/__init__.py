"""Collectors for Linux: one module a domain. Parsing is pure; every look goes through the probe."""

from __future__ import annotations

from hygie.workstation.facts.linux import (
    accounts,
    antivirus,
    autoupdate,
    backup,
    boot,
    browsers,
    cards,
    clock,
    disks,
    firewall,
    login_screen,
    office,
    packages,
    pam,
    ports,
    power,
    processes,
    reboot,
    session,
    shares,
    software,
    ssh,
    storage,
    system,
    updates,
    wifi,
)
from hygie.workstation.facts.model import Collector

MODULES = (
    accounts,
    antivirus,
    autoupdate,
    backup,
    boot,
    browsers,
    cards,
    clock,
    disks,
    firewall,
    login_screen,
    office,
    packages,
    pam,
    ports,
    power,
    processes,
    reboot,
    session,
    shares,
    software,
    ssh,
    storage,
    system,
    updates,
    wifi,
)

COLLECTORS: tuple[Collector, ...] = tuple(collector for module in MODULES for collector in module.COLLECTORS)
