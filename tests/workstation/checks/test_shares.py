"""Checks on shared folders: guests, and the oldest Windows sharing."""

from __future__ import annotations

from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.shares import parse_exports
from hygie.workstation.facts.model import Reason
from hygie.workstation.facts.shares import Share
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.disks import mounted
from tests.workstation.machines import finding, machine, regular

OK, TO_FIX, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
GUEST, OLD = "partages-invite", "smb-ancien"
ROOT = mounted("8:1", "/", "ext4", "/dev/sda1")
CONF, SMBD, EXPORTS = "/etc/samba/smb.conf", {"/usr/sbin/smbd": regular()}, {"/usr/sbin/exportfs": regular()}
MODERN = {"smbd --version": "Version 4.17.12-Debian\n"}


def sharing(conf: str | Reason, *mounts: str, runs: dict[str, Any] | None = None, **more: Any) -> ReplayProbe:
    """A Samba server set like this."""
    files = {CONF: conf, "/proc/self/mountinfo": ROOT + "".join(mounts), **more.get("files", {})}
    return machine(files=files, stats=SMBD, runs=MODERN if runs is None else runs, dirs=more.get("dirs"))


@pytest.mark.parametrize(
    ("conf", "verdict"),
    [
        ("[global]\n workgroup = CABINET\n[dossiers]\n path = /srv\n read only = no\n", OK),
        ("[global]\nmap to guest = bad user\n", OK),
        ("[commun]\n guest ok = yes\n", TO_FIX),
        ("[commun]\n Guest  OK=Yes\n writeable = yes\n", TO_FIX),
        ("[commun]\n public = 1\n", TO_FIX),
        ("[global]\nguest ok = yes\n[commun]\npath = /srv\n", TO_FIX),
        ("[commun]\n ; guest ok = yes\n # public = yes\n", OK),
        ("[commun]\n guest ok = yes\n available = no\n", OK),
        ("[printers]\n printable = yes\n guest ok = yes\n", OK),
        ("[global]\ninclude = /etc/samba/autre.conf\n", UNKNOWN),
        ("[global]\nconfig backend = registry\n", UNKNOWN),
        (Reason.RIGHTS, UNKNOWN),
        (Reason.ABSENT, UNKNOWN),
    ],
)
def test_a_folder_that_opens_without_a_password_is_to_fix(conf: str | Reason, verdict: Verdict) -> None:
    assert finding(GUEST, sharing(conf)).verdict is verdict


@pytest.mark.parametrize("line", ["writable = yes", "write ok = true", "read only = no"])
def test_a_folder_that_guests_may_change_is_said(line: str) -> None:
    conf = f"[commun]\nguest ok = yes\n{line}\n"
    assert "peuvent être modifiés" in finding(GUEST, sharing(conf)).sentence
    assert (
        "modifiés" not in finding(GUEST, sharing(conf.replace("yes\nw", "yes\n;w").replace("= no", "= yes"))).sentence
    )


def test_a_folder_shared_by_a_user_to_guests_is_to_fix() -> None:
    folder = "/var/lib/samba/usershares"
    shared = "#VERSION 2\npath=/home/x/public\nusershare_acl=S-1-1-0:F\nguest_ok=y\n"
    probe = sharing("[global]\n", files={f"{folder}/public": shared}, dirs={folder: ("public",)})
    assert finding(GUEST, probe).observed == "ouverts à tous\u00a0: «\u00a0public\u00a0»"
    assert finding(GUEST, sharing("[global]\n", dirs={folder: Reason.RIGHTS})).verdict is UNKNOWN
    assert finding(GUEST, sharing("[global]\n", dirs={folder: ("public",)})).verdict is UNKNOWN


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/srv 192.168.1.10(rw,sync)", Share("/srv", "nfs", everyone=False, writable=True)),
        ("/srv *(ro)", Share("/srv", "nfs", everyone=True, writable=False)),
        ("/srv 192.168.1.10 (rw)", Share("/srv", "nfs", everyone=True, writable=True)),
        ("/srv", Share("/srv", "nfs", everyone=True, writable=False)),
        ("/srv *(rw,sec=krb5p)", Share("/srv", "nfs", everyone=False, writable=True)),
        ('"/srv/mes dossiers" -rw 0.0.0.0/0', Share("/srv/mes dossiers", "nfs", everyone=True, writable=True)),
        ("/srv \\\n  10.0.0.1(rw)", Share("/srv", "nfs", everyone=False, writable=True)),
    ],
)
def test_nfs_exports_are_read(line: str, expected: Share) -> None:
    assert parse_exports(f"# partages\n\n{line}\n") == [expected]


def test_nfs_is_judged_without_samba() -> None:
    files = {"/etc/exports": "/srv *(rw)\n", "/proc/self/mountinfo": ROOT}
    assert finding(GUEST, machine(files=files, stats=EXPORTS)).verdict is TO_FIX
    files["/etc/exports"] = "# rien\n"
    assert finding(GUEST, machine(files=files, stats=EXPORTS)).verdict is OK
    more = {**files, "/etc/exports.d/a.exports": "/srv *(ro)\n"}
    assert finding(GUEST, machine(files=more, dirs={"/etc/exports.d": ("a.exports",)}, stats=EXPORTS)).verdict is TO_FIX
    assert finding(GUEST, machine(stats=EXPORTS)).verdict is UNKNOWN
    assert finding(GUEST, machine()).verdict is OUT


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("", OK),
        ("server min protocol = SMB3\n", OK),
        ("min protocol = NT1\n", TO_FIX),
        ("server min protocol = LANMAN1\n", TO_FIX),
        ("client min protocol = NT1\n", TO_FIX),
        ("ntlm auth = yes\n", TO_FIX),
        ("ntlm auth = ntlmv2-only\n", OK),
        ("lanman auth = yes\n", TO_FIX),
        ("server min protocol = SMB9\n", UNKNOWN),
    ],
)
def test_the_oldest_windows_sharing_is_refused(line: str, verdict: Verdict) -> None:
    assert finding(OLD, sharing(f"[global]\n{line}")).verdict is verdict


def test_the_default_depends_on_the_version_and_is_said() -> None:
    assert "celle d’office" in finding(OLD, sharing("[global]\n")).sentence
    old = {"smbd --version": "Version 4.9.5-Debian\n"}
    assert finding(OLD, sharing("[global]\n", runs=old)).verdict is TO_FIX
    for answer in ("", "x\n", Reason.TIMEOUT):
        assert finding(OLD, sharing("[global]\n", runs={"smbd --version": answer})).verdict is UNKNOWN
    assert finding(OLD, sharing(Reason.RIGHTS)).verdict is UNKNOWN


def test_a_folder_mounted_with_the_oldest_version_is_to_fix() -> None:
    nas = mounted("0:60", "/mnt/nas", "cifs", "//nas/x", "rw,vers=1.0,cache=strict")
    assert finding(OLD, machine(files={"/proc/self/mountinfo": ROOT + nas})).verdict is TO_FIX
    modern = nas.replace("1.0", "3.1.1")
    assert finding(OLD, machine(files={"/proc/self/mountinfo": ROOT + modern})).verdict is OK
    assert finding(OLD, machine(files={"/proc/self/mountinfo": ROOT})).verdict is OUT
    assert finding(OLD, machine()).verdict is UNKNOWN
