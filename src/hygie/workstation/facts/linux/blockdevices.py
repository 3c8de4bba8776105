"""How block devices stand on one another, from /sys/class/block (kernel ABI: sysfs-block, sysfs-block-dm).

Device-mapper names its layers in ``dm/uuid``: cryptsetup writes CRYPT-<kind>-…, LVM writes LVM-…. Every
layer is followed down to the disks: an encrypted layer counts only for what stands on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hygie.workstation.facts.linux.parsing import text_of
from hygie.workstation.facts.model import Unknown
from hygie.workstation.facts.storage import Encryption
from hygie.workstation.probe import Probe, Reading

BLOCK = "/sys/class/block"
# cryptsetup also opens layers that do not hide anything (VERITY, INTEGRITY, SUBDEV): they are not in this list.
HIDING = (
    "CRYPT-LUKS1-",
    "CRYPT-LUKS2-",
    "CRYPT-PLAIN-",
    "CRYPT-LOOPAES-",
    "CRYPT-TCRYPT-",
    "CRYPT-BITLK-",
    "CRYPT-FVAULT2-",
)
DISK = re.compile(r"(sd|hd|vd|xvd)[a-z]+|nvme\d+n\d+|mmcblk\d+(boot\d)?|pmem\d+|sr\d+|fd\d+")
PARTITION = re.compile(r"(.*\d)p\d+|(.*\D)\d+")


@dataclass(frozen=True, slots=True)
class BlockDevice:
    """One device. ``cipher``: "" when not read; ``parent``: disk of a partition; ``backing``: file of a loop."""

    name: str
    number: str
    label: str = ""
    uuid: str = ""
    cipher: str = ""
    slaves: tuple[str, ...] = ()
    parent: str = ""
    backing: str = ""


Devices = Mapping[str, BlockDevice]


def read_devices(probe: Probe) -> Devices | Unknown:
    """Every block device by kernel name, or why the list cannot be read."""
    names = probe.list_dir(BLOCK)
    if isinstance(names, Unknown):
        return names
    ciphers = _ciphers(probe) if any(name.startswith("dm-") for name in names) else {}
    return {name: _read_device(probe, name, names, ciphers) for name in names}


def _read_device(probe: Probe, name: str, names: Iterable[str], ciphers: Mapping[str, str]) -> BlockDevice:
    folder = f"{BLOCK}/{name}"
    number = _line(probe.read_file(f"{folder}/dev"))
    if name.startswith("dm-"):
        label = _line(probe.read_file(f"{folder}/dm/name"))
        uuid = _line(probe.read_file(f"{folder}/dm/uuid"))
        return BlockDevice(
            name, number, label, uuid, ciphers.get(label, ""), _names(probe.list_dir(f"{folder}/slaves"))
        )
    if name.startswith("loop") and "p" not in name[4:]:
        return BlockDevice(name, number, backing=_line(probe.read_file(f"{folder}/loop/backing_file")))
    parent = parent_of(name, names)
    if parent or DISK.fullmatch(name):
        return BlockDevice(name, number, parent=parent)
    return BlockDevice(name, number, slaves=_names(probe.list_dir(f"{folder}/slaves")))


def parent_of(name: str, names: Iterable[str]) -> str:
    """The disk that carries a partition: nvme0n1p2 → nvme0n1, sda3 → sda; "" for a whole disk."""
    found = PARTITION.fullmatch(name)
    parent = (found[1] or found[2]) if found else ""
    return parent if parent in set(names) and not name.startswith("dm-") else ""


def _line(reading: Reading[bytes]) -> str:
    return "" if isinstance(reading, Unknown) else text_of(reading).strip()


def _names(reading: Reading[tuple[str, ...]]) -> tuple[str, ...]:
    return () if isinstance(reading, Unknown) else reading


def _ciphers(probe: Probe) -> Mapping[str, str]:
    """Cipher or target of each device-mapper layer; needs root, and says less without it, never something else."""
    output = probe.run(("dmsetup", "table"), seconds=3)
    return {} if isinstance(output, Unknown) or output.status else parse_dmsetup_table(output.text)


def parse_dmsetup_table(text: str) -> dict[str, str]:
    """``name: start length target …`` (dmsetup(8)): the cipher for crypt targets, else "-". Keys are never kept."""
    ciphers: dict[str, str] = {}
    for line in text.splitlines():
        name, _, rest = line.partition(": ")
        words = rest.split()
        if len(words) >= 3:
            cipher = words[3] if words[2] == "crypt" and len(words) > 3 else "-"
            ciphers[name] = cipher if ciphers.get(name, cipher) == cipher else "-"
    return ciphers


def encryption_of(name: str, devices: Devices, of_file: Callable[[str], Encryption]) -> Encryption:
    """Whether everything written to ``name`` is encrypted. ``of_file`` answers for the file behind a loop device."""
    device = devices.get(name)
    if device is None:
        return Encryption.UNKNOWN
    if device.uuid.startswith(HIDING) or device.cipher not in ("", "-"):
        null = "cipher_null" in device.cipher or device.cipher.startswith("null")
        return Encryption.NULL if null else Encryption.YES
    if device.slaves:
        found = worst(encryption_of(slave, devices, of_file) for slave in device.slaves)
        # A layer without a name (VeraCrypt makes such ones) may encrypt: only root can tell.
        hidden = name.startswith("dm-") and not device.uuid and not device.cipher
        return Encryption.UNKNOWN if hidden and found is Encryption.NO else found
    if device.parent:
        return encryption_of(device.parent, devices, of_file)
    if device.backing:
        return of_file(device.backing)
    return Encryption.NO if DISK.fullmatch(name) else Encryption.UNKNOWN


def worst(found: Iterable[Encryption]) -> Encryption:
    """The weakest of several: a chain is worth its weakest link, and nothing at all is unknown."""
    order = (Encryption.NO, Encryption.NULL, Encryption.UNKNOWN, Encryption.YES)
    return min(found, key=order.index, default=Encryption.UNKNOWN)
