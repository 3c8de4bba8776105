"""Disks made in memory: /sys/class/block and /proc/self/mountinfo from a short description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hygie.workstation.facts.model import Reason
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import machine

LUKS = "CRYPT-LUKS2-0123456789abcdef0123456789abcdef-coffre"
LVM = "LVM-abcdefghijklmnopqrstuvwxyz"
NO_SWAP = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
PHYSICAL = "processor\t: 0\nflags\t\t: fpu vme\n"
GUEST = "processor\t: 0\nflags\t\t: fpu vme hypervisor\n"


def mounted(number: str, path: str, kind: str, source: str, options: str = "rw") -> str:
    """One line of mountinfo."""
    return f"25 1 {number} / {path} rw,relatime shared:1 - {kind} {source} {options}\n"


def computer(
    blocks: Mapping[str, Mapping[str, Any]],
    mounts: Sequence[str],
    *,
    swaps: str = NO_SWAP,
    cpu: str = PHYSICAL,
    files: Mapping[str, str | Reason] | None = None,
    dirs: Mapping[str, Sequence[str] | Reason] | None = None,
    **others: Any,
) -> ReplayProbe:
    """A computer with these block devices: ``{"dm-0": {"dev": "254:0", "uuid": LUKS, "on": ["sda2"]}}``."""
    all_files: dict[str, str | Reason] = {
        "/proc/self/mountinfo": "".join(mounts),
        "/proc/swaps": swaps,
        "/proc/cpuinfo": cpu,
        "/proc/cmdline": "quiet",
        "/sys/class/dmi/id/chassis_type": "10",
    }
    all_dirs: dict[str, Sequence[str] | Reason] = {"/sys/class/block": tuple(blocks)}
    for name, block in blocks.items():
        folder = f"/sys/class/block/{name}"
        all_files[f"{folder}/dev"] = f"{block['dev']}\n"
        all_dirs[f"{folder}/slaves"] = block.get("on", ())
        for key, file in (("uuid", "dm/uuid"), ("label", "dm/name"), ("backing", "loop/backing_file")):
            if key in block:
                all_files[f"{folder}/{file}"] = f"{block[key]}\n"
        if "udev" in block:
            lines = "".join(f"E:{key}={value}\n" for key, value in block["udev"].items())
            all_files[f"/run/udev/data/b{block['dev']}"] = f"S:disk/by-id/x\n{lines}"
    return machine(files={**all_files, **(files or {})}, dirs={**all_dirs, **(dirs or {})}, **others)
