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
from hygie.workstation.checks.loader import checks
from tests.server.stored import first_checks, store

MOST_QUERIES, MOST_MS = 12, 40.0
CHECKUPS = 300
NOW = datetime.now(UTC)


@pytest.fixture
def number(db: None) -> UUID:
    """A practice that made a check-up a day for 300 days, each different from the one before."""
    verdicts = list(Verdict)
    last = None
    for day in range(CHECKUPS):
        changing = {check: verdicts[(day + place) % 5] for place, check in enumerate(first_checks(10))}
        last = store(changing, NOW - timedelta(days=CHECKUPS - day))
    assert last
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
    from hygie.server.proofs.models import Proof
    from tests.server.stored import practice

    for day in range(3):
        store({}, NOW - timedelta(days=3 - day))
    rows = Proof.objects.of(practice().id)
    assert rows.count() == rows.filter(current=True).count() >= len(checks()) // 2


def _cpu_ms(client: Client, address: str) -> float:
    started = time.process_time()
    client.get(address)
    return (time.process_time() - started) * 1000
