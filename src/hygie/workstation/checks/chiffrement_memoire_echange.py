"""What the memory spills onto the disk (swap, hibernation) is encrypted too."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.storage import SWAPS, Encryption, Place
from hygie.workstation.facts.system import CHASSIS, Chassis

EXPECTED = "mémoire d’échange chiffrée, ou absente du disque"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Swap kept in memory (zram) never reaches the disk; hibernation needs a swap on disk, so it is judged with it."""
    written = [swap for swap in facts.value(SWAPS) if swap.place is not Place.MEMORY]
    if not written:
        return ok("none", observed="aucune sur le disque", expected=EXPECTED)
    plain = ", ".join(s.path for s in written if s.encryption in (Encryption.NO, Encryption.NULL))
    if plain and facts.value_or(CHASSIS, Chassis("")).kind == "virtuel":
        return unknown("virtual", swaps=plain, observed=f"en clair : {plain}", expected=EXPECTED)
    if plain:
        return to_fix(swaps=plain, observed=f"en clair : {plain}", expected=EXPECTED)
    unread = ", ".join(s.path for s in written if s.encryption is not Encryption.YES)
    if unread:
        return unknown("unread", swaps=unread, expected=EXPECTED)
    return ok(swaps=", ".join(s.path for s in written), observed="chiffrée", expected=EXPECTED)
