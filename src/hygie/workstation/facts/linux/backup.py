"""Traces of backup programs on Linux: Déjà Dup, Back In Time, Borg, restic, rsnapshot, Timeshift."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hygie.workstation.facts.backup import BACKUPS, BackupTrace
from hygie.workstation.facts.linux.gsettings import parse_settings
from hygie.workstation.facts.linux.mounts import MOUNTINFO, mount_of, parse_mountinfo
from hygie.workstation.facts.linux.need import NotKnown, fact_of, need
from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

DEJA_DUP = "org.gnome.DejaDup"
DEJA_DUP_FLATPAK = ".var/app/org.gnome.DejaDup/config/glib-2.0/settings/keyfile"
ELSEWHERE_BACKENDS = {"drive": True, "remote": True, "google": True, "microsoft": True, "rclone": True}
MOUNTED_DISKS = "/media/", "/run/media/", "/mnt/"


def collect_backups(probe: Probe) -> Collected:
    """Every trace found, of the person and, with the rights, of root, who often runs the backups of a server."""

    def read() -> Fact[tuple[BackupTrace, ...]]:
        homes = _homes(probe)
        found = [_deja_dup(probe, homes[0]), _back_in_time(probe, homes[0]), _rsnapshot(probe), _timeshift(probe)]
        for home in homes:
            found += [*_borg(probe, home), _restic(probe, home)]
        return Known(tuple(trace for trace in found if trace), "dossiers des logiciels de sauvegarde")

    return {BACKUPS: fact_of(read)}


def _homes(probe: Probe) -> list[str]:
    home = home_of_person(probe)
    homes = [] if isinstance(home, Unknown) else [home]
    return [*homes, "/root"] if probe.identity.elevated or not homes else homes


def _listed(probe: Probe, path: str) -> tuple[str, ...]:
    names = probe.list_dir(path)
    if isinstance(names, Unknown) and names.reason is Reason.ABSENT:
        return ()
    return need(names)


def _text(probe: Probe, path: str) -> str:
    data = probe.read_file(path)
    if isinstance(data, Unknown) and data.reason is Reason.ABSENT:
        return ""
    return text_of(need(data))


def parse_date(text: str) -> datetime | None:
    """ISO 8601, with or without hyphens; without a zone it is taken as UTC. None when it is not a date."""
    try:
        found = datetime.fromisoformat(text.strip().strip("'"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _deja_dup(probe: Probe, home: str) -> BackupTrace | None:
    """Déjà Dup writes the date of its last success in its settings; as a flatpak they are in a key file."""
    answer = probe.run(["gsettings", "list-recursively", DEJA_DUP], as_user=True)
    if not isinstance(answer, Unknown) and answer.status == 0 and probe.identity.uid != 0:
        main, local = (parse_settings(answer.text, schema) for schema in (DEJA_DUP, f"{DEJA_DUP}.Local"))
        trace = _deja_dup_trace(probe, main, local)
        if trace:
            return trace
    groups = parse_keyfile(_text(probe, f"{home}/{DEJA_DUP_FLATPAK}"))
    return _deja_dup_trace(probe, groups.get("org/gnome/deja-dup", {}), groups.get("org/gnome/deja-dup/local", {}))


def parse_keyfile(text: str) -> dict[str, dict[str, str]]:
    """Groups of a GSettings key file: ``[path]`` then ``key=GVariant``."""
    groups: dict[str, dict[str, str]] = {}
    for part in f"\n{text}".split("\n[")[1:]:
        name, _, body = part.partition("]")
        groups[name] = {
            key: value.strip() for key, _, value in (line.partition("=") for line in body.splitlines()) if value
        }
    return groups


def _deja_dup_trace(probe: Probe, main: dict[str, str], local: dict[str, str]) -> BackupTrace | None:
    """None when Déjà Dup is only installed: never run, and not asked to run by itself."""
    word = main.get("last-backup", "").strip("'")
    if not word and main.get("periodic") != "true":
        return None
    backend = main.get("backend", "").strip("'")
    elsewhere = ELSEWHERE_BACKENDS.get(backend)
    if backend == "local":
        elsewhere = _elsewhere(probe, local.get("folder", "").strip("'"))
    last = parse_date(word)
    if word and last is None:
        raise NotKnown(Unknown(Reason.UNPARSABLE, DEJA_DUP, "date de la dernière sauvegarde"))
    return BackupTrace("Déjà Dup", last, elsewhere=elsewhere)


def _elsewhere(probe: Probe, place: str, *, seen: bool = False) -> bool | None:
    """True for an address or a disk plugged in, False beside the documents, None when it cannot be told.

    A folder may lie on another disk of this computer: only the very volume of the home folder is called the same.
    ``seen``: the copies were seen there now. In /media without its disk, they were written to the system's own.
    """
    path = place.removeprefix("file://")
    if not path:
        return None
    if "://" in path:
        return True
    mounts = parse_mountinfo(text_of(need(probe.read_file(MOUNTINFO))))
    if mounts is None:
        raise NotKnown(Unknown(Reason.UNPARSABLE, MOUNTINFO))
    here, home = mount_of(path, mounts), mount_of(probe.identity.home, mounts)
    if here and f"{here.path}/".startswith(MOUNTED_DISKS):
        return True
    unplugged = path.startswith(MOUNTED_DISKS) and not seen
    return False if not unplugged and here and home and here.number == home.number else None


def _back_in_time(probe: Probe, home: str) -> BackupTrace | None:
    """Back In Time names each snapshot by its date, under the folder that its settings give."""
    settings = key_values(_text(probe, f"{home}/.config/backintime/config"))
    base = settings.get("profile1.snapshots.path", "")
    if not base or settings.get("profile1.snapshots.mode", "local") != "local":
        return None
    parts = (settings.get(f"profile1.snapshots.path.{name}", "") for name in ("host", "user", "profile"))
    names = probe.list_dir("/".join([base, "backintime", *parts]))
    if isinstance(names, Unknown):  # the disk is unplugged now: nothing can be said of it
        return None
    dates = [date for date in (parse_date(name[:15].replace("-", "T")) for name in names) if date]
    return BackupTrace("Back In Time", max(dates, default=None), elsewhere=_elsewhere(probe, base, seen=True))


def _borg(probe: Probe, home: str) -> list[BackupTrace]:
    """Borg keeps, for each repository, the date of the last change it wrote there, and where it is."""
    folder = f"{home}/.config/borg/security"
    traces = []
    for repository in _listed(probe, folder):
        date = parse_date(_text(probe, f"{folder}/{repository}/manifest-timestamp"))
        place = _text(probe, f"{folder}/{repository}/location").strip()
        if date:
            # Deleting old archives changes that date too: it is a sign of life, not the date of a backup.
            traces.append(BackupTrace("Borg", date, dated=False, elsewhere=_elsewhere(probe, place)))
    return traces


def _restic(probe: Probe, home: str) -> BackupTrace | None:
    """restic keeps a copy of the list of snapshots; its time moves when somebody only looks at them."""
    folder = f"{home}/.cache/restic"
    times = []
    for repository in _listed(probe, folder):
        status = probe.stat(f"{folder}/{repository}/snapshots")
        if not isinstance(status, Unknown):
            times.append(status.modified_at)
    return BackupTrace("restic", max(times), dated=False) if times else None


def _rsnapshot(probe: Probe) -> BackupTrace | None:
    """rsnapshot sets the time of the newest copy (interval.0) when it starts it."""
    for line in _text(probe, "/etc/rsnapshot.conf").splitlines():
        words = line.split("\t")
        if words[0] == "snapshot_root" and len(words) > 1:
            root = words[-1].strip().rstrip("/")
            copies = [probe.stat(f"{root}/{name}") for name in _listed(probe, root) if name.endswith(".0")]
            times = [status.modified_at for status in copies if not isinstance(status, Unknown)]
            place = _elsewhere(probe, f"{root}/")
            return BackupTrace("rsnapshot", max(times), dated=False, elsewhere=place) if times else None
    return None


def _timeshift(probe: Probe) -> BackupTrace | None:
    """Timeshift copies the system, not documents, as long as home folders are left out (its default)."""
    try:
        settings = json.loads(_text(probe, "/etc/timeshift/timeshift.json") or "{}")
    except ValueError:
        return None
    used = isinstance(settings, dict) and any(
        str(settings.get(f"schedule_{when}")) == "true" for when in ("daily", "weekly", "monthly")
    )
    return BackupTrace("Timeshift", None, data=False) if used else None


COLLECTORS = (Collector("backup", (BACKUPS,), collect_backups),)
