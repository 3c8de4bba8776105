"""Keys of encrypted volumes that lie on the computer itself: a key in clear beside the lock is no lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.model import Fact, Known, Reason, Unknown
from hygie.workstation.facts.storage import DiskKey, Encryption
from hygie.workstation.probe import Probe

CRYPTTAB = "/etc/crypttab"
CONF_HOOK = "/etc/cryptsetup-initramfs/conf-hook"
OfFile = Callable[[str], Encryption]
NO_KEY_FILE = ("none", "-", "")


def collect_keys(probe: Probe, of_file: OfFile, named: Mapping[str, str]) -> Fact[tuple[DiskKey, ...]]:
    """Volumes that open without a person, and how. Files that do not exist mean that a person types a phrase.

    ``named``: key files that volumes name themselves (ZFS), by volume.
    """
    read = [_optional(probe, path) for path in (CRYPTTAB, CONF_HOOK, "/proc/cmdline")]
    denied = next((reading for reading in read if isinstance(reading, Unknown)), None)
    if denied is not None:
        return denied
    table, hook, cmdline = (reading for reading in read if isinstance(reading, str))
    keys = [key for line in table.splitlines() if (key := key_of_line(line, probe, of_file))]
    keys += [key for volume, path in named.items() for key in _stated(volume, path, of_file)]
    if key_values(hook).get("KEYFILE_PATTERN"):
        keys += _stated("", "/boot", of_file)
    if any(word.startswith(("rd.luks.key=", "cryptkey=")) for word in cmdline.split()):
        keys.append(DiskKey("", "unclear", "/proc/cmdline"))
    return Known(tuple(keys), CRYPTTAB)


def _optional(probe: Probe, path: str) -> str | Unknown:
    reading = probe.read_file(path)
    if isinstance(reading, Unknown):
        return "" if reading.reason is Reason.ABSENT else reading
    return text_of(reading)


def key_of_line(line: str, probe: Probe, of_file: OfFile) -> DiskKey | None:
    """One line of crypttab(5): name, device, key file, options. None when a person must type the phrase."""
    fields = line.split("#", maxsplit=1)[0].split()
    if len(fields) < 2:
        return None
    name, key = fields[0], fields[2] if len(fields) > 2 else ""
    options = fields[3].split(",") if len(fields) > 3 else []
    if any(option.startswith("keyscript=") for option in options):
        return DiskKey(name, "unclear", key)
    if key in NO_KEY_FILE:
        # systemd-cryptsetup looks there by itself when no key file is named.
        own = f"/etc/cryptsetup-keys.d/{name}.key"
        status = probe.stat(own)
        if not isinstance(status, Unknown):
            return next(iter(_stated(name, own, of_file)), None)
        if status.reason is not Reason.ABSENT:
            return DiskKey(name, "unclear", own)
        return DiskKey(name, "chip", "") if any(option.startswith("tpm2-device=") for option in options) else None
    if key in ("/dev/urandom", "/dev/random", "/dev/hw_random"):
        return None
    if not key.startswith("/") or key.startswith("/dev/") or ":" in key:
        return DiskKey(name, "unclear", key)
    return next(iter(_stated(name, key, of_file)), None)


def _stated(name: str, path: str, of_file: OfFile) -> list[DiskKey]:
    """A key file is safe only on an encrypted volume."""
    kinds = {Encryption.YES: "", Encryption.UNKNOWN: "unclear"}
    kind = kinds.get(of_file(path), "exposed")
    return [DiskKey(name, kind, path)] if kind else []
