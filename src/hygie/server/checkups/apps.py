from __future__ import annotations

from django.apps import AppConfig


class CheckupsConfig(AppConfig):
    name = "hygie.server.checkups"
    label = "checkups"
