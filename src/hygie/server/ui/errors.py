"""What is said when a page cannot be shown: in French, with what to do next."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hygie.server.ui.french import NBSP

WORDS = {
    HTTPStatus.BAD_REQUEST: ("Cette demande n’est pas comprise", "Revenez à l’accueil et recommencez."),
    HTTPStatus.FORBIDDEN: (
        "Cette action a été refusée",
        "La page était sans doute ouverte depuis longtemps. Revenez à l’accueil, puis recommencez.",
    ),
    HTTPStatus.NOT_FOUND: ("Cette page n’existe pas", "Elle a peut-être changé d’adresse. Rien n’est perdu."),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Hygie n’a pas pu afficher cette page",
        "Vos bilans sont conservés. Revenez à l’accueil ; si cela se répète, arrêtez Hygie puis relancez-le.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Ce bilan n’a pas été gardé",
        (
            f"Le disque est plein ou protégé{NBSP}: ce bilan n’a pas été gardé. Les précédents le sont. "
            "Libérez de la place, puis recommencez."
        ),
    ),
}


def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    title, advice = WORDS[status]
    return render(request, "ui/error.html", {"title": title, "advice": advice}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """400, also for a Host that is not this computer."""
    return _page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """403."""
    return _page(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, **_reason: str) -> HttpResponse:
    """403 for a form that does not come from our own page."""
    return _page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404."""
    return _page(request, HTTPStatus.NOT_FOUND)


def disk_refused(request: HttpRequest) -> HttpResponse:
    """503, when a check-up cannot be written down."""
    return _page(request, HTTPStatus.SERVICE_UNAVAILABLE)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
