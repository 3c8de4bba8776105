"""Facts about disks: what is mounted, what is encrypted, how full and how healthy the disks are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hygie.workstation.facts.model import FactKey


class Encryption(StrEnum):
    """What stands between a thief and the bytes. NULL is dm-crypt with a cipher that does nothing."""

    YES = "yes"
    NO = "no"
    NULL = "null"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """What a volume is to this computer."""

    INTERNAL = "internal"
    REMOVABLE = "removable"
    NETWORK = "network"
    BOOT = "boot"
    ASLEEP = "asleep"  # a partition that carries files and is not mounted now
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Volume:
    """osquery ``mounts`` (path, device, type) joined with ``disk_encryption``. ``path`` is "" when not mounted."""

    path: str
    device: str
    type: str
    place: Place
    encryption: Encryption


@dataclass(frozen=True, slots=True)
class DiskKey:
    """A way an encrypted volume opens by itself: "exposed" (key readable by a thief), "unclear" or "chip" (TPM)."""

    volume: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Space:
    """osquery ``mounts`` sizes, in bytes."""

    path: str
    size: int
    free: int


@dataclass(frozen=True, slots=True)
class DiskHealth:
    """One disk or mirror. ``state``: "good", "worn", "failing" or "unread"."""

    name: str
    state: str


VOLUMES = FactKey[tuple[Volume, ...]]("disk_encryption", "la liste des volumes et leur chiffrement")
SWAPS = FactKey[tuple[Volume, ...]]("swaps", "la mémoire d’échange")
FOLDERS_ENCRYPTED = FactKey[bool]("folders_encrypted", "le chiffrement de dossiers isolés")
DISK_KEYS = FactKey[tuple[DiskKey, ...]]("disk_keys", "la manière dont les volumes chiffrés s’ouvrent")
SPACES = FactKey[tuple[Space, ...]]("mounts", "la place libre sur les disques")
DISKS_HEALTH = FactKey[tuple[DiskHealth, ...]]("disk_health", "l’état de santé des disques")
