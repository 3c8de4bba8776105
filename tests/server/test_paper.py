"""One page of paper, readable by a screen reader, that says what the screen says."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from hygie.evidence.model import Verdict
from hygie.server.overview.summary import summary
from hygie.server.reports.paper import typeset_paper
from hygie.workstation.checks.loader import checks
from tests.server.stored import first_checks, store

pytestmark = pytest.mark.django_db


def paper(client: Client) -> PdfReader:
    response = client.get("/bilan.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def words(text: str) -> str:
    """Spaces and line ends made alike: what is compared is the words."""
    return re.sub(r"\s+", " ", text)


def test_before_any_checkup_there_is_no_paper(client: Client) -> None:
    assert client.get("/bilan.pdf").status_code == 404


def test_the_paper_says_the_sentence_and_the_counts_of_the_screen(client: Client) -> None:
    store(dict.fromkeys(first_checks(3), Verdict.TO_FIX))
    text = words(paper(client).pages[0].extract_text())
    screen = words(client.get("/").content.decode())
    sentence = re.search(r"<h1>(.*?)</h1>", screen)
    assert sentence
    assert sentence.group(1) in text
    assert re.search(r"\d+ mesures? prouvées? sur \d+", text)
    for check in first_checks(3):
        assert words(checks()[check].texts.title_fix) in text


def test_the_paper_is_tagged_in_french_and_carries_its_fonts(client: Client) -> None:
    store(dict.fromkeys(first_checks(3), Verdict.TO_FIX))
    pdf = paper(client)
    catalog = pdf.root_object
    assert catalog["/MarkInfo"]["/Marked"] == True  # type: ignore[index] # noqa: E712 - pypdf's own booleans
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).lower().startswith("fr")
    assert pdf.metadata
    assert pdf.metadata.title
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    fonts = pdf.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    assert fonts
    for font in fonts:
        assert "Atkinson" in font.get_object()["/BaseFont"]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_paper_is_one_page_whatever_was_found(client: Client, verdict: Verdict) -> None:
    store(dict.fromkeys(checks(), verdict))
    assert len(paper(client).pages) == 1


def test_the_paper_gives_every_step_of_the_next_action_under_the_title_of_its_check(client: Client) -> None:
    store(dict.fromkeys(checks(), Verdict.TO_FIX))
    here = summary(datetime.now(UTC))
    assert here.first
    text = words(paper(client).pages[0].extract_text())
    for group in here.first.steps:
        assert text.count(words(group.title)) >= 1
        for step in group.steps:
            assert words(step).replace("`", "").replace(" ", "")[:40] in text.replace(" ", "")
    assert "la suite est sur la page de Hygie" not in text


def test_steps_that_do_not_fit_are_said_to_go_on_elsewhere() -> None:
    pdf = PdfReader(io.BytesIO(typeset_paper(longest(steps=40))))
    assert len(pdf.pages) == 1
    assert "… la suite est sur la page de Hygie." in words(pdf.pages[0].extract_text())


def test_the_paper_is_one_page_with_the_longest_texts_the_data_files_allow() -> None:
    assert len(PdfReader(io.BytesIO(typeset_paper(longest(steps=4)))).pages) == 1


def longest(*, steps: int) -> dict[str, Any]:
    """The texts of a page that is as full as can be."""
    long = ("mot " * 200)[:120]
    group = {"lines": [long] * 8, "more": "… et 34 autres"}
    return {
        "tone": "À corriger sans attendre",
        "sentence": f"Ce poste n’est pas assez protégé. À faire d’abord : {long} (et 41 autres points).",
        "computer": "poste · Linux",
        "date": "dimanche 22 novembre 2026 à 10 h 32",
        "rights": "sans les droits d’administrateur",
        "proven": "0 mesure prouvée sur 54",
        "declared": "0 mesure déclarée",
        "verdicts": [
            ["À corriger", 20],
            ["À surveiller", 3],
            ["Non vérifiable", 12],
            ["En ordre", 7],
            ["Sans objet", 2],
        ],
        "action": {
            "heading": "À faire maintenant",
            "title": long,
            "why": ("mot " * 100)[:400],
            "seen": ("mot " * 70)[:260],
            "cost": "20 minutes, par votre prestataire informatique",
            "steps": [{"title": long, "steps": [("mot " * 70)[:260]] * steps}],
        },
        "to_fix": group,
        "unread": {**group, "lines": [long] * 5},
    }
