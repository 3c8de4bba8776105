"""There is room left on the disks: a full disk stops backups, updates and the practice software."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, watch
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.storage import SPACES, Space

GIGABYTE = 1_000_000_000


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Both a share and an amount: 4 % of a large disk is still plenty, 15 % of a tiny one is not."""
    spaces = facts.value(SPACES)
    expected = f"plus de {limits['low_percent']} % ou de {limits['low_gigabytes']} Go libres"
    for level, conclude in (("full", to_fix), ("low", watch)):
        short = [s for s in spaces if _short(s, limits[f"{level}_percent"], limits[f"{level}_gigabytes"])]
        if short:
            names = ", ".join(f"{s.path} ({_shown(s)})" for s in short)
            return conclude(volumes=names, observed=names, expected=expected)
    tightest = min(spaces, key=lambda space: space.free / space.size)
    shown = _shown(tightest)
    return ok(path=tightest.path, free=shown, observed=f"{tightest.path} : {shown}", expected=expected)


def _short(space: Space, percent: int, gigabytes: int) -> bool:
    return space.free * 100 < space.size * percent and space.free < gigabytes * GIGABYTE


def _shown(space: Space) -> str:
    amount = f"{space.free / GIGABYTE:.1f}".replace(".", ",")
    return f"{amount} Go libres, {round(100 * space.free / space.size)} %"
