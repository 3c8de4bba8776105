"""Small damages done to a machine: one answer, or one fact, lost or spoilt at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checks.runner import judge_one
from hygie.workstation.checkup import step_groups
from hygie.workstation.collect import collect
from hygie.workstation.facts.model import Collector, FactKey, Facts, Reason, Unknown
from hygie.workstation.probe import CommandOutput, FileStatus
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.systems import collectors_for
from tests.machines.cases import recording_of
from tests.machines.questions import KINDS, asked_by, questions

TABLES = dict(zip(KINDS, ("runs", "files", "dirs", "stats"), strict=True))
GARBAGE = b"\xff\xfe\x00 \xe9 = : \n%%% \x1b[0m {\n"
NOTHING: dict[str, Any] = {"run": CommandOutput(0, b"", b""), "file": b"", "dir": ()}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One damage, and the findings it may have changed, by check."""

    kind: str
    question: str
    damage: str
    findings: dict[str, Finding]


@dataclass(frozen=True)
class Machine:
    """A recorded machine, read once: its facts, its findings, and which collectors asked each question."""

    recording: Recording
    facts: Facts
    findings: dict[str, Finding]
    askers: dict[tuple[str, Any], list[Collector]]


@cache
def machine_of(case_id: str) -> Machine:
    """The machine of a case."""
    recording = recording_of(case_id)
    askers: dict[tuple[str, Any], list[Collector]] = {}
    for collector in collectors_for(recording.identity.system):
        for kind, question, _ in questions(asked_by(collector, recording)):
            askers.setdefault((kind, question), []).append(collector)
    facts = collect(ReplayProbe(recording), collectors_for(recording.identity.system)).facts
    return Machine(recording, facts, judged(recording, facts, checks()), askers)


def judged(recording: Recording, facts: Facts, which: Any) -> dict[str, Finding]:
    """The findings of some checks."""
    groups = step_groups(facts, recording.identity.system)
    return {name: judge_one(checks()[name], facts, recording.at, groups) for name in which}


def concerned(machine: Machine, names: set[str]) -> list[str]:
    """Checks that looked at one of these facts: no other can change its mind."""
    return [check for check, finding in machine.findings.items() if names.intersection(finding.facts)]


def changed(facts: Facts, news: dict[FactKey[Any], Any]) -> Facts:
    """The same facts, some of them replaced."""
    return Facts(dict(facts.items()) | news)


@cache
def fact_mutants(case_id: str) -> tuple[Mutant, ...]:
    """Each fact lost for each reason, alone."""
    return tuple(_fact_mutants(case_id))


def _fact_mutants(case_id: str) -> Iterator[Mutant]:
    machine = machine_of(case_id)
    for key in dict(machine.facts.items()):
        names = concerned(machine, {key.name})
        lost = {"dropped": machine.facts.without(key.name)}
        lost |= {reason.value: changed(machine.facts, {key: Unknown(reason, "mutant")}) for reason in Reason}
        for damage, facts in lost.items():
            yield Mutant("fact", key.name, damage, judged(machine.recording, facts, names))


@cache
def answer_mutants(case_id: str) -> tuple[Mutant, ...]:
    """Each answer removed, emptied, cut, garbled, failed, refused or late; what did not exist, refused or late."""
    return tuple(_answer_mutants(case_id))


def _answer_mutants(case_id: str) -> Iterator[Mutant]:
    machine = machine_of(case_id)
    for (kind, question), askers in machine.askers.items():
        answer = getattr(machine.recording, TABLES[kind]).get(question, Unknown(Reason.ABSENT))
        for damage, spoilt in damages(kind, answer):
            recording = spoilt_copy(machine.recording, kind, question, spoilt)
            news = dict(collect(ReplayProbe(recording), askers).facts.items())
            names = concerned(machine, {key.name for key in news})
            text = " ".join(question) if isinstance(question, tuple) else question
            yield Mutant(kind, text, damage, judged(recording, changed(machine.facts, news), names))


def spoilt_copy(recording: Recording, kind: str, question: Any, answer: Any) -> Recording:
    """The same recording with another answer to one question."""
    copy = replace(recording)
    setattr(copy, TABLES[kind], {**getattr(recording, TABLES[kind]), question: answer})
    return copy


def damages(kind: str, answer: Any) -> Iterator[tuple[str, Any]]:
    """Every way to spoil one answer, with its name."""
    for reason in (Reason.RIGHTS, Reason.TIMEOUT):
        yield reason.value, Unknown(reason, "mutant")
    if isinstance(answer, Unknown):
        return
    yield "removed", Unknown(Reason.ABSENT, "mutant")
    if kind in NOTHING:
        yield "emptied", NOTHING[kind]
        yield "half", half(answer)
    if kind == "file":
        yield "garbage", GARBAGE
    if isinstance(answer, CommandOutput):
        yield "garbage", CommandOutput(0, GARBAGE, b"")
        yield "failed", replace(answer, status=1)


def half(answer: bytes | tuple[str, ...] | CommandOutput | FileStatus) -> Any:
    """The first half of an answer."""
    if isinstance(answer, CommandOutput):
        return replace(answer, stdout=answer.stdout[: len(answer.stdout) // 2])
    return answer[: len(answer) // 2] if isinstance(answer, (bytes, tuple)) else answer
