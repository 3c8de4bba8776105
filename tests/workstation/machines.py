"""Machines made in memory for tests: only what is given exists, all the rest reads as absent."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checks.runner import judge_one
from hygie.workstation.checkup import step_groups
from hygie.workstation.collect import collect
from hygie.workstation.facts.model import Facts, Reason, Unknown
from hygie.workstation.probe import CommandOutput, FileStatus, Identity
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.systems import collectors_for

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def machine(
    *,
    files: Mapping[str, str | bytes | Reason] | None = None,
    runs: Mapping[str, str | bytes | CommandOutput | Reason] | None = None,
    dirs: Mapping[str, Sequence[str] | Reason] | None = None,
    stats: Mapping[str, FileStatus | Reason] | None = None,
    elevated: bool = True,
    user: str = "medecin",
    uid: int = 1000,
    system: str = "linux",
    now: datetime = NOW,
) -> ReplayProbe:
    """A machine that answers just this (and has a /usr/share). Commands are written as in a shell: "lsblk -J"."""
    recording = Recording(Identity(system, user, uid, f"/home/{user}", elevated, "0" * 16, "poste"), now)
    for path, content in (files or {}).items():
        recording.files[path] = _unknown(content, path) if isinstance(content, Reason) else _bytes(content)
    for command, output in (runs or {}).items():
        argv = tuple(shlex.split(command))
        if isinstance(output, Reason):
            recording.runs[argv] = _unknown(output, command)
        else:
            recording.runs[argv] = (
                output if isinstance(output, CommandOutput) else CommandOutput(0, _bytes(output), b"")
            )
    # What the system offers at login is only believed when /usr/share itself was seen.
    shared = {path.split("/")[3] for path in dirs or {} if path.startswith("/usr/share/")}
    for path, names in {"/usr/share": ("doc", *shared), **(dirs or {})}.items():
        recording.dirs[path] = _unknown(names, path) if isinstance(names, Reason) else tuple(sorted(names))
    for path, status in (stats or {}).items():
        recording.stats[path] = _unknown(status, path) if isinstance(status, Reason) else status
    return ReplayProbe(recording)


def folder(modified_at: datetime = NOW) -> FileStatus:
    """The status of an ordinary folder."""
    return FileStatus("dir", 4096, 0o755, 0, modified_at)


def regular(size: int = 100, *, modified_at: datetime = NOW, mode: int = 0o644, uid: int = 0) -> FileStatus:
    """The status of an ordinary file."""
    return FileStatus("file", size, mode, uid, modified_at)


def facts_of(probe: ReplayProbe) -> Facts:
    """Every fact the collectors read on this machine."""
    return collect(probe, collectors_for(probe.identity.system)).facts


def finding(check: str, probe: ReplayProbe) -> Finding:
    """What one check finds on this machine."""
    facts = facts_of(probe)
    return judge_one(checks()[check], facts, probe.now, step_groups(facts, probe.identity.system))


def _unknown(reason: Reason, source: str) -> Unknown:
    return Unknown(reason, source)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
