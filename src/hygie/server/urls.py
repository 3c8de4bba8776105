"""Every address of the page."""

from __future__ import annotations

urlpatterns: list[object] = []
