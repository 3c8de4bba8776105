"""Takes in the check-ups that ``sudo ./hygie verifier`` leaves beside the page."""

from __future__ import annotations

import json
import logging
import threading
import time
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hygie.agent.report import ReportError, checkup_of
from hygie.catalogue.loader import catalogue
from hygie.server.checkups.services import CLOCK_TOLERANCE, begin, store_checkup
from hygie.workstation.checkup import evidence_of
from hygie.workstation.probes.who import identity_of_this_computer

log = logging.getLogger(__name__)
EVERY_SECONDS = 2.0
LARGEST = 20_000_000  # bytes; a report is about 100 kB
REFUSED = ".refuse"


def watch(practice_id: UUID, folder: Path) -> None:
    """Takes in whatever arrives in ``folder``, in the background, as long as the pages are served."""
    threading.Thread(target=_watch, args=(practice_id, folder), name="received", daemon=True).start()


def _watch(practice_id: UUID, folder: Path) -> None:
    while True:
        try:
            take_in(practice_id, folder)
        except Exception:
            log.exception("a received check-up could not be stored; it is tried again")
        finally:
            connection.close()
        time.sleep(EVERY_SECONDS)


def take_in(practice_id: UUID, folder: Path) -> int:
    """Stores every report waiting in ``folder`` and says how many; one that cannot be read is set aside, not lost."""
    stored = 0
    for path in sorted(folder.glob("*.json")):
        try:
            done = _store(practice_id, path)
        except (ReportError, ValueError, OSError) as error:
            path.rename(path.with_suffix(REFUSED))
            print(f"Un bilan reçu n’a pas été retenu : {error}. Il reste dans {path.with_suffix(REFUSED)}.", flush=True)
            continue
        if done:
            path.unlink()
            stored += 1
    return stored


def _store(practice_id: UUID, path: Path) -> bool:
    """False when another check-up is under way: the file waits."""
    if path.stat().st_size > LARGEST:
        raise ReportError("le fichier est trop gros pour un bilan")
    report = json.loads(path.read_text(encoding="utf-8"))
    checkup = checkup_of(report)
    now = timezone.now()
    if checkup.identity.computer != identity_of_this_computer().computer:
        raise ReportError("il vient d’un autre ordinateur")
    if checkup.at > now + CLOCK_TOLERANCE:
        raise ReportError("sa date est dans le futur")
    row = begin(practice_id, checkup.identity.computer, checkup.at)
    if row is None:
        return False
    store_checkup(practice_id, row, report, evidence_of(checkup, catalogue(), str(practice_id)), now)
    return True
