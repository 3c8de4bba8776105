"""Verbs about check-ups. A check-up and its evidence are stored together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from hygie.evidence.model import Evidence
from hygie.server.checkups.models import CheckUp, State
from hygie.server.practice.services import hold, remember_computer
from hygie.server.proofs.services import record

CLOCK_TOLERANCE = timedelta(minutes=10)
# https://sqlite.org/rescode.html, and the PostgreSQL manual, appendix A (53100: disk full).
DISK_REFUSES = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN", "53100")


def begin(practice_id: UUID, computer: str, now: datetime) -> UUID | None:
    """Notes that a check-up of this computer starts; None when one is already under way."""
    try:
        with transaction.atomic():
            return CheckUp.objects.create(practice_id=practice_id, computer=computer, started_at=now).uuid
    except IntegrityError:
        return None


def disk_refuses(error: Exception) -> bool:
    """True when the disk took nothing more; a database that is merely busy or stopped is another matter."""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    return isinstance(error, OSError) or str(code).startswith(DISK_REFUSES)


@transaction.atomic
def store_checkup(
    practice_id: UUID, checkup: UUID, report: Mapping[str, Any], evidence: Iterable[Evidence], now: datetime
) -> None:
    """Ends a running check-up with its report and evidence; one that was given up meanwhile is left as it is."""
    hold(practice_id)
    row = CheckUp.objects.of(practice_id).filter(uuid=checkup, state=State.RUNNING).first()
    if row is None:
        return
    row.state, row.finished_at, row.report = State.DONE, now, dict(report)
    row.verdicts = {finding["check"]: finding["verdict"] for finding in report["findings"]}
    row.save()
    computer = report["computer"]
    remember_computer(practice_id, computer["id"], name=computer["name"], system=computer["system"], seen_at=now)
    record(practice_id, evidence, {finding["check"] for finding in report["findings"] if finding["needs_admin"]})


def interrupt(practice_id: UUID, now: datetime, checkup: UUID | None = None) -> int:
    """Marks a running check-up (or all that are) as interrupted, and says how many were."""
    running = CheckUp.objects.of(practice_id).filter(state=State.RUNNING)
    running = running.filter(uuid=checkup) if checkup else running
    return running.update(state=State.INTERRUPTED, finished_at=now)


def latest(practice_id: UUID, now: datetime) -> CheckUp | None:
    """The newest check-up that came to its end, whole; one dated in the future (a wrong clock) does not count."""
    done = CheckUp.objects.of(practice_id).filter(state=State.DONE, started_at__lte=now + CLOCK_TOLERANCE)
    return done.order_by("-started_at").first()


def running(practice_id: UUID) -> CheckUp | None:
    """The check-up under way."""
    return CheckUp.objects.of(practice_id).filter(state=State.RUNNING).defer("report").first()


def one(practice_id: UUID, checkup: UUID) -> CheckUp | None:
    """One check-up of this practice, whole."""
    return CheckUp.objects.of(practice_id).filter(uuid=checkup).first()


def history(practice_id: UUID) -> QuerySet[CheckUp]:
    """Every check-up without its report, newest first."""
    return CheckUp.objects.of(practice_id).defer("report").order_by("-started_at")
