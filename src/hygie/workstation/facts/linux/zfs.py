"""Encryption of ZFS: by dataset (zfsprops(7)), or by the disks under the whole pool (zpool-list(8))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hygie.workstation.facts.linux.parsing import answer_of
from hygie.workstation.facts.model import Unknown
from hygie.workstation.facts.storage import Encryption
from hygie.workstation.probe import Probe

ZFS_GET = ("zfs", "get", "-H", "-t", "filesystem", "-o", "name,property,value", "encryption,keylocation")
ZPOOL_LIST = ("zpool", "list", "-v", "-H", "-P", "-L")


@dataclass(frozen=True, slots=True)
class Dataset:
    """One ZFS file system: its own encryption, and the key file it names ("" when a person types a phrase)."""

    encryption: Encryption
    key_file: str = ""


def read_zfs(probe: Probe) -> dict[str, Dataset]:
    """Each dataset; empty when ZFS does not answer (the volumes are then unknown)."""
    answer = answer_of(probe.run(ZFS_GET, seconds=3), "zfs get encryption")
    return {} if isinstance(answer, Unknown) else parse_zfs(answer.text)


def parse_zfs(text: str) -> dict[str, Dataset]:
    """Tab-separated ``name property value``; encryption is "off", "-" (does not apply), or a cipher."""
    said: dict[str, dict[str, str]] = {}
    for row in (line.split("\t") for line in text.splitlines()):
        if len(row) == 3 and row[2]:
            said.setdefault(row[0], {})[row[1]] = row[2]
    state = {"off": Encryption.NO, "-": Encryption.UNKNOWN}
    return {
        name: Dataset(state.get(keys["encryption"], Encryption.YES), _key_file(keys.get("keylocation", "")))
        for name, keys in said.items()
        if "encryption" in keys
    }


def _key_file(location: str) -> str:
    return location.removeprefix("file://") if location.startswith("file://") else ""


def zfs_keys(datasets: Mapping[str, Dataset]) -> dict[str, str]:
    """The key file of each encrypted dataset that names one."""
    return {name: d.key_file for name, d in datasets.items() if d.key_file and d.encryption is Encryption.YES}


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
