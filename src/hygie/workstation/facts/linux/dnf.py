"""What dnf knows of security fixes (Fedora), from what it already downloaded: nothing is fetched here."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.facts.updates import Update
from hygie.workstation.probe import Probe

# dnf and dnf5 keep each source in a folder named after it and a hash.
CACHES = "/var/cache/libdnf5", "/var/cache/dnf"
CHECK = ("dnf", "-q", "-C", "check-update", "--security")
UPDATES_WAIT, NOTHING_WAITS = 100, 0  # exit status, dnf(8) "check-update"

_REVISION = re.compile(rb"<revision>(\d{9,11})</revision>")


def read_lists_date(probe: Probe) -> datetime | Unknown:
    """When Fedora made the list of updates held here: the ``revision`` of repomd.xml is seconds since 1970."""
    for cache in CACHES:
        folders = probe.list_dir(cache)
        if isinstance(folders, Unknown):
            if folders.reason is not Reason.ABSENT:
                return folders
            continue
        sources = [name for name in folders if re.fullmatch(r"updates-[0-9a-f]{16}", name)]
        dates = [_revision(probe, f"{cache}/{name}/repodata/repomd.xml") for name in sources]
        known = [date for date in dates if date is not None]
        if known:
            return max(known)
    return Unknown(Reason.ABSENT, CACHES[0], "la liste des correctifs n’a jamais été reçue")


def _revision(probe: Probe, path: str) -> datetime | None:
    data = probe.read_file(path)
    found = None if isinstance(data, Unknown) else _REVISION.search(data)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def read_pending(probe: Probe) -> list[Update] | Unknown:
    """Security updates that wait, by the exit status of dnf; their names from its three-column rows."""
    answer = probe.run(CHECK, seconds=8)
    if isinstance(answer, Unknown):
        return answer
    if answer.status == NOTHING_WAITS:
        return []
    if answer.status != UPDATES_WAIT:
        return Unknown(Reason.REFUSED, " ".join(CHECK), f"code de sortie {answer.status}")
    rows = (line.split() for line in answer.text.splitlines())
    updates = [Update(row[0].rpartition(".")[0], "", row[1]) for row in rows if len(row) == 3 and "." in row[0]]
    return updates or Unknown(Reason.UNPARSABLE, " ".join(CHECK))
