"""No folder is shared without a password, or with every computer."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.shares import SHARES

EXPECTED = "aucun partage sans mot de passe"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Read-only shares count too: reading is enough to disclose."""
    shares = facts.value(SHARES)
    open_shares = [share for share in shares if share.everyone]
    if open_shares:
        names = ", ".join(f"« {share.name} »" for share in open_shares)
        sentence = "writable" if any(share.writable for share in open_shares) else "to_fix"
        return to_fix(sentence, shares=names, observed=f"ouverts à tous : {names}", expected=EXPECTED)
    if not shares:
        return ok("none", observed="aucun partage", expected=EXPECTED)
    return ok(count=len(shares), observed=f"{len(shares)} partages protégés", expected=EXPECTED)
