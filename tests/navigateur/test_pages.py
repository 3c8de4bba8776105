"""Every page in a real browser: accessible, never wider than the screen, usable by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.catalogue.loader import catalogue
from hygie.evidence.model import Verdict
from hygie.server.checkups import work
from hygie.server.checkups.services import begin, interrupt
from hygie.workstation.checks.loader import checks
from tests.server.stored import COMPUTER, checkup, practice, store

Axe = Callable[[Page], list[dict[str, Any]]]
NOW = datetime.now(UTC)
SCHEMES = ["light", "dark"]
NAMES = [
    "accueil",
    "mesures",
    "filtre",
    "mesure",
    "bilans",
    "bilan",
    "interrompu",
    "incident",
    "introuvable",
    "en cours",
]


# Smaller than 24 pixels, and not a link inside a sentence (WCAG 2.2, 2.5.8).
TOO_SMALL = """[...document.querySelectorAll('a, button, summary')].filter(e => {
    const box = e.getBoundingClientRect(), text = e.closest('p')?.textContent.trim();
    const inSentence = (text && text !== e.textContent.trim()) || e.closest('dd');
    return box.width && !e.matches('.skip') && !inSentence && (box.height < 24 || box.width < 24);
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def pages(transactional_db: None, live_server: LiveServer) -> dict[str, str]:
    """The address of each page, for a practice where every verdict was met."""
    mixed = {check: list(Verdict)[place % 5] for place, check in enumerate(checks())}
    interrupted = begin(practice().id, COMPUTER, NOW - timedelta(days=2))
    interrupt(practice().id, NOW)
    store({}, NOW - timedelta(days=1))
    number = store(mixed, NOW)
    begin(practice().id, "another", NOW - timedelta(days=3))
    measure = next(
        m for check, v in mixed.items() if v is Verdict.TO_FIX for m in catalogue().measures_of_source(check)
    )
    paths = [
        "/",
        "/mesures/",
        "/mesures/?etat=to_do",
        f"/mesures/{measure.id}/",
        "/bilans/",
        f"/bilans/{number}/",
        f"/bilans/{interrupted}/",
        "/incident/",
        "/nimporte/",
        "/bilans/en-cours/?fixe",
    ]
    return {name: live_server.url + path for name, path in zip(NAMES, paths, strict=True)}


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_any_page(page: Page, axe: Axe, pages: dict[str, str], scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    found = {}
    for name, address in pages.items():
        page.goto(address)
        open_all(page)
        found[name] = axe(page)
    assert not any(found.values()), found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_before_any_checkup(page: Page, axe: Axe, live_server: LiveServer, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("/", "/bilans/", "/mesures/"):
        page.goto(live_server.url + path)
        assert axe(page) == []


@pytest.mark.parametrize("width", [360, 320])
def test_no_page_is_wider_than_a_telephone_or_than_a_screen_at_400_percent(
    page: Page, pages: dict[str, str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 256})
    for name, address in pages.items():
        page.goto(address)
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_titles_tell_pages_apart(page: Page, pages: dict[str, str]) -> None:
    titles = {}
    for name, address in pages.items():
        page.goto(address)
        titles[name] = page.title()
    assert len(set(titles.values())) == len(pages), titles


def test_the_keyboard_meets_the_shortcut_first_and_sees_where_it_is(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["accueil"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        tag = page.evaluate("document.activeElement.tagName")
        seen.add(tag)
        assert tag == "BODY" or (width >= 3 and style != "none"), page.evaluate("document.activeElement.outerHTML")
    assert {"A", "SUMMARY", "BUTTON"} <= seen


def test_what_one_presses_is_large_enough(page: Page, pages: dict[str, str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for name, address in pages.items():
        page.goto(address)
        assert page.evaluate(TOO_SMALL) == [], name


def test_a_checkup_is_made_again_without_any_script(
    chromium: Browser, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "look_at_this_computer", lambda: checkup({}, datetime.now(UTC)))
    interrupt(practice().id, NOW)
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(pages["accueil"])
    page.get_by_role("button", name="Refaire le bilan").click()
    expect(page.locator("h1")).to_contain_text("bien protégé")
    page.get_by_text("Comment faire").first.click()
    expect(page.locator(".card ol li").first).to_be_visible()
    context.close()


def test_the_progress_page_comes_back_by_itself_until_the_result(
    page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(practice().id, COMPUTER, datetime.now(UTC))
    page.goto(live_server.url)
    expect(page.locator("h1")).to_have_text("Le bilan est en cours")
    assert number
    interrupt(practice().id, datetime.now(UTC))
    expect(page.locator("h1")).to_contain_text("Rien n’est encore prouvé", timeout=8000)


def test_print_leaves_the_menus_out_and_keeps_the_message(page: Page, pages: dict[str, str]) -> None:
    page.emulate_media(media="print")
    for name in ("accueil", "incident", "mesure", "bilan"):
        page.goto(pages[name])
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("nav").first).to_be_hidden()
        expect(page.locator(".alarm")).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.goto(pages["bilan"])
    open_all(page)
    expect(page.locator(".finding .read").first).to_be_hidden()
    page.goto(pages["incident"])
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
