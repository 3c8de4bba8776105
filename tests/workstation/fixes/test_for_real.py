"""Corrections really made: dconf on a private bus, ufw in namespaces of its own, apt's folder in a temporary one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygie.workstation.fixes.engine import ForeignChangeError, apply, undo
from hygie.workstation.fixes.hand import FileState, HandError, RealHand
from hygie.workstation.fixes.model import FixPlan
from hygie.workstation.fixes.records import RecordState, find_record
from hygie.workstation.fixes.registry import prepare
from hygie.workstation.probes.real import RealProbe
from tests.workstation.machines import machine, regular

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SRC = str(Path(__file__).parents[3] / "src")


class RehearsalProbe:
    """Commands are run for real; files and folders are those of a machine in memory."""

    def __init__(self, **described: object) -> None:
        self._machine, self._real = machine(**described), RealProbe()  # type: ignore[arg-type]
        self.run = self._real.run

    def __getattr__(self, name: str) -> object:
        return getattr(self._machine, name)


@pytest.fixture
def private_dconf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A message bus and a settings database that belong to this test."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    daemon = shutil.which("dbus-daemon")
    assert daemon, "dbus-daemon manque : lancez « make systeme »."
    command = [daemon, "--session", "--fork", "--print-address=1", "--print-pid=1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ}).stdout.split()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", said[0])
    yield tmp_path / "config/dconf/user"
    os.kill(int(said[1]), signal.SIGTERM)


def gsettings(*words: str) -> str:
    return subprocess.run(["gsettings", *words], capture_output=True, text=True, check=True).stdout.strip()


def test_gnome_settings_really_change_and_really_come_back(private_dconf: Path, tmp_path: Path) -> None:
    gsettings("set", "org.gnome.desktop.session", "idle-delay", "0")
    probe = RehearsalProbe(elevated=False, dirs={"/usr/share/xsessions": ["gnome.desktop"]})
    hand, folder = RealHand(probe), tmp_path / "corrections"  # type: ignore[arg-type]
    for fix in ("verrouillage", "execution-automatique"):
        plan = prepare(fix, probe)  # type: ignore[arg-type]
        assert isinstance(plan, FixPlan), plan
        apply(plan, hand, folder, NOW)
    assert gsettings("get", "org.gnome.desktop.session", "idle-delay") == "uint32 300"
    assert gsettings("get", "org.gnome.desktop.media-handling", "autorun-never") == "true"
    assert private_dconf.is_file(), "the change must have gone to the private database"

    undo(find_record(folder, "verrouillage"), hand, folder)
    undo(find_record(folder, "execution-automatique"), hand, folder)
    assert gsettings("get", "org.gnome.desktop.session", "idle-delay") == "uint32 0"
    assert gsettings("get", "org.gnome.desktop.media-handling", "autorun-never") == "false"
    # The key that was at its default belongs to nobody again: only the person's own choice is left.
    assert b"autorun-never" not in private_dconf.read_bytes()
    assert b"idle-delay" in private_dconf.read_bytes()


def test_a_choice_made_since_is_respected(private_dconf: Path, tmp_path: Path) -> None:
    probe = RehearsalProbe(elevated=False, dirs={"/usr/share/xsessions": ["gnome.desktop"]})
    gsettings("set", "org.gnome.desktop.session", "idle-delay", "0")
    hand, folder = RealHand(probe), tmp_path / "corrections"  # type: ignore[arg-type]
    plan = prepare("verrouillage", probe)  # type: ignore[arg-type]
    assert isinstance(plan, FixPlan), plan
    record = apply(plan, hand, folder, NOW)
    gsettings("set", "org.gnome.desktop.session", "idle-delay", "120")
    with pytest.raises(ForeignChangeError):
        undo(record, hand, folder)
    assert gsettings("get", "org.gnome.desktop.session", "idle-delay") == "uint32 120"
    assert private_dconf.is_file()


@pytest.mark.parametrize("old", [None, b"// r\xe9gl\xe9 \xe0 la main\r\n"])
def test_apt_settings_are_written_and_put_back_to_the_byte(tmp_path: Path, old: bytes | None) -> None:
    folder, real = "/etc/apt/apt.conf.d", tmp_path / "etc/apt/apt.conf.d"
    real.mkdir(parents=True)
    place = real / "20auto-upgrades"
    if old is not None:
        place.write_bytes(old)
        place.chmod(0o600)
    probe = machine(
        dirs={folder: ["20auto-upgrades"] if old else ["01autoremove"]},
        files={f"{folder}/20auto-upgrades": old} if old else {},
        stats={path: regular() for path in ("/usr/bin/apt-get", "/usr/bin/unattended-upgrade")},
    )
    plan = prepare("mises-a-jour-automatiques", probe)
    assert isinstance(plan, FixPlan), plan
    hand = RealHand(probe, {"/etc": tmp_path / "etc"})
    record = apply(plan, hand, tmp_path / "corrections", NOW)
    assert b'Unattended-Upgrade "1";' in place.read_bytes()
    assert place.stat().st_mode & 0o777 == (0o644 if old is None else 0o600)
    undo(record, hand, tmp_path / "corrections")
    assert (place.read_bytes() if place.exists() else None) == old
    assert old is None or place.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in real.iterdir()] == (["20auto-upgrades"] if old else []), "no temporary file is left"


def test_a_real_hand_refuses_links_and_tells_what_failed(tmp_path: Path) -> None:
    hand = RealHand(RealProbe())
    (tmp_path / "cible").write_text("x")
    (tmp_path / "lien").symlink_to(tmp_path / "cible")
    with pytest.raises(HandError, match="ordinaire"):
        hand.look(str(tmp_path / "lien"))
    with pytest.raises(HandError, match="n’a pas pu être lancée"):
        hand.run(["programme-qui-n-existe-pas"])
    with pytest.raises(HandError, match="a échoué"):
        hand.run(["false"])
    with pytest.raises(HandError, match="impossible"):
        hand.put(str(tmp_path / "nulle-part/x"), FileState(b""))
    assert hand.look(str(tmp_path / "absent")) is None
    hand.remove(str(tmp_path / "absent"))


INTERRUPTED = """
import pathlib, sys
from datetime import UTC, datetime
from hygie.workstation.fixes.engine import apply
from hygie.workstation.fixes.hand import FileState, RealHand
from hygie.workstation.fixes.model import FixPlan
from hygie.workstation.fixes.steps import CommandStep, FileStep
from hygie.workstation.probes.real import RealProbe
base = pathlib.Path(sys.argv[1])
old = FileState((base / "reglage").read_bytes())
write = FileStep("Fichier", str(base / "reglage"), old, FileState(b"nouveau"))
slow = CommandStep("Service", "a", "b", (("sleep", "5"),), ("true",))
apply(FixPlan("essai", "Essai", "moi", (write, slow)), RealHand(RealProbe()), base / "fiches", datetime.now(UTC))
"""


def test_a_correction_killed_in_the_middle_is_undone_from_its_record(tmp_path: Path) -> None:
    setting = tmp_path / "reglage"
    setting.write_bytes(b"ancien")
    setting.chmod(0o640)
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": SRC}, start_new_session=True)
    deadline = time.monotonic() + 20
    while setting.read_bytes() != b"nouveau" and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert setting.read_bytes() == b"nouveau"
    record = find_record(tmp_path / "fiches", "essai")
    assert record.state is RecordState.STARTED
    undo(record, RealHand(RealProbe()), tmp_path / "fiches")
    assert setting.read_bytes() == b"ancien"
    assert setting.stat().st_mode & 0o777 == 0o640


REHEARSAL = """
import hashlib, pathlib, subprocess, sys
from datetime import UTC, datetime
from hygie.workstation.fixes.engine import apply, undo
from hygie.workstation.fixes.hand import RealHand
from hygie.workstation.fixes.registry import prepare
from hygie.workstation.probes.real import RealProbe
import socket, time
LISTEN = "import socket, time; door = socket.create_server(('0.0.0.0', 2222)); time.sleep(60)"
ours = socket.create_server(("0.0.0.0", 8080))
ssh = subprocess.Popen([sys.argv[2], "-c", LISTEN])  # the name of the program is all that is looked at
while "2222" not in subprocess.run(["ss", "-tlnH"], capture_output=True, text=True).stdout:
    time.sleep(0.05)

def files():
    paths = sorted(p for p in pathlib.Path("/etc/ufw").rglob("*") if p.is_file())
    return {str(p): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mode, p.stat().st_gid) for p in paths}

def rules():
    return subprocess.run(["iptables", "-S", "INPUT"], capture_output=True, text=True).stdout

before, probe = files(), RealProbe()
plan = prepare("pare-feu", probe)
assert "8080" in " ".join(plan.warnings) and "2222" not in " ".join(plan.warnings), plan
hand, folder = RealHand(probe), pathlib.Path(sys.argv[1])
record = apply(plan, hand, folder, datetime(2026, 11, 22, tzinfo=UTC))
assert "-P INPUT DROP" in rules(), rules()
allowed = subprocess.run(["iptables", "-S", "ufw-user-input"], capture_output=True, text=True).stdout
assert "--dport 2222 -j ACCEPT" in allowed and "8080" not in allowed, allowed
assert prepare("pare-feu", probe).in_place
undo(record, hand, folder)
assert "-P INPUT ACCEPT" in rules(), rules()
assert files() == before, "ufw's files must come back to the byte"
ssh.kill()
print("revenu comme avant")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="namespaces of a firewall need root")
def test_ufw_really_starts_and_really_comes_back_in_its_own_namespaces(tmp_path: Path) -> None:
    copy = tmp_path / "ufw"
    shutil.copytree("/etc/ufw", copy)
    sshd = tmp_path / "sshd"
    sshd.symlink_to(sys.executable)
    script = (
        f'mount --make-rprivate / && mount --bind {copy} /etc/ufw && ip link set lo up && exec "$0" -c "$1" "$2" "$3"'
    )
    command = [
        "unshare",
        "--net",
        "--mount",
        "sh",
        "-c",
        script,
        sys.executable,
        REHEARSAL,
        str(tmp_path / "fiches"),
        str(sshd),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": SRC}, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "revenu comme avant" in done.stdout
