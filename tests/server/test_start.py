"""``hygie demarrer`` for real: one at a time, loopback only, nothing lost whatever stops it."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest

from hygie.server import instance, start
from hygie.server.folders import prepare
from tests.server.process import ENDLESS, command, environment, free_port, get, running, wait_for

pytestmark = pytest.mark.timeout(120)
SECONDS_TO_FIRST_PAGE = 1.0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "hygie"


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.10", "", "evil.example"])
def test_any_address_but_this_computer_is_refused(address: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main([f"--adresse={address}", "--sans-navigateur"]) == 2
    assert "refuse d’écouter" in capsys.readouterr().err
    assert not data.exists()


def test_a_command_badly_written_is_explained_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        start.main(["--bavard"])
    assert refused.value.code == 2
    assert "Commande mal écrite" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_explained_in_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HYGIE_DATA_DIR", str(tmp_path / "file" / "hygie"))
    monkeypatch.setattr("os.umask", lambda _: None)
    assert start.main(["--sans-navigateur"]) == 2
    assert "ne peut pas écrire dans" in capsys.readouterr().err


def test_it_starts_checks_this_computer_and_listens_on_loopback_only(data: Path) -> None:
    with running(data) as (process, address):
        page = wait_for(address, "Ce bilan")
        assert "bien protégé" in page
        assert listened_addresses(process.pid) == {"127.0.0.1"}


def test_every_file_it_writes_is_closed_to_others(data: Path) -> None:
    with running(data) as (_, address):
        wait_for(address, "Ce bilan")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    assert set(modes) >= {"hygie.sqlite3", "hygie.sqlite3-wal", "secret.txt", "server.json", "server.lock"}
    assert set(modes.values()) == {0o600}


def test_a_second_start_finds_the_first_and_leaves_it_alone(data: Path) -> None:
    with running(data) as (_, address):
        again = subprocess.run(
            command(), env=environment(data), capture_output=True, text=True, timeout=30, check=False
        )
        assert again.returncode == 0
        assert f"Hygie est déjà ouvert : {address}" in again.stdout.replace("\u00a0", " ")
        assert "Un incident" in get(address)


@pytest.mark.parametrize("port", ["-5", "0", "80", "1023", "65536"])
def test_a_port_out_of_range_is_refused_in_french(port: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--port", port, "--sans-navigateur"]) == 2
    assert "de 1024 à 65535" in capsys.readouterr().err
    assert not data.exists()


def test_a_chosen_port_in_use_is_said_and_never_changed(data: Path) -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = str(owner.getsockname()[1])
        said = subprocess.run(
            command("--port", taken), env=environment(data), capture_output=True, text=True, timeout=30, check=False
        )
    assert (said.returncode, f"Le port {taken} est pris" in said.stderr) == (2, True), said.stderr


def test_where_no_port_was_chosen_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def create(_: object, *, port: int, **__: object) -> int:
        if port < 5002:
            raise OSError(errno.EADDRINUSE, "Address already in use")
        return port

    monkeypatch.setattr("waitress.create_server", create)
    assert start._listen(range(5000, 5010)) == 5002
    assert isinstance(start._listen([5000]), OSError)


def test_a_port_that_the_system_refuses_is_not_said_to_be_taken() -> None:
    refused = start._not_listening(5000, PermissionError(errno.EACCES, "Permission denied"))
    assert "vous n’en avez pas le droit" in refused
    assert "pris" not in refused


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_when_asked(data: Path, number: signal.Signals) -> None:
    with running(data) as (process, address):
        wait_for(address, "Ce bilan")
        process.send_signal(number)
        said, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "Hygie est arrêté. Vos bilans sont conservés." in said
    assert "Traceback" not in said
    assert not (data / "server.json").exists()


def test_a_stop_in_the_middle_of_a_checkup_leaves_it_marked(data: Path) -> None:
    with running(data, look=ENDLESS) as (process, address):
        wait_for(address, "en cours")
        process.terminate()
        process.wait(timeout=15)
    assert states(data) == ["interrupted"]


def test_a_kill_in_the_middle_of_a_checkup_loses_nothing_that_was_stored(data: Path) -> None:
    with running(data) as (process, address):
        before = wait_for(address, "Ce bilan")
        process.kill()
    make_old(data)
    with running(data, look=ENDLESS) as (process, address):
        wait_for(address, "Un nouveau bilan est")
        assert states(data) == ["done", "running"]
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=15)
    assert (data / "server.json").exists()
    make_recent(data)
    with running(data) as (_, address):
        after = get(address)
        history = get(address + "bilans/")
    assert states(data) == ["done", "interrupted"]
    assert "Interrompu avant la fin" in history
    assert "n’est pas allé à son terme" in after
    assert sentence(after) == sentence(before)
    with sqlite3.connect(data / "hygie.sqlite3") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_the_second_start_shows_the_page_within_a_second_of_work(data: Path) -> None:
    with running(data) as (_, address):
        wait_for(address, "Ce bilan")
    with running(data) as (process, address):
        assert "Ce bilan" in get(address)
        assert processor_seconds(process.pid) <= SECONDS_TO_FIRST_PAGE


def test_a_stranger_on_the_announced_port_is_not_taken_for_hygie(data: Path) -> None:
    prepare(data)
    port = free_port()
    (data / "server.json").write_text(json.dumps({"pid": os.getpid(), "port": port}))
    assert instance.port_of_running(data, patience=0) is None
    other = data.with_name("other")
    with running(other, "--port", str(port)):
        assert instance.port_of_running(data, patience=0) is None
        assert instance.port_of_running(other) == port


def processor_seconds(pid: int) -> float:
    """Time of processor spent by a process: unlike the clock, it does not depend on the neighbours."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def listened_addresses(pid: int) -> set[str]:
    """The local addresses on which a process listens, from the kernel's own tables."""
    inodes = {os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if f"socket:[{fields[9]}]" in inodes and fields[3] in ("0A", "07"):
                host = fields[1].split(":")[0]
                found.add(socket.inet_ntoa(bytes.fromhex(host)[::-1]) if len(host) == 8 else host)
    return found


def states(data: Path) -> list[str]:
    with sqlite3.connect(data / "hygie.sqlite3") as database:
        return [state for (state,) in database.execute("select state from checkups_checkup order by started_at")]


def make_old(data: Path) -> None:
    _move(data, "-2 days")


def make_recent(data: Path) -> None:
    _move(data, "+2 days")


def _move(data: Path, by: str) -> None:
    with sqlite3.connect(data / "hygie.sqlite3") as database:
        database.execute("update checkups_checkup set started_at = datetime(started_at, ?) where state = 'done'", (by,))
    database.close()


def sentence(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return found.group(1)
