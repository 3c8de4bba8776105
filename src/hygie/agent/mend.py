"""``hygie corriger`` and ``hygie annuler``: shown first, agreed to, applied, checked again, undone on demand."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from hygie.agent.folders import undo_folder
from hygie.catalogue.typeset import typeset
from hygie.workstation.checks.loader import checks
from hygie.workstation.checkup import run_checkup
from hygie.workstation.fixes.engine import FixError, apply, undo
from hygie.workstation.fixes.hand import RealHand
from hygie.workstation.fixes.model import FixPlan, FixRefusal
from hygie.workstation.fixes.records import RecordError, find_record, list_records
from hygie.workstation.fixes.registry import list_fixes, prepare
from hygie.workstation.fixes.steps import undo_command
from hygie.workstation.fixes.text import render_plan, render_record
from hygie.workstation.probe import Probe
from hygie.workstation.probes.real import RealProbe
from hygie.workstation.systems import collectors_for

DONE, NOT_DONE = 0, 2  # never 1, which means that a check-up found something to fix
AGREEMENT = ("o", "oui")


def say(text: str) -> None:
    """A text without the back quotes that mark commands: one types what one reads."""
    print(typeset(text).replace("`", ""))


def mend(arguments: argparse.Namespace) -> int:
    """``corriger``: 0 when applied or already in place, 2 when the person declines or it cannot be done."""
    probe = RealProbe()
    if arguments.fix is None:
        return _list_fixes(probe)
    plan = prepare(arguments.fix, probe)
    say(render_plan(plan))
    if isinstance(plan, FixRefusal):
        return DONE if plan.in_place else NOT_DONE
    if not arguments.oui and not _agreed("Appliquer ces changements ? (oui/non) "):
        say("Rien n’a été changé.")
        return NOT_DONE
    return _apply(plan, probe)


def _list_fixes(probe: Probe) -> int:
    say("Ce que Hygie sait corriger, et défaire :")
    for fix in list_fixes():
        plan = prepare(fix.id, probe)
        state = "possible maintenant" if isinstance(plan, FixPlan) else plan.why
        say(f"  {fix.id}\n      {fix.title}\n      {state}\n      {fix.command}")
    say("\nRien ne change avant votre accord.")
    return DONE


def _apply(plan: FixPlan, probe: Probe) -> int:
    try:
        record = apply(plan, RealHand(probe), undo_folder(), datetime.now(UTC), may_install=True)
    except FixError as error:
        say(str(error))
        return NOT_DONE
    say("\nC’est fait. Vérification :")
    for sentence in _checked_again(plan.fix):
        say(f"  {sentence}")
    say(f"Pour revenir en arrière : {undo_command(record.id, record.steps)}")
    return DONE


def _checked_again(fix: str) -> list[str]:
    """What the checks that name this correction say now, read anew on the machine."""
    concerned = [check for check in checks().values() if check.texts.fix == fix]
    probe = RealProbe()
    checkup = run_checkup(probe, collectors_for(probe.identity.system), concerned)
    return [f"{finding.verdict.label} : {finding.sentence}" for finding in checkup.findings]


def take_back(arguments: argparse.Namespace) -> int:
    """``annuler``: 0 when put back (or nothing to list), 2 when it cannot be done."""
    if arguments.record is None:
        return _list_records()
    folder = undo_folder()
    try:
        record = find_record(folder, arguments.record)
        undo(record, RealHand(RealProbe()), folder, forced=arguments.forcer)
    except (RecordError, FixError) as error:
        say(f"{str(error)[:1].upper()}{str(error)[1:]}")
        return NOT_DONE
    say(f"C’est remis comme avant : {record.title}.")
    for sentence in _checked_again(record.fix):
        say(f"  {sentence}")
    return DONE


def _list_records() -> int:
    records, problems = list_records(undo_folder())
    if not records and not problems:
        say("Aucune correction n’a été faite avec cette session. Une correction faite avec sudo se défait avec sudo.")
    for record in records:
        say(render_record(record))
    for problem in problems:
        say(problem)
    steps = [step for record in records if record.can_be_undone for step in record.steps]
    if steps:
        say(f"\nPour en défaire une : {undo_command('NOM', steps)}")
    return DONE


def _agreed(question: str) -> bool:
    """True only for a clear yes typed by a person; no terminal, no agreement."""
    if not sys.stdin.isatty():
        say("Pour appliquer sans poser la question, ajoutez --oui.")
        return False
    try:
        return input(f"\n{question}").strip().lower() in AGREEMENT
    except EOFError:  # Ctrl+D is no yes
        return False
