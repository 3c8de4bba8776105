"""Recorded machines and the verdicts that a doctor expects of them: ``linux/<case>/{machine,expected}.toml``.

``expected.toml`` says in French what is special about the machine, then gives the verdict of every check; a trap says
``like = "../healthy-machine"`` and only lists what differs. ``fools`` tells what a hasty tool would get wrong. Folders
named ``reel-…`` come from machines that ran.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hygie.catalogue.fields import Table, read_toml
from hygie.evidence.model import Verdict
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import run_checkup
from hygie.workstation.probes.files import load_recording
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.systems import collectors_for

HERE = Path(__file__).parent
EXPECTED = "expected.toml"
PRAISE = frozenset({Verdict.OK, Verdict.WATCH})
DOUBT = frozenset({Verdict.TO_FIX, Verdict.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Case:
    """One recorded machine. ``differing`` is what sets it apart from ``like`` (everything when it is like none)."""

    id: str
    folder: Path
    title: str
    fools: str
    like: str
    differing: dict[str, Verdict]
    expected: dict[str, Verdict]

    @property
    def real(self) -> bool:
        """Recorded by Hygie on a machine that really ran ("reel-…"), not written by hand."""
        return self.id.startswith("reel-")

    @property
    def healthy(self) -> bool:
        """A hand-written machine on which traps are built."""
        return not self.like and not self.real


@dataclass(frozen=True, slots=True)
class Gap:
    """A check whose verdict is not the one expected."""

    check: str
    expected: Verdict
    found: Verdict
    sentence: str

    @property
    def false_green(self) -> bool:
        """Praised where something is wrong or not known: the worst defect."""
        return self.found in PRAISE and self.expected in DOUBT

    @property
    def false_red(self) -> bool:
        """Blamed without cause."""
        return self.found is Verdict.TO_FIX

    def __str__(self) -> str:
        kind = "FALSE GREEN" if self.false_green else "FALSE RED" if self.false_red else "other"
        return f"{kind:11} {self.check}: expected {self.expected}, found {self.found}: {self.sentence}"


def read_case(folder: Path) -> Case:
    """The case of a folder; CatalogueError when its table is wrong."""
    table = Table(folder / EXPECTED, read_toml(folder / EXPECTED))
    like = table.text("like", default="")
    title, fools = table.text("title", most=200), table.text("fools", default="", most=300)
    verdicts = table.table("verdicts")
    differing = {check: verdicts.choice(check, Verdict) for check in verdicts.data}
    verdicts.done()
    table.done()
    base = read_case((folder / like).resolve()) if like else None
    expected = {**(base.expected if base else {}), **differing}
    return Case(folder.name, folder, title, fools, base.id if base else "", differing, expected)


@cache
def cases() -> tuple[Case, ...]:
    """Every case, healthy machines first, then by name."""
    found = [read_case(path.parent) for path in HERE.glob(f"*/*/{EXPECTED}")]
    return tuple(sorted(found, key=lambda case: (bool(case.like), case.id)))


@cache
def recording_of(case_id: str) -> Recording:
    """What the machine answered. Shared: not to be changed."""
    return load_recording(next(case.folder for case in cases() if case.id == case_id))


def findings_of(recording: Recording) -> tuple[Finding, ...]:
    """Every finding on a recorded machine."""
    probe = ReplayProbe(recording)
    return run_checkup(probe, collectors_for(recording.identity.system), tuple(checks().values())).findings


@cache
def gaps(case_id: str) -> tuple[Gap, ...]:
    """Where the verdicts are not those expected."""
    case = next(case for case in cases() if case.id == case_id)
    return tuple(
        Gap(finding.check, case.expected[finding.check], finding.verdict, finding.sentence)
        for finding in findings_of(recording_of(case_id))
        if case.expected.get(finding.check) not in (None, finding.verdict)
    )
