"""What a page may cost, whatever the rows (design, section 7): 12 queries and 40 ms of processor."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hygie.evidence.model import Verdict
from hygie.server.checkups.models import CheckUp, State
from hygie.server.proofs.models import Proof
from hygie.workstation.checks.loader import checks
from tests.server.stored import first_checks, practice, store

MOST_QUERIES, MOST_MS = 12, 40.0
STORED, CHECKUPS = 20, 300
NOW = datetime.now(UTC)


@pytest.fixture
def number(db: None) -> UUID:
    """A practice that made a check-up a day for 300 days; the last ones each differ from the one before."""
    verdicts = list(Verdict)
    last = None
    for day in range(STORED):
        changing = {check: verdicts[(day + place) % 5] for place, check in enumerate(first_checks(10))}
        last = store(changing, NOW - timedelta(days=STORED - day))
    assert last
    model = CheckUp.objects.of(practice().id).get(uuid=last)
    CheckUp.objects.of(practice().id).bulk_create(
        CheckUp(
            practice_id=practice().id,
            computer=model.computer,
            state=State.DONE,
            started_at=NOW - timedelta(days=day),
            finished_at=NOW - timedelta(days=day),
            report=model.report,
            verdicts=model.verdicts,
        )
        for day in range(STORED + 1, CHECKUPS + 1)
    )
    return last


def test_every_page_keeps_to_its_budget(client: Client, number: UUID) -> None:
    addresses = [
        "/",
        "/mesures/",
        "/mesures/pare-feu/",
        "/bilans/",
        "/bilans/?page=15",
        f"/bilans/{number}/",
        "/incident/",
    ]
    spent = {}
    for address in addresses:
        client.get(address)  # the first reading of templates and data files is paid once a process
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        spent[address] = (len(queries), min(_cpu_ms(client, address) for _ in range(5)))
    assert all(count <= MOST_QUERIES and ms <= MOST_MS for count, ms in spent.values()), spent


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/bilans/", "/bilans/en-cours/"])
def test_lists_leave_the_reports_where_they_are(client: Client, address: str) -> None:
    store()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    reading = [
        query["sql"] for query in queries if query["sql"].startswith("SELECT") and "checkups_checkup" in query["sql"]
    ]
    assert reading
    assert not [sql for sql in reading if '."report"' in sql]


def test_a_verdict_that_lasts_adds_no_row(db: None) -> None:
    for day in range(3):
        store({}, NOW - timedelta(days=3 - day))
    rows = Proof.objects.of(practice().id)
    assert rows.count() == rows.filter(current=True).count() >= len(checks()) // 2


def _cpu_ms(client: Client, address: str) -> float:
    started = time.process_time()
    client.get(address)
    return (time.process_time() - started) * 1000
