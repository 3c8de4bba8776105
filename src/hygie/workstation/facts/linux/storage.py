"""Volumes, swap and their encryption, on Linux: mountinfo joined with the tree of block devices."""

from __future__ import annotations

from collections.abc import Iterable

from hygie.workstation.facts.linux.blockdevices import HIDING, BlockDevice, encryption_of
from hygie.workstation.facts.linux.disktree import Disks, read_disks
from hygie.workstation.facts.linux.keyfiles import collect_keys
from hygie.workstation.facts.linux.mounts import IMAGE_TYPES, MOUNTINFO, NETWORK_TYPES, Mount
from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.linux.zfs import zfs_keys
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.storage import DISK_KEYS, FOLDERS_ENCRYPTED, SWAPS, VOLUMES, Encryption, Place, Volume
from hygie.workstation.probe import Probe

PLUGGED_IN = ("/media/", "/run/media/")
BOOT_PATHS = ("/boot/", "/efi/")
# Partition types (UEFI specification, Microsoft) that carry start-up files only.
BOOT_PARTITIONS = ("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "de94bba4-06d1-4d40-a16a-bfd50179d6ac", "0xef", "0x27")
CIPHER_UNREAD = "L’algorithme n’a pas été lu, il faut les droits d’administrateur ; celui d’origine, AES, est supposé"


def volumes_of(disks: Disks, removable: frozenset[str], asleep: Iterable[Volume] = ()) -> tuple[Volume, ...]:
    """One volume for each thing mounted, named by its shortest mount point."""
    grouped: dict[str, list[Mount]] = {}
    for mount in disks.mounts:
        if _carries_data(mount):
            named = mount.type in NETWORK_TYPES or mount.type == "zfs"
            key = mount.source if named else " ".join(disks.names_of(mount))
            grouped.setdefault(key or mount.source, []).append(mount)
    return (*(_volume(mounts, disks, removable) for mounts in grouped.values()), *asleep)


def _carries_data(mount: Mount) -> bool:
    if mount.type in IMAGE_TYPES or mount.type == "ecryptfs":
        return False
    # /dev/fuse is no disk: desktops lend documents to applications through it.
    on_device = mount.source.startswith("/dev/") and mount.source != "/dev/fuse"
    on_device = on_device and mount.type not in ("devtmpfs", "tmpfs")
    return on_device or mount.path == "/" or mount.type == "zfs" or mount.type in NETWORK_TYPES


def _volume(mounts: list[Mount], disks: Disks, removable: frozenset[str]) -> Volume:
    first = min(mounts, key=lambda mount: (len(mount.path), mount.path))
    place = Place.INTERNAL
    if first.type in NETWORK_TYPES:
        place = Place.NETWORK
    elif all(f"{mount.path}/".startswith(BOOT_PATHS) for mount in mounts):
        place = Place.BOOT
    elif first.path.startswith(PLUGGED_IN) and removable.intersection(disks.names_of(first)):
        place = Place.REMOVABLE
    return Volume(first.path, first.source, first.type, place, disks.of_mount(first))


def _udev(probe: Probe, device: BlockDevice) -> dict[str, str]:
    """What udev knows of a device (``E:KEY=value`` lines of /run/udev/data/bMAJ:MIN); {} when it says nothing."""
    data = probe.read_file(f"/run/udev/data/b{device.number}")
    return {} if isinstance(data, Unknown) else {k.removeprefix("E:"): v for k, v in key_values(text_of(data)).items()}


def _may_hold_files(device: BlockDevice) -> bool:
    """Disks, partitions and logical volumes; other layers are what these are made of, or in memory."""
    layer = device.name.startswith(("dm-", "loop", "ram", "zram")) and not device.uuid.startswith("LVM-")
    return bool(device.number) and not layer


def collect_volumes(probe: Probe) -> Collected:
    """Volumes, swap, isolated encrypted folders and key files: all from one look at the disks."""
    disks = read_disks(probe)
    if isinstance(disks, Unknown):
        return dict.fromkeys((VOLUMES, SWAPS, FOLDERS_ENCRYPTED, DISK_KEYS), disks)
    udev = {d.name: _udev(probe, d) for d in disks.devices.values() if _may_hold_files(d)}
    removable = frozenset(n for n, known in udev.items() if known.get("ID_BUS") == "usb" or n.startswith("mmcblk"))
    swaps = _swaps(probe, disks)
    swapping = {volume.device for volume in swaps.value} if isinstance(swaps, Known) else set()
    volumes = volumes_of(disks, removable, _asleep(disks, udev, swapping, removable))
    return {
        VOLUMES: Known(volumes, f"{MOUNTINFO}, /sys/class/block", _cipher_taken_for_granted(disks)),
        SWAPS: swaps,
        FOLDERS_ENCRYPTED: Known(_folders_encrypted(probe, disks), MOUNTINFO),
        DISK_KEYS: collect_keys(probe, disks.of_file, zfs_keys(disks.datasets)),
    }


def _cipher_taken_for_granted(disks: Disks) -> str:
    """cryptsetup(8) formats with AES unless told otherwise; only root may read what a layer really uses."""
    unread = any(d.uuid.startswith(HIDING) and not d.cipher for d in disks.devices.values())
    return CIPHER_UNREAD if unread else ""


def _asleep(
    disks: Disks, udev: dict[str, dict[str, str]], swapping: set[str], removable: frozenset[str]
) -> list[Volume]:
    """Internal partitions that carry files (another system, a second disk) and are not mounted now."""
    used = {name for mount in disks.mounts for name in disks.names_of(mount)}
    used |= {slave for device in disks.devices.values() for slave in device.slaves}
    found = []
    for name, known in udev.items():
        files = known.get("ID_FS_USAGE") == "filesystem" and known.get("ID_FS_TYPE", "") not in (*IMAGE_TYPES, "udf")
        start_up = known.get("ID_PART_ENTRY_TYPE", "") in BOOT_PARTITIONS
        if files and not start_up and name not in used | removable and f"/dev/{name}" not in swapping:
            encryption = encryption_of(name, disks.devices, disks.of_file)
            found.append(Volume("", f"/dev/{name}", known["ID_FS_TYPE"], Place.ASLEEP, encryption))
    return found


def _folders_encrypted(probe: Probe, disks: Disks) -> bool:
    """eCryptfs mounts, or the folder fscrypt keeps at the root of a file system it uses."""
    marks = ("/.fscrypt", "/home/.fscrypt")
    return any(m.type == "ecryptfs" for m in disks.mounts) or any(not isinstance(probe.stat(m), Unknown) for m in marks)


def _swaps(probe: Probe, disks: Disks) -> Fact[tuple[Volume, ...]]:
    """Swap areas from /proc/swaps (proc_swaps(5)); its header is always there, even with no swap."""
    source = "/proc/swaps"
    data = probe.read_file(source)
    if isinstance(data, Unknown):
        return data
    header, *lines = text_of(data).splitlines() or [""]
    rows = [line.split() for line in lines]
    if not header.startswith("Filename") or any(len(row) < 5 for row in rows):
        return Unknown(Reason.UNPARSABLE, source)
    return Known(tuple(_swap(probe, disks, row[0].replace("\\040", " "), row[1]) for row in rows), source)


def _swap(probe: Probe, disks: Disks, path: str, kind: str) -> Volume:
    name = disks.name_of_path(path)
    if kind == "file":
        return Volume(path, path, "swap", Place.INTERNAL, disks.of_file(path))
    if name.startswith("zram"):
        name = _written_to(probe, disks, name)
        if not name:
            return Volume(path, path, "swap", Place.MEMORY, Encryption.YES)
    return Volume(path, path, "swap", Place.INTERNAL, encryption_of(name, disks.devices, disks.of_file))


def _written_to(probe: Probe, disks: Disks, zram: str) -> str:
    """The disk that compressed memory overflows to (kernel zram documentation, "writeback"); "" when none is set."""
    data = probe.read_file(f"/sys/block/{zram}/backing_dev")
    if isinstance(data, Unknown) and data.reason is not Reason.ABSENT:
        return "?"  # no device of this name: unknown
    path = "none" if isinstance(data, Unknown) else text_of(data).strip()
    return "" if path in ("", "none") else disks.name_of_path(path) or path


COLLECTORS = (Collector("volumes", (VOLUMES, SWAPS, FOLDERS_ENCRYPTED, DISK_KEYS), collect_volumes),)
