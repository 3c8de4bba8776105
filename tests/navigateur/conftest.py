"""A real Chromium, the system's own, for the tests of this folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
AXE = HERE / "vendor" / "axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
ARGUMENTS = [
    "--no-first-run",
    "--disable-background-networking",  # the browser itself must not call home during a test
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
]

# Playwright's synchronous interface runs an event loop in this thread; the tests still use Django's database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `make unites` leaves it to `make navigateur`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("navigateur")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless; fails, and does not skip, where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium manque : lancez « make systeme »."
    # Chromium's sandbox refuses root, which is what a container's tests are run as.
    sandbox = os.geteuid() != 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, chromium_sandbox=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a fresh browser session, in French, that refuses anything outside this computer."""
    context = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    outside: list[str] = []
    context.on("request", lambda request: outside.append(request.url) if _is_outside(request.url) else None)
    yield context.new_page()
    context.close()
    assert not outside, f"the page asked for {outside}"


def _is_outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "about:", "blob:"))


@pytest.fixture
def axe() -> Callable[[Page], list[dict[str, Any]]]:
    """A function that gives the accessibility violations of a page (WCAG 2.2 AA, RGAA 4, good practice)."""
    script = (AXE / "axe.min.js").read_text("utf-8")
    french = json.loads((AXE / "fr.json").read_text("utf-8"))

    def violations(page: Page) -> list[dict[str, Any]]:
        page.evaluate(script)
        page.evaluate("locale => axe.configure({locale})", french)
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found: list[dict[str, Any]] = page.evaluate("options => axe.run(options).then(r => r.violations)", options)
        return [{"id": v["id"], "help": v["help"], "where": [n["html"] for n in v["nodes"]]} for v in found]

    return violations
