"""The check-up in a terminal: a sentence of truth, what to fix first, the rest in short. 80 columns, no jargon."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Sequence
from typing import Any, TextIO

from hygie.agent.report import plain
from hygie.catalogue.french import NBSP, count, day_and_hour
from hygie.catalogue.model import Catalogue
from hygie.evidence.headline import Tone, computer_headline, provable_by_machine
from hygie.evidence.model import Verdict
from hygie.evidence.plan import Action, plan
from hygie.evidence.score import score
from hygie.evidence.states import assess
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp, evidence_of
from hygie.workstation.facts.model import Fact, Known, NotApplicable
from hygie.workstation.fixes.registry import FIXES

WIDTH = 78
COLOURS = {Tone.DANGER: "31", Tone.CARE: "33", Tone.DOUBT: "36", Tone.CALM: "32"}
MARKS = {
    Verdict.TO_FIX: "✗",
    Verdict.UNKNOWN: "?",
    Verdict.WATCH: "!",
    Verdict.OK: "✓",
}
SECTIONS = (
    (Verdict.TO_FIX, "À corriger"),
    (Verdict.WATCH, "En place, à surveiller"),
    (Verdict.UNKNOWN, "Non vérifiable aujourd’hui"),
    (Verdict.OK, "En ordre"),
)
# How each verdict is counted: one, several.
COUNTED = {
    Verdict.TO_FIX: ("à corriger", "à corriger"),
    Verdict.WATCH: ("à surveiller", "à surveiller"),
    Verdict.UNKNOWN: ("non vérifiable", "non vérifiables"),
    Verdict.OK: ("en ordre", "en ordre"),
    Verdict.NOT_APPLICABLE: ("sans objet", "sans objet"),
}


class Terminal:
    """Writes to a stream; colours only for a person's terminal (NO_COLOR is honoured)."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.coloured = stream.isatty() and "NO_COLOR" not in os.environ

    def show(self, checkup: CheckUp, catalogue: Catalogue, *, replayed: bool, detail: bool) -> None:
        """The whole check-up."""
        states = assess(catalogue, evidence_of(checkup, catalogue, ""), checkup.at)
        headline = computer_headline(states)
        counts = score(states)
        provable = sum(provable_by_machine(state.measure) for state in states)
        self._line()
        self._line(self._paint(self._wrap(headline.sentence), f"1;{COLOURS[headline.tone]}"))
        self._line()
        where = "Enregistrement d’un poste" if replayed else "Bilan de ce poste"
        moment = day_and_hour(checkup.at.astimezone())
        self._line(f"{where}, le {moment}, en {checkup.took_ms / 1000:.1f} s.".replace(".", ",", 1))
        self._line(self._wrap(counted(checkup)))
        proven = count(counts.proven, "mesure prouvée", "mesures prouvées")
        self._line(f"{proven} sur {counts.total}. Ce poste peut en prouver {provable} à lui seul.")
        ranks = ranks_in_plan(plan(states, checkup.at))
        findings = sorted(checkup.findings, key=lambda finding: ranks.get(finding.check, len(catalogue.measures)))
        for verdict, title in SECTIONS:
            self._section(title, [f for f in findings if f.verdict is verdict])
        self._left_out([f.title for f in checkup.findings if f.verdict is Verdict.NOT_APPLICABLE])
        self._admin_hint(checkup, replayed=replayed)
        if detail:
            self._detail(checkup)
        self._line()

    def _section(self, title: str, findings: list[Finding]) -> None:
        if not findings:
            return
        self._line()
        self._line(self._paint(f"{title} ({len(findings)})", "1"))
        for finding in findings:
            self._line(self._wrap(f"{finding.title}", first=f"  {MARKS[finding.verdict]} ", rest="    "))
            self._line(self._wrap(finding.sentence, first="    ", rest="    "))
            if finding.verdict is Verdict.TO_FIX:
                self._steps(finding)

    def _left_out(self, subjects: list[str]) -> None:
        if subjects:
            self._line()
            self._line(self._paint(f"Sans objet sur ce poste ({len(subjects)})", "1"))
            self._line(self._wrap(f"{' · '.join(subjects)}.", first="    ", rest="    "))

    def _steps(self, finding: Finding) -> None:
        for number, step in enumerate(finding.steps, 1):
            self._step(step, f"      {number}. ")
        fix = checks()[finding.check].texts.fix
        if fix:
            self._line(f"      Hygie peut le faire{NBSP}: {FIXES[fix].command}")

    def _step(self, step: str, first: str) -> None:
        """One step; each command stands alone on its line, ready to be copied without its full stop."""
        blank = " " * len(first)
        for index, piece in enumerate(step.split("`")):
            text = piece.strip(" .,;") if index else piece.strip()
            if index % 2:
                self._line(self._paint(f"{blank}  {piece}", "36"))
            elif text:
                self._line(self._wrap(text, first=blank if index else first, rest=blank))

    def _admin_hint(self, checkup: CheckUp, *, replayed: bool) -> None:
        lacking = sum(finding.needs_admin for finding in checkup.findings)
        if lacking and not replayed:
            self._line()
            what = count(lacking, "point demande", "points demandent")
            self._line(
                self._wrap(f"{what} les droits d’administrateur. Pour les vérifier aussi : sudo ./hygie verifier")
            )

    def _detail(self, checkup: CheckUp) -> None:
        self._line()
        self._line(self._paint("Faits lus", "1"))
        for key, fact in checkup.facts.items():
            self._line(self._wrap(f"{key.name} : {fact_text(fact)}", first="  ", rest="    "))
        self._line()
        self._line(self._paint("Durées", "1"))
        for timing in sorted(checkup.timings, key=lambda t: -t.ms):
            self._line(f"  {timing.ms:6} ms  {timing.collector}{'' if timing.finished else ' (abandonné)'}")

    def _wrap(self, text: str, first: str = "", rest: str = "") -> str:
        # A no-break space is kept together: textwrap only breaks on ordinary ones.
        lines = textwrap.wrap(
            text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        return "\n".join(lines)

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.coloured else text

    def _line(self, text: str = "") -> None:
        print(text.replace("`", ""), file=self.stream)


def counted(checkup: CheckUp) -> str:
    """« 44 contrôles : 3 à corriger, 30 en ordre… »; every verdict given is named, so that the sum is right."""
    given = [(verdict, checkup.count(verdict)) for verdict in COUNTED if checkup.count(verdict)]
    parts = ", ".join(count(number, *COUNTED[verdict]) for verdict, number in given)
    return f"{count(len(checkup.findings), 'contrôle')}{NBSP}: {parts}."


def ranks_in_plan(actions: Sequence[Action]) -> dict[str, int]:
    """The place of each check in the plan: that of the first measure that it decides or informs."""
    ranks: dict[str, int] = {}
    for rank, action in enumerate(actions):
        for check in (*(source for part in action.measure.parts for source in part.sources), *action.measure.also):
            ranks.setdefault(check, rank)
    return ranks


def fact_text(fact: Fact[Any]) -> str:
    """A fact in one line: value and source, or why it is not known."""
    source = f" [{fact.source}]" if fact.source else ""
    if isinstance(fact, Known):
        default = f" ({fact.default_applied})" if fact.default_applied else ""
        text = str(plain(fact.value))
        return f"{text if len(text) <= 400 else text[:400] + '…'}{default}{source}"
    if isinstance(fact, NotApplicable):
        return f"sans objet, {fact.why}{source}"
    detail = f", {fact.detail}" if fact.detail else ""
    return f"inconnu, {fact.reason.label}{detail}{source}"
