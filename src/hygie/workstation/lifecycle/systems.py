"""How long this very system is supported: what it says of itself, found in the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.system import OS_VERSION, OsVersion
from hygie.workstation.facts.updates import EXTENDED_SUPPORT
from hygie.workstation.lifecycle.loader import lifecycle
from hygie.workstation.lifecycle.support import State, Support


def product_of(system: OsVersion) -> str:
    """The product of the table. Linux Mint has two families: over Ubuntu, and over Debian (LMDE)."""
    if system.id == "linuxmint" and "ubuntu" not in system.like:
        return "lmde"
    return system.id


def system_support(facts: Facts, today: date) -> Support:
    """Support of the system on ``today``; MissingFact when it cannot be known.

    A longer support one must subscribe to counts only where the machine is set up for it: else it is ENDED.
    """
    system = facts.value(OS_VERSION)
    product = product_of(system)
    support = lifecycle().support(product, system.version, today)
    if support.state is State.UNKNOWN:
        return replace(support, name=system.name)
    automatic = lifecycle().products[product].extension_automatic
    if support.state is State.EXTENDED and not automatic and not facts.value(EXTENDED_SUPPORT):
        return replace(support, state=State.ENDED)
    return support
