"""``hygie verifier``: one check-up in the terminal, of this computer or of a recording."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from hygie.catalogue.fields import CatalogueError
from hygie.catalogue.loader import catalogue
from hygie.evidence.model import Verdict
from hygie.workstation.checks.loader import checks
from hygie.workstation.checkup import CheckUp, run_checkup
from hygie.workstation.probe import Probe
from hygie.workstation.systems import collectors_for

ALL_IN_ORDER, SOMETHING_TO_FIX, REFUSED, NOT_ALL_KNOWN = 0, 1, 2, 3


def verify(arguments: argparse.Namespace) -> int:
    """Runs the verb; the exit status says the worst that was found."""
    try:
        if arguments.enregistrer:
            return _record(arguments)
        checkup = _check(_probe(arguments.rejouer))
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return REFUSED
    _show(arguments, checkup)
    if arguments.rejouer is None:
        _hand_over(checkup)
    return status_of(checkup)


def _hand_over(checkup: CheckUp) -> None:
    """What only root could read reaches the page of the person who called sudo."""
    if not checkup.identity.elevated or not checkup.identity.uid:
        return
    from hygie.agent.handover import leave_for_page
    from hygie.agent.report import report_of

    if leave_for_page(report_of(checkup), checkup.identity):
        print("Ce bilan apparaît aussi dans la page de Hygie.", file=sys.stderr)


def status_of(checkup: CheckUp) -> int:
    """0 all in order, 1 something to fix, 3 nothing to fix but not everything is known."""
    if checkup.count(Verdict.TO_FIX):
        return SOMETHING_TO_FIX
    return NOT_ALL_KNOWN if checkup.count(Verdict.UNKNOWN) else ALL_IN_ORDER


def _probe(replayed: Path | None) -> Probe:
    if replayed is None:
        from hygie.workstation.probes.real import RealProbe

        return RealProbe()
    from hygie.workstation.probes.files import load_recording
    from hygie.workstation.probes.replay import ReplayProbe

    return ReplayProbe(load_recording(replayed))


def _check(probe: Probe) -> CheckUp:
    return run_checkup(probe, collectors_for(probe.identity.system), list(checks().values()))


def _show(arguments: argparse.Namespace, checkup: CheckUp) -> None:
    if arguments.json:
        from hygie.agent.report import report_of

        print(json.dumps(report_of(checkup), ensure_ascii=False, indent=2))
    elif arguments.ocsf:
        from hygie.agent.ocsf import events_of

        print(json.dumps(events_of(checkup, catalogue()), ensure_ascii=False, indent=2))
    else:
        from hygie.agent.terminal import Terminal

        Terminal(sys.stdout).show(checkup, catalogue(), replayed=arguments.rejouer is not None, detail=arguments.detail)


def _record(arguments: argparse.Namespace) -> int:
    from hygie.agent.recording import record

    folder: Path = arguments.enregistrer
    if arguments.rejouer:
        print("Choisissez : --enregistrer ou --rejouer, pas les deux.", file=sys.stderr)
        return REFUSED
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"Le dossier {folder} n’est pas vide. Choisissez un dossier neuf.", file=sys.stderr)
        return REFUSED
    return record(_probe(None), folder, sys.stdout)
