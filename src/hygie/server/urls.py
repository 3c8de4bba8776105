"""Every address of the page."""

from __future__ import annotations

from django.urls import path

from hygie.server.checkups import views as checkups
from hygie.server.measures import views as measures
from hygie.server.overview import views as overview
from hygie.server.presence import PATH, presence
from hygie.server.reports import views as reports

urlpatterns = [
    path("", overview.home, name="home"),
    path("incident/", overview.incident, name="incident"),
    path("mesures/", measures.every_measure, name="measures"),
    path("mesures/<slug:measure>/", measures.one_measure, name="measure"),
    path("bilans/", checkups.past, name="checkups"),
    path("bilans/nouveau/", checkups.launch, name="checkup-launch"),
    path("bilans/en-cours/", checkups.progress, name="checkup-progress"),
    path("bilans/<uuid:checkup>/", checkups.one_checkup, name="checkup"),
    path("bilans/<uuid:checkup>/bilan.json", checkups.download, name="checkup-json"),
    path("bilan.pdf", reports.paper, name="paper"),
    path(PATH.lstrip("/"), presence),
]

handler400 = "hygie.server.ui.errors.bad_request"
handler403 = "hygie.server.ui.errors.forbidden"
handler404 = "hygie.server.ui.errors.not_found"
handler500 = "hygie.server.ui.errors.server_error"
