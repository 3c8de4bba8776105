"""Collectors for Linux: one module a domain. Parsing is pure; every look goes through the probe."""

from __future__ import annotations

from hygie.workstation.facts.linux import (
    antivirus,
    autoupdate,
    backup,
    boot,
    browsers,
    cards,
    clock,
    disks,
    firewall,
    office,
    packages,
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
    antivirus,
    autoupdate,
    backup,
    boot,
    browsers,
    cards,
    clock,
    disks,
    firewall,
    office,
    packages,
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
