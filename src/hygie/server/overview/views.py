"""The first page, and what to do in an incident."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hygie.server.checkups.services import history
from hygie.server.checkups.work import STALE_AFTER
from hygie.server.overview.summary import summary


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The sentence of truth, the one next action, and the way to all the rest."""
    now = timezone.now()
    here = summary(now)
    attempt = history(here.practice_id).first()
    if here.report is None and attempt and attempt.is_running:
        return redirect("checkup-progress")
    context = {
        "here": here,
        "stale": bool(here.report and here.report.at and now - here.report.at > STALE_AFTER),
        "running": bool(attempt and attempt.is_running),
        "interrupted": attempt if attempt and attempt.is_interrupted else None,
    }
    return render(request, "overview/home.html", context)


@require_safe
def incident(request: HttpRequest) -> HttpResponse:
    """What to do now, under attack; asks nothing of the database, so that it always shows."""
    return render(request, "overview/incident.html")
