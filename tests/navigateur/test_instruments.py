"""The instruments of the browser tests measure something: a judge that never complains proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Axe = Callable[[Page], list[dict[str, Any]]]

GOOD = """<!doctype html><html lang="fr"><head><title>Hygie</title></head>
<body><main><h1>Bonne protection</h1><p>31 mesures sur 42</p></main></body></html>"""


def test_axe_finds_nothing_on_a_sound_page(page: Page, axe: Axe) -> None:
    page.set_content(GOOD)
    assert axe(page) == []


def test_axe_finds_and_says_in_french_an_image_without_text(page: Page, axe: Axe) -> None:
    page.set_content(GOOD.replace("<p>", "<img src='data:,'><p>"))
    found = axe(page)
    assert [violation["id"] for violation in found] == ["image-alt"]
    assert "texte" in found[0]["help"] or "alternative" in found[0]["help"]


def test_axe_finds_a_grey_that_is_too_pale(page: Page, axe: Axe) -> None:
    page.set_content(GOOD.replace("<p>", "<p style='color:#aaa;background:#fff'>"))
    assert [violation["id"] for violation in axe(page)] == ["color-contrast"]
