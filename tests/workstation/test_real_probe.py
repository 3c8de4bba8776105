"""The real probe on this very machine: it ends, it is bounded, it never raises, and it gives up root when told."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes import output, real
from hygie.workstation.probes.real import RealProbe

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="commands of Linux")

NOBODY = 65534
ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="giving up root needs root")


@pytest.fixture
def probe() -> RealProbe:
    return RealProbe()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Adds a shell script of this name to the probe's search path."""
    folder = tmp_path / "programmes"
    folder.mkdir()
    monkeypatch.setattr(real, "SEARCH_PATH", f"{folder}:{real.SEARCH_PATH}")

    def add(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return add


def answer(reading: object) -> CommandOutput:
    assert isinstance(reading, CommandOutput), reading
    return reading


def refusal(reading: object) -> Unknown:
    assert isinstance(reading, Unknown), reading
    return reading


def living(marker: Path) -> bool:
    """Whether the process whose number a script wrote is still running (a zombie is not)."""
    try:
        fields = Path(f"/proc/{marker.read_text().strip()}/stat").read_text()
    except OSError:
        return False
    return fields.rpartition(")")[2].split()[0] != "Z"


def dead_soon(marker: Path) -> bool:
    deadline = time.monotonic() + 5
    while living(marker) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not living(marker)


def test_a_command_that_sleeps_for_ever_is_killed_in_its_time(probe: RealProbe) -> None:
    started = time.monotonic()
    unknown = refusal(probe.run(["sleep", "1000"], seconds=0.3))
    assert (unknown.reason, time.monotonic() - started < 3) == (Reason.TIMEOUT, True)


def test_a_grandchild_that_holds_the_pipe_dies_with_its_parent(
    probe: RealProbe, programs: Callable[[str, str], Path], tmp_path: Path
) -> None:
    marker = tmp_path / "petit-enfant"
    programs("retient", f"sleep 1000 &\necho $! > {marker}\necho dit")
    started = time.monotonic()
    unknown = refusal(probe.run(["retient"], seconds=0.5))
    assert (unknown.reason, time.monotonic() - started < 4) == (Reason.TIMEOUT, True)
    assert dead_soon(marker)


def test_a_command_deaf_to_signals_is_killed_with_its_whole_group(
    probe: RealProbe, programs: Callable[[str, str], Path], tmp_path: Path
) -> None:
    child, leader = tmp_path / "enfant", tmp_path / "meneur"
    programs("sourd", f"trap '' TERM INT HUP\necho $$ > {leader}\nsleep 1000 & echo $! > {child}\nwait")
    assert refusal(probe.run(["sourd"], seconds=0.5)).reason is Reason.TIMEOUT
    assert dead_soon(leader)
    assert dead_soon(child)


def test_a_command_that_closes_its_output_and_lives_on_is_killed_too(
    probe: RealProbe, programs: Callable[[str, str], Path], tmp_path: Path
) -> None:
    marker = tmp_path / "muet"
    programs("muet", f"echo $$ > {marker}\nexec >/dev/null 2>&1\nsleep 1000")
    assert refusal(probe.run(["muet"], seconds=0.5)).reason is Reason.TIMEOUT
    assert dead_soon(marker)


def test_a_grandchild_that_left_the_group_hangs_nothing(
    probe: RealProbe, programs: Callable[[str, str], Path], tmp_path: Path
) -> None:
    marker = tmp_path / "evade"
    programs("evade", f"setsid sh -c 'echo $$ > {marker}; exec sleep 30' &\nwait")
    started = time.monotonic()
    try:
        assert refusal(probe.run(["evade"], seconds=0.5)).reason is Reason.TIMEOUT
        assert time.monotonic() - started < 4
    finally:
        os.kill(int(marker.read_text()), 9)


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_command_that_prints_without_end_is_refused_without_eating_memory(
    probe: RealProbe, programs: Callable[[str, str], Path], stream: str
) -> None:
    programs("bavard", f"exec yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >&{stream}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unknown = refusal(probe.run(["bavard"], seconds=20))
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (unknown.reason, unknown.detail) == (Reason.REFUSED, "réponse démesurée")
    assert grown_kib * 1024 < 3 * output.LARGEST_OUTPUT


def test_an_answer_of_the_largest_size_is_whole(probe: RealProbe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "LARGEST_OUTPUT", 200_000)
    whole = answer(probe.run(["head", "-c", "200000", "/dev/zero"]))
    assert len(whole.stdout) == 200_000
    assert refusal(probe.run(["head", "-c", "200001", "/dev/zero"])).reason is Reason.REFUSED


def test_both_streams_and_the_status_come_back(probe: RealProbe, programs: Callable[[str, str], Path]) -> None:
    programs("parle", "printf 'un\\377'; printf deux >&2; exit 7")
    assert answer(probe.run(["parle"])) == CommandOutput(7, b"un\xff", b"deux")


def test_a_missing_program_is_absent(probe: RealProbe) -> None:
    unknown = refusal(probe.run(["aucun-programme-de-ce-nom"]))
    assert (unknown.reason, unknown.source) == (Reason.ABSENT, "aucun-programme-de-ce-nom")
    assert "pas installé" in unknown.detail


def test_a_program_that_may_not_be_run_is_not_called_missing(
    probe: RealProbe, programs: Callable[[str, str], Path]
) -> None:
    programs("ferme", "true").chmod(0o644)
    expected = Reason.REFUSED if probe.identity.elevated else Reason.RIGHTS
    assert refusal(probe.run(["ferme"])).reason is expected


def test_a_file_that_is_not_a_program_is_refused(probe: RealProbe, programs: Callable[[str, str], Path]) -> None:
    programs("casse", "").write_bytes(b"\x7fELF pas vraiment")
    assert refusal(probe.run(["casse"])).reason is Reason.REFUSED


def test_words_and_paths_that_no_system_allows_are_refused_without_raising(probe: RealProbe) -> None:
    readings = [
        probe.run(["echo", "a\0b"]),
        probe.run(["a\0b"]),
        probe.read_file("/etc/\0"),
        probe.list_dir("/etc/\0"),
        probe.stat("/etc/\0"),
    ]
    assert {refusal(reading).reason for reading in readings} <= {Reason.REFUSED, Reason.ABSENT}


def test_commands_answer_in_english_with_a_path_of_ours_and_without_input(
    probe: RealProbe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setenv("LANGUAGE", "fr")
    monkeypatch.setenv("PATH", "/nulle-part")
    monkeypatch.setenv("LD_PRELOAD", "/nulle-part/mouchard.so")
    said = answer(probe.run(["env"])).text.splitlines()
    assert {"LC_ALL=C", "LANG=C", f"PATH={real.SEARCH_PATH}"} <= set(said)
    assert not [line for line in said if line.startswith(("LANGUAGE=", "LD_PRELOAD="))]
    assert answer(probe.run(["pwd"])).text == "/\n"


def test_programs_of_sbin_are_found_by_an_ordinary_user(probe: RealProbe, programs: Callable[[str, str], Path]) -> None:
    assert real.SEARCH_PATH.endswith("/usr/sbin:/usr/bin:/sbin:/bin")
    found = shutil.which("ip", path="/usr/sbin:/sbin")
    if found is not None:
        assert answer(probe.run(["ip", "-V"])).status == 0


def test_pipes_devices_and_folders_are_refused_at_once(probe: RealProbe, tmp_path: Path) -> None:
    pipe = tmp_path / "tube"
    os.mkfifo(pipe)
    started = time.monotonic()
    readings = [probe.read_file(path) for path in (str(pipe), "/dev/zero", str(tmp_path))]
    assert [refusal(reading).reason for reading in readings] == [Reason.REFUSED] * 3
    assert time.monotonic() - started < 1
    status = probe.stat(str(pipe))
    assert not isinstance(status, Unknown)
    assert status.kind == "other"


def test_a_huge_file_is_refused_without_being_read(probe: RealProbe, tmp_path: Path) -> None:
    huge = tmp_path / "enorme"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(probe.read_file(str(huge))).reason is Reason.REFUSED
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_a_file_as_large_as_allowed_is_read_whole(probe: RealProbe, tmp_path: Path) -> None:
    file = tmp_path / "juste"
    file.write_bytes(b"x" * 100)
    assert probe.read_file(str(file), most=100) == b"x" * 100
    assert refusal(probe.read_file(str(file), most=99)).reason is Reason.REFUSED


def test_missing_paths_are_absent(probe: RealProbe, tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    for path in (str(tmp_path / "rien"), str(tmp_path / "fichier" / "dessous")):
        readings = [probe.read_file(path), probe.list_dir(path), probe.stat(path)]
        assert [refusal(reading).reason for reading in readings] == [Reason.ABSENT] * 3


def test_what_this_person_may_not_read_lacks_rights(tmp_path: Path) -> None:
    """Asked by a child without rights, for root may read everything."""
    secret, folder = tmp_path / "secret", tmp_path / "ferme"
    secret.write_text("rien")
    secret.chmod(0)
    folder.mkdir(mode=0)
    script = f"""
import json, os, sys
sys.path.insert(0, {str(ROOT / "src")!r})
from hygie.workstation.probes.real import RealProbe
probe = RealProbe()  # before it loses the right to read Python's own files
if os.geteuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
readings = [probe.read_file({str(secret)!r}), probe.list_dir({str(folder)!r}), probe.stat({str(folder / "x")!r})]
print(json.dumps([reading.reason for reading in readings]))
"""
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.stat().st_uid == os.geteuid() and stat.S_IMODE(parent.stat().st_mode) == 0o700:
            parent.chmod(0o711)  # pytest closes its folders to others
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == ["rights", "rights", "rights"]


def child(script: str, *, before: tuple[str, ...] = (), said: bytes = b"") -> str:
    """What a script prints about ``probe`` in a program of its own, which is given ``said`` to read."""
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\nfrom hygie.workstation.probes.real import RealProbe\n"
    )
    command = [*before, sys.executable, "-c", f"{start}probe = RealProbe()\n{script}"]
    return subprocess.run(command, input=said, capture_output=True, check=True).stdout.decode()


def test_a_command_never_reads_what_the_person_types() -> None:
    assert child("print(probe.run(['cat'], seconds=2).stdout)", said=b"un mot de passe") == "b''\n"


@as_root
def test_a_command_of_the_person_keeps_no_group_of_the_caller() -> None:
    script = f"""
from dataclasses import replace
probe._identity = replace(probe.identity, uid={NOBODY})
print(probe.run(["id", "-G"], as_user=True).text, probe.run(["id", "-G"]).text, sep="", end="")
"""
    assert child(script, before=("setpriv", "--groups", "4,24")) == f"{NOBODY}\n0 4 24\n"


@as_root
def test_a_command_of_the_person_gives_up_root_and_its_groups(probe: RealProbe) -> None:
    probe._identity = replace(probe.identity, uid=NOBODY, home="/nonexistent")
    assert answer(probe.run(["id", "-u"], as_user=True)).text == f"{NOBODY}\n"
    assert answer(probe.run(["id", "-G"], as_user=True)).text == f"{NOBODY}\n"
    assert "HOME=/nonexistent" in answer(probe.run(["env"], as_user=True)).text
    assert answer(probe.run(["id", "-u"])).text == "0\n"


@as_root
def test_a_command_of_a_person_without_account_is_refused_rather_than_run_as_root(probe: RealProbe) -> None:
    probe._identity = replace(probe.identity, uid=54_321)
    assert refusal(probe.run(["id", "-u"], as_user=True)).reason is Reason.REFUSED
