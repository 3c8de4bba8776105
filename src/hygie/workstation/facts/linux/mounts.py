"""What is mounted, from /proc/self/mountinfo (proc_pid_mountinfo(5)): no command, no rights, no translation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOUNTINFO = "/proc/self/mountinfo"

NETWORK_TYPES = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs ceph glusterfs davfs 9p virtiofs vboxsf vmhgfs "
    "fuse.sshfs fuse.rclone fuse.glusterfs fuse.davfs2 fuse.vmhgfs-fuse fuse.s3fs".split()
)
# Read-only images: they hold software, never what the practice writes.
IMAGE_TYPES = frozenset("squashfs iso9660 erofs cramfs romfs".split())
OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo. ``number`` is major:minor; ``root`` the part of the file system that is shown."""

    number: str
    root: str
    path: str
    type: str
    source: str
    options: str


def parse_mountinfo(text: str) -> tuple[Mount, ...] | None:
    """Every mount, in order; None when a line is not understood or "/" is missing (a cut or foreign file)."""
    mounts = []
    for line in text.splitlines():
        before, separator, after = line.partition(" - ")
        left, right = before.split(" "), after.split(" ")
        if not separator or len(left) < 6 or len(right) < 3 or not re.fullmatch(r"\d+:\d+", left[2]):
            return None
        mounts.append(Mount(left[2], _plain(left[3]), _plain(left[4]), right[0], _plain(right[1]), right[2]))
    return tuple(mounts) if any(mount.path == "/" for mount in mounts) else None


def _plain(field: str) -> str:
    """Space, tab, newline and backslash are written in octal there."""
    return OCTAL.sub(lambda found: chr(int(found[1], 8)), field)


def mount_of(path: str, mounts: Iterable[Mount]) -> Mount | None:
    """The mount that holds ``path``: the longest mount point above it, the last one mounted winning."""
    best: Mount | None = None
    for mount in mounts:
        above = path == mount.path or path.startswith(mount.path.rstrip("/") + "/")
        if above and (best is None or len(mount.path) >= len(best.path)):
            best = mount
    return best
