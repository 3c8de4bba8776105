"""The oldest version of Windows file sharing is refused, as server and as client."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.shares import SMB_DIALECTS

EXPECTED = "SMB 2 au moins"
OLD = ("CORE", "COREPLUS", "LANMAN1", "LANMAN2", "NT1")
# smb.conf(5), "server max protocol"; "DEFAULT" leaves the choice to Samba.
MODERN = ("SMB2", "SMB2_02", "SMB2_10", "SMB2_22", "SMB2_24", "SMB3", "SMB3_00", "SMB3_02", "SMB3_10", "SMB3_11", "")


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """Old dialects, old password answers and folders mounted with SMB 1 are each a fault."""
    smb = facts.value(SMB_DIALECTS)
    if smb.mounted:
        folders = ", ".join(smb.mounted)
        return to_fix("mounted", folders=folders, observed=f"SMB 1 : {folders}", expected=EXPECTED)
    for dialect, sentence in ((smb.server, "to_fix"), (smb.client, "client")):
        if dialect in OLD:
            return to_fix(sentence, dialect=dialect, observed=dialect, expected=EXPECTED)
    if smb.weak_passwords:
        return to_fix("passwords", observed="anciens mots de passe acceptés", expected=EXPECTED)
    if smb.server not in MODERN or smb.client not in MODERN:
        return unknown("unread", dialect=f"{smb.server} {smb.client}".strip(), expected=EXPECTED)
    return ok(observed=smb.server or "SMB 2 ou plus", expected=EXPECTED)
