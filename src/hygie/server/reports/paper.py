"""What the page of paper says, and how typst sets it: one tagged page (PDF/UA-1), our own fonts, no network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hygie.evidence.model import Verdict
from hygie.server.checkups.report import FindingLine, Report
from hygie.server.overview.summary import Summary
from hygie.server.ui.french import NBSP, count, date_and_time, minutes
from hygie.server.ui.templatetags.hygie import tone_words

HERE = Path(__file__).parent
# The page is one page whatever was found: these many lines fit, with the longest texts the data files allow. The
# steps take the room that is left; paper.typ says so when they do not all fit.
MOST_TO_FIX, MOST_UNREAD = 8, 5
LONGEST = 260


def paper_of(here: Summary, report: Report) -> dict[str, Any]:
    """The texts of the page, ready to print."""
    score = here.score
    to_fix = report.with_verdict(Verdict.TO_FIX)
    return {
        "tone": tone_words(here.headline.tone),
        "sentence": here.headline.sentence,
        "computer": " · ".join(filter(None, [report.name, report.system_label])),
        "date": date_and_time(report.at) if report.at else "",
        "rights": "avec les droits d’administrateur" if report.elevated else "sans les droits d’administrateur",
        "proven": f"{count(score.proven, 'mesure prouvée', 'mesures prouvées')} sur {score.total}",
        "declared": count(score.declared, "mesure déclarée", "mesures déclarées"),
        "verdicts": [[verdict.label, len(lines)] for verdict, lines in report.groups],
        "action": _action(here),
        "to_fix": _titles(to_fix, MOST_TO_FIX),
        "unread": _titles(report.with_verdict(Verdict.UNKNOWN), MOST_UNREAD),
    }


def typeset_paper(data: dict[str, Any]) -> bytes:
    """The PDF; the same file on every computer, since only our fonts are used."""
    import typst

    return typst.compile(
        HERE / "paper.typ",
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
    )


def _action(here: Summary) -> dict[str, Any] | None:
    first = here.first
    if first is None:
        return None
    measure = first.action.measure
    return {
        "heading": first.heading,
        "title": measure.title_to_do,
        "why": measure.why,
        "seen": _cut(" ".join(first.seen)),
        "cost": f"{minutes(measure.minutes)}, par {measure.who.label}",
        "steps": [{"title": group.title, "steps": [_plain(s) for s in group.steps]} for group in first.steps],
    }


def _titles(lines: Sequence[FindingLine], most: int) -> dict[str, Any]:
    left = len(lines) - most
    more = f"… et {count(left, 'autre', 'autres')}{NBSP}: voir la page de Hygie." if left > 0 else ""
    return {"lines": [line.title for line in lines[:most]], "more": more}


def _plain(text: str) -> str:
    return text.replace("`", "")


def _cut(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
