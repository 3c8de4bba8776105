"""Encryption of ZFS: by dataset (zfsprops(7)), or by the disks under the whole pool (zpool-list(8))."""

from __future__ import annotations

from hygie.workstation.facts.linux.parsing import answer_of
from hygie.workstation.facts.model import Unknown
from hygie.workstation.facts.storage import Encryption
from hygie.workstation.probe import Probe

ZFS_GET = ("zfs", "get", "-H", "-o", "name,value", "encryption")
ZPOOL_LIST = ("zpool", "list", "-v", "-H", "-P", "-L")


def read_zfs(probe: Probe) -> dict[str, Encryption]:
    """Each dataset's own encryption; empty when ZFS does not answer (the volumes are then unknown)."""
    answer = answer_of(probe.run(ZFS_GET, seconds=3), "zfs get encryption")
    return {} if isinstance(answer, Unknown) else parse_zfs(answer.text)


def parse_zfs(text: str) -> dict[str, Encryption]:
    """Tab-separated ``name value``: "off", "-" (does not apply), or a cipher."""
    rows = [line.split("\t") for line in text.splitlines()]
    state = {"off": Encryption.NO, "-": Encryption.UNKNOWN}
    return {row[0]: state.get(row[1], Encryption.YES) for row in rows if len(row) == 2 and row[1]}


def read_pools(probe: Probe) -> dict[str, tuple[str, ...]]:
    """Device paths under each pool; empty when ZFS does not answer."""
    answer = answer_of(probe.run(ZPOOL_LIST, seconds=3), "zpool list")
    return {} if isinstance(answer, Unknown) else parse_pools(answer.text)


def parse_pools(text: str) -> dict[str, tuple[str, ...]]:
    """A pool starts its line; what belongs to it is indented by a tab."""
    pools: dict[str, tuple[str, ...]] = {}
    pool = ""
    for line in text.splitlines():
        words = line.split()
        if words and not line.startswith("\t"):
            pool = words[0]
            pools[pool] = ()
        elif words and pool and words[0].startswith("/dev/"):
            pools[pool] += (words[0],)
    return pools
