"""The programmes of this computer are still mended by whoever delivers them."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.checks.words import count, day
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.packages import PACKAGES
from hygie.workstation.lifecycle.installed import tracked
from hygie.workstation.lifecycle.loader import lifecycle
from hygie.workstation.lifecycle.support import State, Support
from hygie.workstation.lifecycle.systems import system_support

EXPECTED = "des logiciels encore maintenus"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """What its author alone keeps alive is looked up one by one; the rest lives as long as the system."""
    del limits
    packages = facts.value(PACKAGES)
    found = [lifecycle().support(product, version, now.date()) for product, version in tracked(packages)]
    ended = [support for support in found if support.state is State.ENDED]
    if ended:
        return to_fix(names=_names(ended), observed=f"abandonnés : {_names(ended)}", expected=EXPECTED)
    if lifecycle().age(now.date()).days < 0:
        return unknown("clock", observed=day(now), expected=EXPECTED)
    unlisted = [support for support in found if support.state in (State.NEWER, State.UNKNOWN)]
    if unlisted:
        return unknown("unlisted", names=_names(unlisted), observed="dates inconnues", expected=EXPECTED)
    soon = [support for support in found if support.state is State.ENDING_SOON]
    if soon:
        return watch("soon", names=_names(soon), observed=f"fin proche : {_names(soon)}", expected=EXPECTED)
    return _by_system(system_support(facts, now.date()), count(len(packages), "logiciel"))


def _by_system(support: Support, programmes: str) -> Judgement:
    if support.state is State.ENDED:
        return to_fix("system_ended", name=support.name, observed="système abandonné", expected=EXPECTED)
    if support.state is State.EXTENDED:
        return watch("system_extended", name=support.name, observed="support prolongé", expected=EXPECTED)
    if support.state in (State.NEWER, State.UNKNOWN):
        return unknown("system_unknown", name=support.name, observed="dates inconnues", expected=EXPECTED)
    return ok(name=support.name, programmes=programmes, observed="maintenus avec le système", expected=EXPECTED)


def _names(supports: list[Support]) -> str:
    return ", ".join(support.name for support in supports)
