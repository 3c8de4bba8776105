"""How a second ``hygie demarrer`` recognises the one that already runs: it answers a question only it can answer."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PATH = "/presence/"


def answer_to(question: str, secret: str) -> str:
    """What the server of this data folder answers to a question."""
    return hmac.new(secret.encode(), f"hygie:{question}".encode(), hashlib.sha256).hexdigest()


@require_safe
def presence(request: HttpRequest) -> HttpResponse:
    """The answer to ``?question=``, which proves that this server holds the secret of the data folder."""
    return HttpResponse(answer_to(request.GET.get("question", ""), settings.SECRET_KEY), content_type="text/plain")
