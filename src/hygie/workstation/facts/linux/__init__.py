"""Collectors for Linux: one module a domain. Parsing is pure; every look goes through the probe."""

from __future__ import annotations

from hygie.workstation.facts.linux import packages, session, system
from hygie.workstation.facts.model import Collector

MODULES = (
    packages,
    session,
    system,
)

COLLECTORS: tuple[Collector, ...] = tuple(collector for module in MODULES for collector in module.COLLECTORS)
