"""Start a check-up, follow it, look at one, look back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hygie.server.checkups import work
from hygie.server.checkups.comparison import compare, counts
from hygie.server.checkups.models import CheckUp, State
from hygie.server.checkups.report import read_report
from hygie.server.checkups.services import disk_refuses, history, one, running
from hygie.server.practice.services import local_practice
from hygie.server.ui.errors import disk_refused

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 3.0  # most check-ups end sooner: the answer is then the new first page itself
REFRESH_SECONDS = 2
PAGE_LENGTH = 20


@require_POST
def launch(request: HttpRequest) -> HttpResponse:
    """Starts a check-up, or joins the one under way; 503 when the disk takes nothing more."""
    try:
        thread = work.launch(local_practice(timezone.now()).id)
    except (OperationalError, OSError) as error:
        if not disk_refuses(error):
            raise
        log.exception("the check-up could not be written down")
        return disk_refused(request)
    if thread is not None:
        thread.join(PATIENCE_SECONDS)
    done = thread is not None and not thread.is_alive()
    return redirect("home" if done else "checkup-progress")


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """What is happening; comes back by itself until the check-up ends, unless the reader asked it not to."""
    now = timezone.now()
    under_way = running(local_practice(now).id)
    if under_way is None:
        return redirect("home")
    still = "fixe" in request.GET
    elapsed = max(0, int((now - under_way.started_at).total_seconds()))
    response = render(request, "checkups/progress.html", {"checkup": under_way, "elapsed": elapsed, "still": still})
    if not still:
        response.headers["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Every check-up, newest first, each with what changed since the one before it."""
    rows = history(local_practice(timezone.now()).id)
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    start = page.start_index() - 1
    # One more than shown (and a few, should some have been interrupted): the last row is compared as well.
    near = list(rows[max(0, start) : start + PAGE_LENGTH + 5]) if page.paginator.count else []
    lines = [(row, counts(row.verdicts), _change(row, near[place + 1 :])) for place, row in enumerate(near)]
    return render(request, "checkups/past.html", {"page": page, "lines": lines[:PAGE_LENGTH]})


@require_safe
def one_checkup(request: HttpRequest, checkup: UUID) -> HttpResponse:
    """The findings of one check-up, what to fix first, with the facts behind each."""
    row = _asked(checkup)
    return render(request, "checkups/one.html", {"checkup": row, "report": read_report(row.report)})


@require_safe
def download(_request: HttpRequest, checkup: UUID) -> HttpResponse:
    """The stored report, as ``hygie verifier --json`` writes it."""
    row = _asked(checkup)
    if row.state != State.DONE:
        raise Http404
    name = f"bilan-{timezone.localtime(row.started_at):%Y-%m-%d-%Hh%M}.json"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(row.report, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=disposition)


def _asked(checkup: UUID) -> CheckUp:
    row = one(local_practice(timezone.now()).id, checkup)
    if row is None:
        raise Http404
    return row


def _change(row: CheckUp, older: Sequence[CheckUp]) -> object:
    """What changed since the check-up before, of the same computer; None when there is nothing to compare with."""
    if row.state != State.DONE:
        return None
    before = next((o for o in older if o.state == State.DONE and o.computer == row.computer), None)
    return compare(before.verdicts, row.verdicts) if before else None
