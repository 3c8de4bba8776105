"""Each page of the server: queries, processor time, size. Run by run.py in a process and a data folder of its own.

Prints JSON: one row a page, measured on a practice that has a year of check-ups behind it.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import timedelta
from typing import Any

PAST_CHECKUPS = 300
VISITS = 15


def prepare() -> list[str]:
    """A real check-up of this machine, stored again and again over the past; the pages to visit."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hygie.server.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS.append("testserver")
    from django.utils import timezone

    from hygie.agent.report import report_of
    from hygie.catalogue.loader import catalogue
    from hygie.server.checkups.services import begin, store_checkup
    from hygie.server.checkups.work import look_at_this_computer
    from hygie.server.start import _prepare_database
    from hygie.workstation.checkup import evidence_of

    practice = _prepare_database()
    seen = look_at_this_computer()
    report, evidence = report_of(seen), evidence_of(seen, catalogue(), str(practice))
    newest = None
    for age in range(PAST_CHECKUPS, -1, -1):
        moment = timezone.now() - timedelta(hours=age)
        newest = begin(practice, seen.identity.computer, moment)
        assert newest is not None
        store_checkup(practice, newest, report, evidence if age < 2 else [], moment)
    measure = next(iter(catalogue().measures_of_source(seen.findings[0].check))).id
    return ["/", "/mesures/", f"/mesures/{measure}/", "/bilans/", f"/bilans/{newest}/", "/incident/", "/bilan.pdf"]


def measured(client: Any, page: str) -> dict[str, Any]:
    """Queries of one visit, and the median processor time of several."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    asked = len(queries)  # at once: the next visit empties the list
    cpu = []
    for _ in range(VISITS):
        start = time.process_time()
        content = client.get(page).content
        cpu.append((time.process_time() - start) * 1000)
    return {
        "page": page,
        "status": answer.status_code,
        "queries": asked,
        "cpu_ms": statistics.median(cpu),
        "bytes": len(content),
    }


def main() -> None:
    """Prints the figures of every page."""
    pages = prepare()
    from django.test import Client

    client = Client()
    figures = [measured(client, page) for page in pages]
    strange = [row for row in figures if row["status"] != 200 or (row["page"] == "/" and not row["queries"])]
    if strange:  # a page that fails is quick: its figures would be flattering
        raise SystemExit(f"a page did not answer as it should: {strange}")
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
