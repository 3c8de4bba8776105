"""Applies a plan and undoes it. The old state is on the disk before the first change; a failure undoes all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hygie import __version__
from hygie.workstation.fixes.hand import Hand, HandError
from hygie.workstation.fixes.model import FixPlan
from hygie.workstation.fixes.records import RecordError, RecordState, StepState, UndoRecord, save
from hygie.workstation.fixes.steps import StaleError, undo_command


class FixError(Exception):
    """A correction or its undoing stopped. The message is French: what happened and how the machine was left."""


class ForeignChangeError(FixError):
    """Somebody changed the value since: undoing would wipe their choice. ``forced`` does it all the same."""


def apply(plan: FixPlan, hand: Hand, folder: Path, now: datetime, *, may_install: bool = False) -> UndoRecord:
    """Does every step of the plan, and returns the record by which it is undone.

    ``folder``: where undo records are kept. ``may_install``: the person agreed to the packages of the plan.
    Raises FixError; the machine is then as it was, or the message says what is not.
    """
    if plan.installs and not may_install:
        raise FixError(f"Il faut votre accord pour installer : {', '.join(plan.installs)}. Rien n’a été changé.")
    try:
        steps = [step.ready(hand) for step in plan.steps]
        record = UndoRecord(
            id=f"{now:%Y%m%dT%H%M%S%f}-{plan.fix}",
            fix=plan.fix,
            title=plan.title,
            at=now,
            who=plan.who,
            hygie=__version__,
            state=RecordState.STARTED,
            steps=list(steps),
            progress=[StepState.PLANNED] * len(steps),
        )
        save(record, folder)
    except (HandError, StaleError, RecordError) as error:
        raise FixError(f"Correction abandonnée : {error}. Rien n’a été changé.") from error
    try:
        _do_all(record, hand, folder)
    except (HandError, RecordError) as error:
        raise FixError(_roll_back(record, hand, folder, error)) from error
    return record


def _do_all(record: UndoRecord, hand: Hand, folder: Path) -> None:
    for number, step in enumerate(record.steps):
        record.progress[number] = StepState.BEGUN
        save(record, folder)
        step.do(hand)
        record.steps[number] = step.done(hand)
        record.progress[number] = StepState.DONE
        save(record, folder)
    record.state = RecordState.APPLIED
    save(record, folder)


def _roll_back(record: UndoRecord, hand: Hand, folder: Path, failure: Exception) -> str:
    """Undoes what was done, and tells in French how the machine was left."""
    try:
        _undo_all(record, hand, folder, RecordState.ROLLED_BACK)
    except (HandError, RecordError) as error:
        return (
            f"Correction interrompue : {failure}. Le retour en arrière a échoué aussi : {error}. "
            f"L’état d’avant est noté : relancez {undo_command(record.id, record.steps)}."
        )
    return f"Correction interrompue : {failure}. Tout ce qui avait été changé a été remis comme avant."


def undo(record: UndoRecord, hand: Hand, folder: Path, *, forced: bool = False) -> None:
    """Puts every value back exactly, last step first; ``record`` is updated on the disk.

    Raises ForeignChangeError, before touching anything, when somebody changed a value since and ``forced`` is False;
    FixError when a step could not be undone: undoing again resumes where it stopped.
    """
    if not record.can_be_undone:
        already = "déjà " if record.state is RecordState.UNDONE else ""
        raise FixError(f"Rien à annuler : cette correction est {already}{record.state.label}.")
    try:
        others = [record.steps[n].what for n in _in_place(record) if record.steps[n].touched_by_others(hand)]
    except HandError as error:
        raise FixError(f"Annulation abandonnée : {error}. Rien n’a été changé.") from error
    if others and not forced:
        what, command = " ; ".join(others), undo_command(record.id, record.steps)
        raise ForeignChangeError(
            f"Quelqu’un a changé depuis : {what}. Annuler effacerait ce choix. "
            f"Pour le faire quand même : {command.removesuffix('`')} --forcer`."
        )
    try:
        _undo_all(record, hand, folder, RecordState.UNDONE)
    except (HandError, RecordError) as error:
        raise FixError(f"Annulation incomplète : {error}. Relancez la même commande pour la reprendre.") from error


def _in_place(record: UndoRecord) -> list[int]:
    """Numbers of the steps that are, or may be, in place; the last first."""
    there = (StepState.BEGUN, StepState.DONE)
    return [number for number in reversed(range(len(record.steps))) if record.progress[number] in there]


def _undo_all(record: UndoRecord, hand: Hand, folder: Path, state: RecordState) -> None:
    """Undoes every step in place. One that fails does not keep the others in place, nor does a full disk."""
    problems: list[str] = []
    for number in _in_place(record):
        try:
            record.steps[number].undo(hand)
            record.progress[number] = StepState.UNDONE
            save(record, folder)
        except (HandError, RecordError) as error:
            problems.append(str(error))
    if not _in_place(record):
        record.state = state
        save(record, folder)
    if problems:
        raise HandError(" ; ".join(problems))
