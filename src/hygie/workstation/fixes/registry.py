"""Every correction that Hygie knows, by id."""

from __future__ import annotations

from hygie.workstation.fixes.firewall import FIREWALL_FIX
from hygie.workstation.fixes.model import Fix, FixPlan, FixRefusal
from hygie.workstation.fixes.settings import AUTORUN_FIX, LOCK_FIX
from hygie.workstation.fixes.updates import UPDATES_FIX
from hygie.workstation.probe import Probe

FIXES = {fix.id: fix for fix in (LOCK_FIX, UPDATES_FIX, FIREWALL_FIX, AUTORUN_FIX)}


def list_fixes() -> tuple[Fix, ...]:
    """Every correction, in the order of the screens."""
    return tuple(FIXES.values())


def prepare(fix: str, probe: Probe) -> FixPlan | FixRefusal:
    """What correction ``fix`` would change on this machine, or why it will not; nothing is touched."""
    if fix not in FIXES:
        return FixRefusal(fix, f"Correction inconnue. Corrections possibles : {', '.join(FIXES)}.")
    if probe.identity.system != "linux":
        return FixRefusal(fix, "Cette correction n’existe encore que sous Linux.")
    return FIXES[fix].prepare(probe)
