"""The firewall in force stops what nobody asked for, in IPv4 and in IPv6."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.network import FIREWALL, Reach

EXPECTED = "connexions entrantes bloquées par défaut"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Judged on the rules in force, never on what a tool is set to do."""
    firewall = facts.value(FIREWALL)
    states = (firewall.ipv4, firewall.ipv6)
    if firewall.ipv4 is Reach.OPEN:
        sentence = "inactive" if firewall.intended else "to_fix"
        return to_fix(sentence, tool=firewall.intended, observed="tout entre", expected=EXPECTED)
    if firewall.ipv6 is Reach.OPEN:
        return to_fix("ipv6", observed="filtre en IPv4 seulement", expected=EXPECTED)
    if Reach.UNCLEAR in states:
        return unknown("unclear", observed="règles trop particulières", expected=EXPECTED)
    wide = [opening for opening in firewall.openings if opening.high - opening.low >= limits["most_ports_at_once"]]
    if wide:
        return watch("wide", observed="bloque, sauf de larges plages", expected=EXPECTED)
    return ok(observed="bloquées par défaut", expected=EXPECTED)
