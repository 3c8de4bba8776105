"""Secure Boot and TPM, from the files the kernel shows (efivarfs, sysfs-class-tpm)."""

from __future__ import annotations

from hygie.workstation.facts.boot import SECURE_BOOT, TPM_VERSION
from hygie.workstation.facts.linux.parsing import listed
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, NotApplicable, Reason, Unknown
from hygie.workstation.probe import Probe

EFI = "/sys/firmware/efi"
SECURE_BOOT_FILE = f"{EFI}/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
# Set by shim when the person turned signature checks off below a firmware that still says "on".
UNCHECKED_FILE = f"{EFI}/efivars/MokSBStateRT-605dab50-e046-4300-abb6-3dd810dd8b23"
TPM = "/sys/class/tpm"


def collect_boot(probe: Probe) -> Collected:
    """Both facts; no rights are needed."""
    return {SECURE_BOOT: _secure_boot(probe), TPM_VERSION: _tpm(probe)}


def _secure_boot(probe: Probe) -> Fact[str]:
    firmware = listed(probe.list_dir("/sys/firmware"), "/sys/firmware")
    if isinstance(firmware, Unknown):
        return firmware
    if "efi" not in firmware:
        return NotApplicable("ce poste démarre à l’ancienne (BIOS), sans démarrage sécurisé possible", EFI)
    data = probe.read_file(SECURE_BOOT_FILE)
    if isinstance(data, Unknown):
        return data
    if len(data) != 5 or data[4] not in (0, 1):
        return Unknown(Reason.UNPARSABLE, SECURE_BOOT_FILE)
    unchecked = probe.read_file(UNCHECKED_FILE)
    if isinstance(unchecked, Unknown) and unchecked.reason is not Reason.ABSENT:
        return unchecked
    if data[4] == 1 and not isinstance(unchecked, Unknown) and unchecked[-1:] == b"\x01":
        return Known("unchecked", UNCHECKED_FILE)
    return Known("on" if data[4] else "off", SECURE_BOOT_FILE)


def _tpm(probe: Probe) -> Fact[int]:
    names = probe.list_dir(TPM)
    if isinstance(names, Unknown) and names.reason is not Reason.ABSENT:
        return names
    chips = () if isinstance(names, Unknown) else names
    if not chips:
        # An absent list is "no chip" only where the kernel's tree of devices can be read at all.
        tree = probe.list_dir("/sys/class")
        return tree if isinstance(tree, Unknown) else Known(0, "/sys/class")
    source = f"{TPM}/{chips[0]}/tpm_version_major"
    data = probe.read_file(source)
    if isinstance(data, Unknown):
        return data
    return Known(int(data), source) if data.strip() in (b"1", b"2") else Unknown(Reason.UNPARSABLE, source)


COLLECTORS = (Collector("boot", (SECURE_BOOT, TPM_VERSION), collect_boot),)
