"""The disks of this computer as one tree: what is mounted, on which devices, and what encrypts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hygie.workstation.facts.linux.blockdevices import Devices, encryption_of, read_devices, worst
from hygie.workstation.facts.linux.mounts import MOUNTINFO, NETWORK_TYPES, Mount, mount_of, parse_mountinfo
from hygie.workstation.facts.linux.parsing import text_of
from hygie.workstation.facts.linux.zfs import Dataset, read_pools, read_zfs
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.facts.storage import Encryption
from hygie.workstation.probe import Probe


@dataclass(frozen=True, slots=True)
class Disks:
    """Everything read once about disks: mounts, devices, and ZFS datasets by name."""

    mounts: tuple[Mount, ...]
    devices: Devices
    datasets: Mapping[str, Dataset]
    families: tuple[frozenset[str], ...] = ()
    pools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_mount(self, mount: Mount) -> Encryption:
        """The encryption of what is mounted; UNKNOWN for what does not lie on a disk of this computer."""
        if mount.type == "zfs":
            return self.of_dataset(mount.source)
        names = self.names_of(mount)
        return worst(encryption_of(name, self.devices, self.of_file) for name in names)

    def of_dataset(self, name: str) -> Encryption:
        """A dataset not encrypted by ZFS is still hidden when every disk of its pool is."""
        dataset = self.datasets.get(name)
        own = dataset.encryption if dataset else Encryption.UNKNOWN
        disks = self.pools.get(name.partition("/")[0], ())
        below = worst(encryption_of(self.name_of_path(disk), self.devices, self.of_file) for disk in disks)
        return Encryption.YES if own is Encryption.NO and below is Encryption.YES else own

    def of_file(self, path: str) -> Encryption:
        """The encryption of the volume that holds a file."""
        mount = mount_of(path, [m for m in self.mounts if m.type not in NETWORK_TYPES])
        return Encryption.UNKNOWN if mount is None or mount.source.startswith("/dev/loop") else self.of_mount(mount)

    def names_of(self, mount: Mount) -> tuple[str, ...]:
        """Kernel names of the devices of a mount: one, or several for a file system that spans disks."""
        if mount.type == "bcachefs":
            return tuple(self.name_of_path(path) for path in mount.source.split(":"))
        name = next((d.name for d in self.devices.values() if d.number and d.number == mount.number), "")
        name = name or self.name_of_path(mount.source)
        if mount.type == "btrfs":
            # Without the list of its devices, another one in clear could be hidden: no name, so unknown.
            return tuple(sorted(next((family for family in self.families if name in family), ())))
        return (name,) if name else ()

    def name_of_path(self, path: str) -> str:
        """The kernel name behind /dev/sda1, /dev/dm-0 or /dev/mapper/name; "" when it is none of this computer's."""
        last = path.removeprefix("/dev/").rpartition("/")[2]
        if not path.startswith("/dev/"):
            return ""
        return next((d.name for d in self.devices.values() if last in (d.name, d.label)), "")


def read_disks(probe: Probe) -> Disks | Unknown:
    """Mounts and devices, or the reason why one of them cannot be read."""
    text = probe.read_file(MOUNTINFO)
    if isinstance(text, Unknown):
        return text
    mounts = parse_mountinfo(text_of(text))
    if mounts is None:
        return Unknown(Reason.UNPARSABLE, MOUNTINFO)
    devices = read_devices(probe)
    if isinstance(devices, Unknown):
        return devices
    datasets = read_zfs(probe) if any(mount.type == "zfs" for mount in mounts) else {}
    families = _read_btrfs(probe) if any(mount.type == "btrfs" for mount in mounts) else ()
    clear = any(dataset.encryption is Encryption.NO for dataset in datasets.values())
    pools = read_pools(probe) if clear else {}
    return Disks(mounts, devices, datasets, families, pools)


def _read_btrfs(probe: Probe) -> tuple[frozenset[str], ...]:
    """Devices of each mounted btrfs: mountinfo names only one of them (kernel sysfs, /sys/fs/btrfs/UUID/devices)."""
    names = probe.list_dir("/sys/fs/btrfs")
    if isinstance(names, Unknown):
        return ()
    lists = [probe.list_dir(f"/sys/fs/btrfs/{name}/devices") for name in names]
    return tuple(frozenset(found) for found in lists if not isinstance(found, Unknown))
