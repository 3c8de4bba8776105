"""Where the practice stands: the judge's answer, and the check-up behind it, ready for a page or for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Measure, Theme
from hygie.evidence.headline import Headline, computer_headline, provable_by_machine
from hygie.evidence.model import Verdict
from hygie.evidence.plan import Action, plan
from hygie.evidence.score import Score, score
from hygie.evidence.states import MeasureState, Standing, State, assess
from hygie.server.checkups.report import FindingLine, Report, read_report
from hygie.server.checkups.services import latest
from hygie.server.practice.services import local_practice
from hygie.server.proofs.services import evidence_of

MOST_NEXT = 5  # actions shown after the first one: more is not read
DOUBTS = (Standing.UNKNOWN, Standing.EXPIRED)
MOST_SEEN = 2  # sentences of evidence under the first action


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do, in order, about one thing found wrong; no ``title`` for the general way of a measure."""

    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action with what was seen and how to carry it out on this computer.

    ``fixes``: the corrections that Hygie can make by itself. ``seen_here``: a machine showed the need.
    """

    action: Action
    seen: tuple[str, ...]
    steps: tuple[Steps, ...]
    fixes: tuple[str, ...]
    seen_here: bool

    @property
    def doubt(self) -> bool:
        """True when the thing to do is first of all to know."""
        return self.action.standing in DOUBTS

    @property
    def heading(self) -> str:
        """What stands above the first action."""
        if not self.seen_here:
            return "Rien d’urgent sur ce poste. Pour le cabinet"
        return "À vérifier maintenant" if self.doubt else "À faire maintenant"


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the first page and the paper say."""

    now: datetime
    practice_id: UUID
    states: tuple[MeasureState, ...]
    score: Score
    headline: Headline
    to_do: tuple[ToDo, ...]
    report: Report | None
    checkup: UUID | None

    @property
    def first(self) -> ToDo | None:
        """The one next action."""
        return self.to_do[0] if self.to_do else None

    @property
    def next(self) -> tuple[ToDo, ...]:
        """The few that come after it."""
        return self.to_do[1 : 1 + MOST_NEXT]

    @property
    def provable_here(self) -> int:
        """How many measures this computer could prove by itself."""
        return sum(provable_by_machine(state.measure) for state in self.states)

    @property
    def themes(self) -> list[tuple[Theme, list[MeasureState], int]]:
        """Each theme, its measures, and how many are proven."""
        groups = [(theme, [s for s in self.states if s.measure.theme is theme]) for theme in Theme]
        return [(theme, states, sum(s.state is State.PROVEN for s in states)) for theme, states in groups if states]


def summary(now: datetime) -> Summary:
    """The summary of the local practice at ``now``; three queries."""
    practice = local_practice(now)
    checkup = latest(practice.id, now)
    report = read_report(checkup.report) if checkup else None
    states = assess(catalogue(), evidence_of(practice.id), now)
    actions = [to_do for action in plan(states, now) if (to_do := _to_do(action, report)).seen_here or action.possible]
    return Summary(
        now=now,
        practice_id=practice.id,
        states=tuple(states),
        score=score(states),
        headline=computer_headline(states),
        to_do=tuple(sorted(actions, key=lambda a: not a.seen_here)),  # what a machine showed is certain: it comes first
        report=report,
        checkup=checkup.uuid if checkup else None,
    )


def findings_of(measure: Measure, report: Report | None) -> list[FindingLine]:
    """The findings of the last check-up that decide or inform this measure, what to fix first."""
    if report is None:
        return []
    sources = {source for part in measure.parts for source in part.sources} | set(measure.also)
    return [line for _, lines in report.groups for line in lines if line.check in sources]


def steps_of(measure: Measure, report: Report | None) -> tuple[Steps, ...]:
    """How to carry the measure out: for each thing found wrong on this computer, or in general where nothing was."""
    found = findings_of(measure, report)
    wrong = tuple(Steps(f.title, f.steps) for f in found if f.verdict is Verdict.TO_FIX and f.steps)
    general = measure.steps_for(report.system if report else "all")
    return wrong or ((Steps("", tuple(general)),) if general else ())


def _to_do(action: Action, report: Report | None) -> ToDo:
    findings = findings_of(action.measure, report)
    telling = [f for f in findings if f.verdict in (Verdict.TO_FIX, Verdict.UNKNOWN)]
    return ToDo(
        action=action,
        seen=tuple(dict.fromkeys(f.sentence for f in telling[:MOST_SEEN])),
        steps=steps_of(action.measure, report),
        fixes=tuple(dict.fromkeys(f.fix for f in findings if f.fix)),
        # A proof that ended, or that a wrong clock dated, has no telling finding: it is this computer's all the same.
        seen_here=bool(telling) or (bool(findings) and action.standing in DOUBTS),
    )
