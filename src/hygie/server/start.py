"""``hygie demarrer``: the database made ready, the server on loopback, a check-up started, the browser opened."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from hygie.agent.folders import data_folder, received_folder
from hygie.catalogue.refusals import refusal
from hygie.server import folders, instance

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from waitress.server import BaseWSGIServer

ADDRESS = "127.0.0.1"
OWN_NAMES = (ADDRESS, "localhost")
PORT = 8137
PORTS_TRIED = 20  # only when the person chose none: a port that was asked for is never changed silently
PORTS_ALLOWED = range(1024, 65_536)  # the system keeps the lower ones for itself
THREADS = 4  # measured: more make writers wait on SQLite
REFUSED = 2


class FrenchParser(argparse.ArgumentParser):
    """argparse speaks English when it refuses."""

    def error(self, message: str) -> NoReturn:
        """Says how the command is written."""
        print(f"Commande mal écrite.\nÉcrivez : {self.usage}", file=sys.stderr)
        raise SystemExit(REFUSED)


def main(argv: Sequence[str]) -> int:
    """Runs until Ctrl-C or SIGTERM, and returns an exit status; ``argv`` is what follows the verb."""
    options = _options(argv)
    if options.adresse not in OWN_NAMES:
        print(
            f"Hygie refuse d’écouter sur « {options.adresse} ».\n"
            "Cette page montre les faiblesses de l’ordinateur : elle ne s’ouvre que depuis lui (127.0.0.1).",
            file=sys.stderr,
        )
        return REFUSED
    if options.port is not None and options.port not in PORTS_ALLOWED:
        print(f"--port {options.port} : choisissez un nombre de 1024 à 65535.", file=sys.stderr)
        return REFUSED
    data = data_folder()
    try:
        os.umask(0o077)  # whatever is written from here on is closed to the other persons of this computer
        folders.prepare(data)
    except OSError as error:
        why, mend = refusal(error)
        print(f"Hygie ne peut pas écrire dans {data} : {why}. À faire : {mend}.", file=sys.stderr)
        return REFUSED
    with instance.hold(data) as alone:
        if not alone:
            return _join(data, browse=not options.sans_navigateur)
        return _serve(data, options.port, browse=not options.sans_navigateur)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    usage = "./hygie demarrer [--port NOMBRE] [--sans-navigateur]"
    parser = FrenchParser(prog="hygie demarrer", usage=usage, add_help=False)
    parser.add_argument("--adresse", default=ADDRESS)
    parser.add_argument("--port", type=int)
    parser.add_argument("--sans-navigateur", action="store_true")
    return parser.parse_args(argv)


def _join(data: Path, *, browse: bool) -> int:
    """Another Hygie holds this data folder: show its page."""
    port = instance.port_of_running(data)
    if port is None:
        print("Hygie est déjà lancé, mais sa page ne répond pas encore. Patientez, puis relancez.", file=sys.stderr)
        return REFUSED
    url = f"http://{ADDRESS}:{port}/"
    print(f"Hygie est déjà ouvert : {url}")
    if browse and has_screen():
        webbrowser.open(url)
    return 0


def _serve(data: Path, port: int | None, *, browse: bool) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hygie.server.settings"
    import django

    django.setup()
    practice = _prepare_database()
    server = _listen([port] if port else range(PORT, PORT + PORTS_TRIED))
    if isinstance(server, OSError):
        print(_not_listening(port, server), file=sys.stderr)
        return REFUSED
    url = f"http://{ADDRESS}:{server.effective_port}/"
    instance.announce(data, int(server.effective_port))
    signal.signal(signal.SIGTERM, _stop)
    print(f"La page de Hygie : {url}\nLaissez cette fenêtre ouverte ; Ctrl+C pour arrêter.", flush=True)
    if browse and has_screen():
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    _run(server, practice)
    instance.forget(data)
    print("\nHygie est arrêté. Vos bilans sont conservés.", flush=True)
    return 0


def _prepare_database() -> UUID:
    """Brings the tables up to date when they are not, and closes the check-ups that a crash left open."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils import timezone

    from hygie.server.checkups.services import interrupt
    from hygie.server.practice.services import local_practice

    _check_database(connection)
    executor = MigrationExecutor(connection)
    wanted = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(wanted):
        executor.migrate(wanted)
    now = timezone.now()
    practice = local_practice(now).id
    interrupt(practice, now)
    connection.close()
    return practice


def _check_database(connection: BaseDatabaseWrapper) -> None:
    """Raises an error of SQLite when its file is damaged, before anything is written to it; about 1 ms for 5 MB."""
    if connection.vendor != "sqlite":  # a database server looks after its own files
        return
    with connection.cursor() as cursor:
        cursor.execute("pragma quick_check(1)")
        (found,) = cursor.fetchone()
    if found != "ok":
        raise DamagedError(found)


class DamagedError(Exception):
    """SQLite read its file and found it damaged."""

    sqlite_errorcode = 11  # SQLITE_CORRUPT, as SQLite itself says when it stumbles on it


def _listen(ports: Iterable[int]) -> BaseWSGIServer | OSError:
    """A server on the first of these ports that is free, on loopback; or why the last one was not."""
    from django.core.handlers.wsgi import WSGIHandler
    from waitress import create_server

    application = WSGIHandler()
    refused = OSError()
    for port in ports:
        try:
            return create_server(application, host=ADDRESS, port=port, threads=THREADS, ident=None)
        except OSError as error:
            refused = error
    return refused


def _not_listening(port: int | None, error: OSError) -> str:
    if port is None:
        return f"Aucun port libre de {PORT} à {PORT + PORTS_TRIED - 1}. Fermez un logiciel, ou choisissez --port."
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est pris : un autre logiciel s’en sert. Choisissez-en un autre avec --port."
    return f"Le port {port} ne peut pas être ouvert : {refusal(error)[0]}. Choisissez-en un autre avec --port."


def _run(server: BaseWSGIServer, practice: UUID) -> None:
    """Serves until told to stop; a check-up that is cut short is noted as such."""
    from django.utils import timezone

    from hygie.server.checkups.received import watch
    from hygie.server.checkups.services import interrupt
    from hygie.server.checkups.work import launch_if_stale

    try:
        launch_if_stale(practice, timezone.now())
        watch(practice, received_folder(data_folder()))
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        interrupt(practice, timezone.now())


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def has_screen() -> bool:
    """Whether a browser can show: a text one in this terminal would hide what we say."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and os.geteuid() != 0
