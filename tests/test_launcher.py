"""The launcher, run as a user runs it, from a clone whose path has a space and an accent; no network."""

from __future__ import annotations

import ast
import base64
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from hygie import preparation

ROOT = Path(__file__).resolve().parent.parent

FAKE_CLI = """
import os, sys

def main(argv):
    print("verbe:", *argv)
    print("environnement:", os.path.basename(sys.prefix))
    if argv == ["demarrer"]:
        import composant
        print("composant:", composant.VERSION)
    return 7
"""


class Clone:
    """A clone with a command line that only tells where it runs, and one tiny locked component."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.wheels = root.parent / "roues"
        self.wheels.mkdir()
        package = root / "src" / "hygie"
        (package / "agent").mkdir(parents=True)
        shutil.copy(ROOT / "hygie", root / "hygie")
        for name in ("__init__.py", "preparation.py"):
            shutil.copy(ROOT / "src" / "hygie" / name, package / name)
        (package / "agent" / "__init__.py").touch()
        (package / "agent" / "cli.py").write_text(FAKE_CLI, "utf-8")
        self.lock("1.0")

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / preparation.STAMP

    def lock(self, version: str) -> Path:
        """Make the component's wheel and lock it; returns the wheel."""
        wheel = make_wheel(self.wheels, version)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.root / "requirements.txt").write_text(f"composant=={version} --hash=sha256:{digest}\n", "utf-8")
        return wheel

    def start(self, *argv: str, **environ: str) -> subprocess.Popen[str]:
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_NO_CACHE_DIR": "1"}
        return subprocess.Popen(
            [sys.executable, str(self.root / "hygie"), *argv],
            env={**os.environ, **offline, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *argv: str, **environ: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error of one run."""
        with self.start(*argv, **environ) as process:
            out, err = process.communicate(timeout=50)
            return process.returncode, out, err


def make_wheel(folder: Path, version: str) -> Path:
    info = f"composant-{version}.dist-info"
    files = {
        "composant.py": f"VERSION = '{version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: composant\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(text)}\n"
    wheel = folder / f"composant-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(name, text)
    return wheel


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "mon cabinet é")


@pytest.fixture
def silent_registry() -> Iterator[str]:
    """The address of a registry that takes the call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/simple"


def wait_for_line(process: subprocess.Popen[str], text: str) -> None:
    assert process.stderr is not None
    seen = ""
    while text not in seen:
        letter = process.stderr.read(1)
        assert letter, f"ended without « {text} »: {seen}"
        seen += letter


def test_it_prepares_once_then_starts_at_once(clone: Clone) -> None:
    status, out, err = clone.run("demarrer")
    assert (status, out) == (7, "verbe: demarrer\nenvironnement: .venv\ncomposant: 1.0\n")
    assert "Préparation de Hygie" in err
    status, out, err = clone.run("demarrer")
    assert (status, err) == (7, "")
    assert "composant: 1.0" in out


def test_it_prepares_again_when_the_requirements_change(clone: Clone) -> None:
    clone.run("demarrer")
    clone.lock("2.0")
    _, out, err = clone.run("demarrer")
    assert "composant: 2.0" in out
    assert "Préparation de Hygie" in err


def test_the_other_verbs_need_no_preparation(clone: Clone) -> None:
    for argv in (
        ["verifier"],
        ["corriger", "pare-feu"],
        ["--version"],
        ["demarrer", "--help"],
        ["demarrer", "--aide"],
        [],
    ):
        status, out, err = clone.run(*argv)
        assert (status, err) == (7, "")
        assert out.startswith(" ".join(["verbe:", *argv]))
    assert not (clone.root / ".venv").exists()


def test_without_a_registry_it_says_so_in_french_and_leaves_nothing_half_ready(clone: Clone) -> None:
    status, out, err = clone.run("demarrer", PIP_FIND_LINKS="/nulle-part")
    assert (status, out) == (2, "")
    assert "accède à Internet" in err
    assert "Traceback" not in err
    assert not clone.stamp.exists()
    assert clone.run("demarrer")[0] == 7


def test_a_component_that_was_tampered_with_is_refused(clone: Clone) -> None:
    wheel = clone.lock("1.0")
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("intrus.py", "")
    status, out, _ = clone.run("demarrer")
    assert (status, out) == (2, "")
    assert not clone.stamp.exists()


def test_a_component_without_a_hash_is_refused(clone: Clone) -> None:
    (clone.root / "requirements.txt").write_text("composant==1.0\n", "utf-8")
    assert clone.run("demarrer")[0] == 2
    assert not clone.stamp.exists()


def test_a_preparation_killed_halfway_starts_again(clone: Clone, silent_registry: str) -> None:
    with clone.start("demarrer", PIP_NO_INDEX="", PIP_FIND_LINKS="", PIP_INDEX_URL=silent_registry) as process:
        wait_for_line(process, "2/2")
        os.killpg(process.pid, signal.SIGKILL)
    assert not clone.stamp.exists()
    status, out, _ = clone.run("demarrer")
    assert (status, "composant: 1.0" in out) == (7, True)


def test_a_preparation_stopped_by_the_user_ends_with_one_french_sentence(clone: Clone, silent_registry: str) -> None:
    with clone.start("demarrer", PIP_NO_INDEX="", PIP_FIND_LINKS="", PIP_INDEX_URL=silent_registry) as process:
        wait_for_line(process, "2/2")
        time.sleep(0.5)  # pip is waiting for its registry
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "interrompue" in err
    assert "Traceback" not in err
    assert not clone.stamp.exists()


def test_a_second_start_waits_for_the_first(clone: Clone) -> None:
    with (clone.root / preparation.LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with clone.start("demarrer") as process:
            wait_for_line(process, "autre fenêtre")
            assert not (clone.root / ".venv").exists()
            fcntl.flock(lock, fcntl.LOCK_UN)
            out, _ = process.communicate(timeout=50)
    assert "composant: 1.0" in out


def test_an_environment_whose_python_is_gone_is_not_ready(clone: Clone) -> None:
    clone.run("demarrer")
    assert preparation.is_ready(str(clone.root))
    text = clone.stamp.read_text("utf-8")
    clone.stamp.write_text(text.replace(sys.base_prefix, "/python/desinstalle"), "utf-8")
    assert not preparation.is_ready(str(clone.root))
    clone.stamp.write_text(text.replace(str(sys.implementation.cache_tag), "cpython-310"), "utf-8")
    assert not preparation.is_ready(str(clone.root))


def test_an_environment_that_cannot_be_entered_never_loops(clone: Clone) -> None:
    clone.run("demarrer")
    (clone.root / ".venv" / "pyvenv.cfg").unlink()
    status, _, err = clone.run("demarrer")
    assert status == 2
    assert "Supprimez le dossier .venv" in err


@pytest.mark.parametrize("found", [None, SimpleNamespace(origin=None)], ids=["absent", "leftover folder"])
def test_without_the_venv_module_it_gives_the_command_to_type(
    found: object, clone: Clone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: found)
    monkeypatch.setattr("os.path.exists", lambda path: path == "/etc/debian_version")
    assert preparation.enter_environment(str(clone.root), ["demarrer"]) == 2
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_a_full_disk_is_said_before_anything_is_written(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preparation, "NEEDED_BYTES", 10**18)
    assert preparation.enter_environment(str(clone.root), ["demarrer"]) == 2
    assert "presque plein" in capsys.readouterr().err
    assert not (clone.root / ".venv").exists()


@pytest.fixture
def sealed_clone() -> Iterator[Clone]:
    """A clone that whoever runs it can read but not write, beside a cache that all may write."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to the other users of the computer
    clone = Clone(folder / "lecture seule")
    (folder / "cache").mkdir()
    (folder / "cache").chmod(0o777)
    folder.chmod(0o755)
    folders = [clone.root, *(path for path in clone.root.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    yield clone
    for path in folders:
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_clone_that_cannot_be_written_is_checked_all_the_same_and_starts_from_a_cache(sealed_clone: Clone) -> None:
    cache = sealed_clone.root.parent / "cache"
    root = os.geteuid() == 0  # root may write everywhere, and its own Python may be closed to others
    run = subprocess.run(
        ["/usr/bin/python3" if root else sys.executable, sealed_clone.root / "hygie", "verifier"],
        env={"XDG_CACHE_HOME": str(cache), "PATH": os.environ["PATH"]},
        user="nobody" if root else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (7, "")
    assert list(cache.rglob("cli.*.pyc"))


def test_an_old_python_can_read_the_launcher_and_is_told_to_be_replaced() -> None:
    ast.parse((ROOT / "hygie").read_text("utf-8"), feature_version=(3, 6))
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1], run_name='__main__')"
    run = subprocess.run([sys.executable, "-c", pretend, ROOT / "hygie"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "Python 3.11 ou plus récent" in run.stderr
    assert "Traceback" not in run.stderr
