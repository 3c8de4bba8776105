"""A power cut leaves the time to save: the computer's own battery, or an uninterruptible supply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.power import BATTERIES, SUPPLIES, Battery, PowerSupply
from hygie.workstation.facts.system import CHASSIS, Chassis


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """A laptop is judged on its battery, any other computer on the supply it can see.

    Seeing no supply proves nothing: most are not linked by a cable. The measure accepts a dated test instead.
    """
    batteries = facts.value(BATTERIES)
    kind = facts.value_or(CHASSIS, Chassis("")).kind
    if batteries:
        return _of_batteries(batteries, limits)
    if kind == "portable":
        return to_fix("no_battery", observed="aucune batterie", expected="une batterie qui tient")
    supplies = facts.value(SUPPLIES)
    if not supplies:
        return unknown("virtual" if kind == "virtuel" else "none", observed="aucun onduleur visible")
    return _of_supplies(supplies, limits)


def _of_batteries(batteries: Sequence[Battery], limits: Limits) -> Judgement:
    expected = f"au moins {limits['watch_health']} % de la capacité d’origine"
    present = [battery for battery in batteries if battery.present]
    if not present:
        return to_fix("no_battery", observed="aucune batterie", expected=expected)
    known = [battery.health for battery in present if battery.health is not None]
    if len(known) < len(present):
        return unknown("battery_unread", expected=expected)
    health = max(known)  # two batteries share the work: the best one carries the save
    observed = f"{health} %"
    if health < limits["least_health"]:
        return to_fix("battery_worn", health=health, observed=observed, expected=expected)
    if health < limits["watch_health"]:
        return watch("battery_ageing", health=health, observed=observed, expected=expected)
    return ok("battery", health=health, observed=observed, expected=expected)


def _of_supplies(supplies: Sequence[PowerSupply], limits: Limits) -> Judgement:
    minutes = limits["least_minutes"]
    expected = f"en service, au moins {minutes} minutes d’autonomie"
    for state in ("replace", "low", "off"):
        if any(supply.state == state for supply in supplies):
            return to_fix(state, observed="onduleur en défaut", expected=expected)
    if any(supply.runtime is not None and supply.runtime < minutes for supply in supplies):
        least = min(supply.runtime for supply in supplies if supply.runtime is not None)
        return to_fix("short", minutes=least, observed=f"{least} minutes", expected=expected)
    if any(supply.state == "unread" for supply in supplies):
        return unknown("unread", expected=expected)
    if any(supply.state == "on_battery" for supply in supplies):
        return watch("on_battery", observed="sur batterie", expected=expected)
    runtimes = [supply.runtime for supply in supplies if supply.runtime is not None]
    if len(runtimes) < len(supplies):
        return watch("no_runtime", observed="autonomie inconnue", expected=expected)
    return ok(minutes=min(runtimes), observed=f"{min(runtimes)} minutes", expected=expected)
