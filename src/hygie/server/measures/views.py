"""All measures, and one page for each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hygie.server.measures.words import cited, how_proven, how_seen, part_words, subject_of, why_state
from hygie.server.overview.summary import findings_of, steps_of, summary
from hygie.server.ui.shown import Shown


@require_safe
def every_measure(request: HttpRequest) -> HttpResponse:
    """The measures by theme; ``?etat=`` keeps one state (an unknown one keeps all)."""
    here = summary(timezone.now())
    asked = request.GET.get("etat", "")
    wanted = Shown(asked) if asked in set(Shown) else None
    themes = [
        (theme, [state for state in states if wanted in (None, Shown.of(state))], proven, len(states))
        for theme, states, proven in here.themes
    ]
    counts = [(word, sum(Shown.of(s) is word for s in here.states)) for word in Shown]
    context = {
        "here": here,
        "themes": [theme for theme in themes if theme[1]],
        "counts": [(word, number) for word, number in counts if number],
        "wanted": wanted,
    }
    return render(request, "measures/all.html", context)


@require_safe
def one_measure(request: HttpRequest, measure: str) -> HttpResponse:
    """Why, in what state and why, what was seen, how to do it here, what proves it, who asks for it."""
    here = summary(timezone.now())
    state = next((s for s in here.states if s.measure.id == measure), None)
    if state is None:
        raise Http404
    fixes = {finding.fix for finding in findings_of(state.measure, here.report) if finding.fix}
    context = {
        "here": here,
        "state": state,
        "why_state": why_state(state),
        "proofs": [
            (proof, subject_of(proof), how_seen(proof, here.report), here.report and here.report.of_check(proof.source))
            for proof in state.evidence
        ],
        "fixes": sorted(fixes),
        "steps": steps_of(state.measure, here.report),
        "ways": [[(part.part, how_proven(part.part), part_words(part)) for part in way] for way in state.ways],
        "texts": cited(state.measure),
    }
    return render(request, "measures/one.html", context)
