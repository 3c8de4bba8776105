"""Runs a check-up of this computer beside the pages, in a thread; never two at the same time."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hygie.agent.report import report_of
from hygie.catalogue.loader import catalogue
from hygie.server.checkups.services import begin, interrupt, latest, store_checkup
from hygie.workstation.checks.loader import checks
from hygie.workstation.checkup import CheckUp, evidence_of, run_checkup
from hygie.workstation.probes.real import RealProbe
from hygie.workstation.probes.who import identity_of_this_computer
from hygie.workstation.systems import collectors_for

log = logging.getLogger(__name__)
STALE_AFTER = timedelta(days=1)


def look_at_this_computer() -> CheckUp:
    """One real check-up; some seconds."""
    probe = RealProbe()
    return run_checkup(probe, collectors_for(probe.identity.system), list(checks().values()))


def launch(practice_id: UUID) -> threading.Thread | None:
    """Starts a check-up of this computer in the background; None when one is already under way."""
    checkup = begin(practice_id, identity_of_this_computer().computer, timezone.now())
    if checkup is None:
        return None
    thread = threading.Thread(target=_work, args=(practice_id, checkup), name="check-up", daemon=True)
    thread.start()
    return thread


def launch_if_stale(practice_id: UUID, now: datetime) -> threading.Thread | None:
    """Starts a check-up when there is none, or when the last one is older than a day."""
    last = latest(practice_id, now)
    return launch(practice_id) if last is None or now - last.started_at > STALE_AFTER else None


def _work(practice_id: UUID, checkup: UUID) -> None:
    try:
        seen = look_at_this_computer()
        evidence = evidence_of(seen, catalogue(), str(practice_id))
        store_checkup(practice_id, checkup, report_of(seen), evidence, timezone.now())
    except Exception:
        log.exception("the check-up did not come to its end")
        interrupt(practice_id, timezone.now(), checkup)
    finally:
        connection.close()
