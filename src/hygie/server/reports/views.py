"""The page of paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hygie.server.overview.summary import summary
from hygie.server.reports.paper import paper_of, typeset_paper


@require_safe
def paper(_request: HttpRequest) -> HttpResponse:
    """The latest check-up on one page, PDF/UA; 404 before any check-up."""
    here = summary(timezone.now())
    if here.report is None:
        raise Http404
    pdf = typeset_paper(paper_of(here, here.report))
    name = f"hygie-bilan-{timezone.localtime(here.now):%Y-%m-%d}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
