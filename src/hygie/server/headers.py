"""Headers that every page carries: kept in no cache, shared with no other site, no device."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
NO_DEVICES = "camera=(), microphone=(), geolocation=(), usb=(), payment=()"


class PrivatePages:
    """Django middleware; what already has a Cache-Control (static files) keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response of the view, with the headers added."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = NO_DEVICES
        return response
