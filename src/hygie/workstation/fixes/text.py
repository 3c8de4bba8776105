"""Corrections in French: what will change, what was changed, why nothing will."""

from __future__ import annotations

import shlex

from hygie.catalogue.french import day_and_hour
from hygie.workstation.fixes.hand import FileState
from hygie.workstation.fixes.model import FixPlan, FixRefusal
from hygie.workstation.fixes.records import UndoRecord
from hygie.workstation.fixes.steps import FileStep, SettingStep, Step, undo_command


def render_plan(plan: FixPlan | FixRefusal) -> str:
    """Everything that the correction would do, one block a change; or the reason of a refusal."""
    if isinstance(plan, FixRefusal):
        return f"Aucune correction : {plan.why}" if not plan.in_place else plan.why
    lines = [plan.title, "", "Voici exactement ce qui va changer :"]
    for number, step in enumerate(plan.steps, 1):
        lines += [f"{number}. {step.what}", *(f"   {line}" for line in _details(step))]
    if plan.installs:
        lines += ["", f"Logiciel à installer : {', '.join(plan.installs)}."]
    lines += [f"Attention : {warning}" for warning in plan.warnings]
    lines += ["", f"Pour revenir en arrière ensuite : {undo_command(plan.fix, plan.steps)}."]
    return "\n".join(lines)


def render_record(record: UndoRecord) -> str:
    """One line a record: when (in the time of this computer), what, in which state, and its id."""
    return f"{day_and_hour(record.at.astimezone())} · {record.title} · {record.state.label} · {record.id}"


def _details(step: Step) -> list[str]:
    if isinstance(step, SettingStep):
        origin = " (valeur d’origine)" if step.at_default else ""
        command = shlex.join(["gsettings", "set", step.schema, step.key, step.new])
        return [f"avant : {step.old}{origin}", f"après : {step.new}", f"commande : {command}"]
    if isinstance(step, FileStep):
        before = ["avant : ce fichier n’existe pas"] if step.old is None else _content("avant", step.old)
        return [f"fichier : {step.path}", *before, *_content("après", step.new)]
    commands = [f"commande : {shlex.join(argv)}" for argv in step.do_argvs]
    return [f"avant : {step.old}", f"après : {step.new}", *commands]


def _content(word: str, state: FileState) -> list[str]:
    text = state.data.decode("utf-8", "backslashreplace")
    return [f"{word} :", *(f"  {line}" for line in text.splitlines())]
