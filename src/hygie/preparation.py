"""Prepare the private environment (``.venv``) that ``hygie demarrer`` needs, then enter it.

Only the launcher calls this, before anything else of Hygie is loaded. Standard library only; when the
environment is ready, nothing is imported that Python has not already loaded.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

ENVIRONMENT = ".venv"
STAMP = "hygie-pret.txt"
LOCK = ".venv-verrou"
ENTERED = "HYGIE_ENVIRONNEMENT"  # set across the jump into the environment, to never jump twice
NEEDED_BYTES = 300_000_000  # measured: 150 MB once installed, downloads and temporary files beside them
SECONDS_BETWEEN_DOTS = 2.0
REFUSED = 2  # 1 would mean that something is to be fixed on this computer


class PreparationError(Exception):
    """The environment cannot be prepared; the message says in French what to do."""


def enter_environment(root: str, argv: list[str]) -> int | None:
    """Make sure the environment of the clone at ``root`` is ready, and run Hygie again inside it.

    Returns None when this process already runs inside the ready environment (the caller goes on), or an
    exit status when it could not be prepared, or when Windows has run Hygie as a child. Elsewhere the
    process is replaced and the call does not return.
    """
    jumped = os.environ.pop(ENTERED, None)
    ready = is_ready(root)
    if ready and os.path.realpath(sys.prefix) == os.path.realpath(os.path.join(root, ENVIRONMENT)):
        return None
    if jumped:  # inside, and yet not: jumping again would never end
        _say(f"L’environnement de Hygie est abîmé. Supprimez le dossier {ENVIRONMENT}, puis relancez.")
        return REFUSED
    try:
        if not ready:
            prepare(root)
    except KeyboardInterrupt:
        _say("\nPréparation interrompue. Relancez la même commande pour la reprendre.")
        return 130
    except PreparationError as error:
        _say(str(error))
        return REFUSED
    return _run_again(root, argv)


def is_ready(root: str) -> bool:
    """Whether ``.venv`` was completed, for this kind of Python and for the requirements as they are now."""
    environment = os.path.join(root, ENVIRONMENT)
    try:
        stamp = _read(os.path.join(environment, STAMP))
        built_for, _, rest = stamp.partition("\n")
        built_with, _, requirements = rest.partition("\n")
        return (
            built_for == sys.implementation.cache_tag
            and os.path.isdir(built_with)  # that Python was not removed since
            and os.path.exists(python_of(environment))
            and requirements == _read(os.path.join(root, "requirements.txt"))
        )
    except OSError:
        return False


def prepare(root: str) -> None:
    """Build ``.venv`` from the hash-locked requirements, alone; raises PreparationError.

    The stamp is written last: whatever stops the work, the next call starts again from nothing.
    """
    _check_python()
    try:
        _check_space(root)
        with open(os.path.join(root, LOCK), "a", encoding="utf-8") as lock:
            _hold(lock)
            if not is_ready(root):  # another process may have done it while we waited
                _build(root, lock)
    except OSError as error:
        raise PreparationError(
            f"Hygie ne peut pas écrire dans son dossier ({root}).\n"
            "Placez Hygie dans un dossier qui vous appartient, par exemple vos Documents, puis relancez.\n"
            f"Détail technique : {error}"
        ) from error


def python_of(environment: str) -> str:
    """The Python program of a virtual environment, on this system."""
    return os.path.join(environment, *(("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")))


def _check_python() -> None:
    """Debian ships Python without what makes environments; a leftover folder without files is not it."""
    from importlib.util import find_spec

    found = [find_spec(name) for name in ("venv", "ensurepip")]
    if not all(spec and spec.origin for spec in found):
        raise _venv_is_missing()


def _venv_is_missing() -> PreparationError:
    remedy = "Réinstallez Python depuis python.org, puis relancez Hygie."
    if os.path.exists("/etc/debian_version"):
        remedy = "Tapez : sudo apt install python3-venv\nPuis relancez Hygie."
    return PreparationError(f"Il manque à Python de quoi préparer Hygie (le module venv).\n{remedy}")


def _check_space(root: str) -> None:
    from shutil import disk_usage

    if disk_usage(root).free < NEEDED_BYTES:
        raise PreparationError("Le disque est presque plein : libérez au moins 300 Mo, puis relancez Hygie.")


def _hold(lock: IO[str]) -> None:
    """Wait until no other process prepares the same clone; the system lets go if this one dies."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        return
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say("Hygie se prépare déjà dans une autre fenêtre ; attendez la fin…")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _build(root: str, lock: IO[str]) -> None:
    from subprocess import CalledProcessError
    from venv import EnvBuilder

    environment = os.path.join(root, ENVIRONMENT)
    requirements = os.path.join(root, "requirements.txt")
    wanted = _read(requirements)
    _say("Préparation de Hygie (une seule fois, moins d’une minute le plus souvent)…")
    _say("  1/2 Espace de travail")
    try:
        EnvBuilder(clear=True, with_pip=True, symlinks=sys.platform != "win32").create(environment)
    except SystemExit as error:  # Debian's own venv leaves so when a part of it is missing
        raise _venv_is_missing() from error
    except CalledProcessError as error:
        raise PreparationError(f"Python n’a pas pu préparer Hygie.\nDétail technique : {error}") from error
    _say("  2/2 Composants : téléchargement (45 Mo) et vérification", end="")
    _install(python_of(environment), requirements, lock)
    with open(os.path.join(environment, STAMP), "w", encoding="utf-8", newline="\n") as stamp:
        stamp.write(f"{sys.implementation.cache_tag}\n{sys.base_prefix}\n{wanted}")
    _say("Hygie est prêt.")


def _install(python: str, requirements: str, lock: IO[str]) -> None:
    from subprocess import PIPE, STDOUT, Popen

    # Hashes are required and nothing is built here: only the files that were locked can come in.
    command = [python, "-I", "-m", "pip", "install", "--quiet", "--no-input", "--no-user", "--require-hashes"]
    command += ["--no-deps", "--only-binary", ":all:", "--disable-pip-version-check", "-r", requirements]
    # An orphaned pip keeps the lock until it ends, so that it never writes into a younger environment.
    kept = () if sys.platform == "win32" else (lock.fileno(),)
    with Popen(command, stdout=PIPE, stderr=STDOUT, text=True, errors="replace", pass_fds=kept) as pip:
        try:
            output = _wait(pip)
        except BaseException:
            pip.kill()
            raise
    _say("")
    if pip.returncode:
        last_lines = "\n".join(output.strip().splitlines()[-3:])
        raise PreparationError(
            "Les composants de Hygie n’ont pas pu être installés.\n"
            "Vérifiez que cet ordinateur accède à Internet, puis relancez la même commande.\n"
            "« hygie verifier » fonctionne sans cette préparation.\n"
            f"Détail technique :\n{last_lines}"
        )


def _wait(process: subprocess.Popen[str]) -> str:
    """What the process printed, once it has ended; a dot from time to time shows that it is alive."""
    from subprocess import TimeoutExpired

    while True:
        try:
            return process.communicate(timeout=SECONDS_BETWEEN_DOTS)[0]
        except TimeoutExpired:
            _say(".", end="")


def _run_again(root: str, argv: list[str]) -> int:
    program = python_of(os.path.join(root, ENVIRONMENT))
    command = [program, os.path.join(root, "hygie"), *argv]
    environ = {**os.environ, ENTERED: "1"}
    if sys.platform != "win32":
        os.execve(program, command, environ)
    import subprocess

    # Windows' exec gives the prompt back at once, so the child is waited for.
    return subprocess.call(command, env=environ)


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _say(text: str, end: str = "\n") -> None:
    sys.stderr.write(text + end)
    sys.stderr.flush()
