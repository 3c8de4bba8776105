"""A recent backup: what backup programs say of themselves, and what that proves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.backup import parse_date
from hygie.workstation.facts.model import Reason
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, folder, machine

OK, TO_FIX, UNKNOWN = Verdict.OK, Verdict.TO_FIX, Verdict.UNKNOWN
HOME = "/home/medecin"
LIST = "gsettings list-recursively org.gnome.DejaDup"


MOUNTS = "28 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n29 28 8:17 / /copies rw shared:2 - ext4 /dev/sdb1 rw\n"


def deja_dup(last: str, backend: str = "drive", *, periodic: str = "true", folder_: str = "") -> ReplayProbe:
    text = (
        f"org.gnome.DejaDup last-backup '{last}'\norg.gnome.DejaDup periodic {periodic}\n"
        f"org.gnome.DejaDup backend '{backend}'\norg.gnome.DejaDup.Local folder '{folder_}'\n"
    )
    return machine(runs={LIST: text}, files={"/proc/self/mountinfo": MOUNTS})


def flatpak(text: str | Reason) -> ReplayProbe:
    path = f"{HOME}/.var/app/org.gnome.DejaDup/config/glib-2.0/settings/keyfile"
    return machine(files={path: text})


def borg(stamp: str, location: str = "ssh://copie@nas/./depot", home: str = HOME, **more: Any) -> ReplayProbe:
    base = f"{home}/.config/borg/security"
    files = {f"{base}/ab12/manifest-timestamp": stamp, f"{base}/ab12/location": location}
    return machine(dirs={base: ["ab12"]}, files=files, **more)


def back_in_time(*names: str, mounted: bool = True, disk: bool = True) -> ReplayProbe:
    config = "profile1.snapshots.path=/media/medecin/copie\nprofile1.snapshots.path.host=poste\n"
    config += "profile1.snapshots.path.user=medecin\nprofile1.snapshots.path.profile=1\n"
    dirs = {"/media/medecin/copie/backintime/poste/medecin/1": names} if mounted else {}
    plugged = "30 28 8:33 / /media/medecin/copie rw shared:3 - ext4 /dev/sdc1 rw\n" if disk else ""
    files = {f"{HOME}/.config/backintime/config": config, "/proc/self/mountinfo": MOUNTS + plugged}
    return machine(files=files, dirs=dirs)


def restic(modified_at: datetime) -> ReplayProbe:
    base = f"{HOME}/.cache/restic"
    return machine(dirs={base: ["CACHEDIR.TAG", "9f3c"]}, stats={f"{base}/9f3c/snapshots": folder(modified_at)})


def rsnapshot(modified_at: datetime) -> ReplayProbe:
    return machine(
        files={
            "/etc/rsnapshot.conf": "# exemple\nsnapshot_root\t/mnt/copie/\nretain\talpha\t6\n",
            "/proc/self/mountinfo": MOUNTS,
        },
        dirs={"/mnt/copie": ["alpha.0", "alpha.1"]},
        stats={"/mnt/copie/alpha.0": folder(modified_at)},
    )


YESTERDAY, MONTH_AGO = datetime(2026, 11, 21, 20, tzinfo=UTC), datetime(2026, 10, 20, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (machine(), UNKNOWN, "n’a vu aucune sauvegarde"),
        (deja_dup("2026-11-21T20:00:00.123456Z"), OK, "hier"),
        (deja_dup("20261121T200000Z"), OK, "21\u00a0novembre\u00a02026"),
        (deja_dup("2026-10-20T20:00:00Z"), TO_FIX, "il y a 33\u00a0jours"),
        (deja_dup("2029-01-01T00:00:00Z"), UNKNOWN, "futur"),
        (deja_dup(""), TO_FIX, "encore rien"),
        (deja_dup("", periodic="false"), UNKNOWN, "n’a vu aucune"),
        (deja_dup("hier soir"), UNKNOWN, "compréhensible"),
        (deja_dup("2026-11-21T20:00:00Z", "local", folder_="/home/medecin/copies"), TO_FIX, "son propre disque"),
        (deja_dup("2026-11-21T20:00:00Z", "local", folder_="/copies/medecin"), OK, "hier"),
        (deja_dup("2026-11-21T20:00:00Z", "local", folder_="/media/medecin/disque"), OK, "hier"),
        (flatpak("[org/gnome/deja-dup]\nlast-backup='2026-11-22T06:00:00Z'\nbackend='drive'\n"), OK, "aujourd’hui"),
        (flatpak(Reason.RIGHTS), UNKNOWN, "administrateur"),
        (back_in_time("20261121-200000-123", "20261001-200000-123", "last_snapshot"), OK, "hier"),
        (back_in_time("20261121-200000-123", disk=False), TO_FIX, "son propre disque"),
        (back_in_time("20260101-200000-123"), TO_FIX, "1er\u00a0janvier"),
        (back_in_time(), TO_FIX, "encore rien"),
        (back_in_time(mounted=False), UNKNOWN, "n’a vu aucune"),
        (borg("2026-11-21T20:00:03.123456"), UNKNOWN, "ne prouve pas"),
        (borg("2026-10-20T20:00:03"), TO_FIX, "Borg"),
        (borg("2026-11-21T20:00:03", home="/root", elevated=True), UNKNOWN, "Borg"),
        (borg("2026-11-21T20:00:03", home="/root", elevated=False), UNKNOWN, "n’a vu aucune"),
        (borg("bientôt"), UNKNOWN, "n’a vu aucune"),
        (restic(YESTERDAY), UNKNOWN, "ne prouve pas"),
        (restic(MONTH_AGO), TO_FIX, "restic"),
        (rsnapshot(YESTERDAY), UNKNOWN, "rsnapshot"),
        (machine(files={"/etc/timeshift/timeshift.json": '{"schedule_daily": "true"}'}), UNKNOWN, "pas vos documents"),
        (machine(files={"/etc/timeshift/timeshift.json": '{"schedule_daily":'}), UNKNOWN, "n’a vu aucune"),
    ],
)
def test_a_recent_backup_is_only_told_when_a_program_dated_it(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("sauvegarde-recente", probe)
    assert found.verdict is verdict
    assert words in found.sentence


def test_dates_are_read_whatever_their_form_and_nothing_else_is() -> None:
    assert parse_date("20261120T101500") == datetime(2026, 11, 20, 10, 15, tzinfo=UTC)
    assert parse_date("'2026-11-20T10:15:00+01:00'") == datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
    assert parse_date("") is None
    assert parse_date("last_snapshot") is None
