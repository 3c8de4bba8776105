from __future__ import annotations

from django.apps import AppConfig


class ProofsConfig(AppConfig):
    name = "hygie.server.proofs"
    label = "proofs"
