"""``hygie demarrer``: the database made ready, the server on loopback, a check-up started, the browser opened."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from hygie.agent.folders import data_folder, received_folder
from hygie.server import folders, instance

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer

ADDRESS = "127.0.0.1"
OWN_NAMES = (ADDRESS, "localhost")
PORT = 8137
PORTS_TRIED = 20
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
    data = data_folder()
    try:
        os.umask(0o077)  # whatever is written from here on is closed to the other persons of this computer
        folders.prepare(data)
    except OSError as error:
        print(f"Hygie ne peut pas écrire dans {data}.\nDétail technique : {error}", file=sys.stderr)
        return 1
    with instance.hold(data) as alone:
        if not alone:
            return _join(data, browse=not options.sans_navigateur)
        return _serve(data, options.port, browse=not options.sans_navigateur)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    usage = "./hygie demarrer [--port NOMBRE] [--sans-navigateur]"
    parser = FrenchParser(prog="hygie demarrer", usage=usage, add_help=False)
    parser.add_argument("--adresse", default=ADDRESS)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--sans-navigateur", action="store_true")
    return parser.parse_args(argv)


def _join(data: Path, *, browse: bool) -> int:
    """Another Hygie holds this data folder: show its page."""
    port = instance.port_of_running(data)
    if port is None:
        print("Hygie est déjà lancé, mais sa page ne répond pas encore. Patientez, puis relancez.", file=sys.stderr)
        return 1
    url = f"http://{ADDRESS}:{port}/"
    print(f"Hygie est déjà ouvert : {url}")
    if browse and has_screen():
        webbrowser.open(url)
    return 0


def _serve(data: Path, port: int, *, browse: bool) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hygie.server.settings"
    import django

    django.setup()
    practice = _prepare_database()
    server = _listen(port)
    if server is None:
        print(f"Aucun port libre à partir de {port}. Fermez un logiciel, ou choisissez --port.", file=sys.stderr)
        return 1
    url = f"http://{ADDRESS}:{server.effective_port}/"
    instance.announce(data, int(server.effective_port))
    signal.signal(signal.SIGTERM, _stop)
    print(f"Hygie est prêt : {url}\nLaissez cette fenêtre ouverte ; Ctrl+C pour arrêter.", flush=True)
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

    executor = MigrationExecutor(connection)
    wanted = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(wanted):
        executor.migrate(wanted)
    now = timezone.now()
    practice = local_practice(now).id
    interrupt(practice, now)
    connection.close()
    return practice


def _listen(port: int) -> BaseWSGIServer | None:
    """A server on the first free port from ``port`` on, on loopback."""
    from django.core.handlers.wsgi import WSGIHandler
    from waitress import create_server

    application = WSGIHandler()
    for candidate in range(port, port + PORTS_TRIED):
        try:
            return create_server(application, host=ADDRESS, port=candidate, threads=THREADS, ident=None)
        except OSError:
            continue
    return None


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
