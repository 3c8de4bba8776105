"""What the terminal says of a check-up: sums that are right, the order of the plan, commands that work as typed."""

from __future__ import annotations

import io

from hygie.agent.terminal import Terminal, counted, ranks_in_plan
from hygie.catalogue.loader import catalogue
from hygie.evidence.model import Verdict
from hygie.evidence.plan import plan
from hygie.evidence.states import assess
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp, evidence_of
from hygie.workstation.collect import Timing
from hygie.workstation.facts.model import Facts
from hygie.workstation.fixes.registry import FIXES
from hygie.workstation.probe import Identity
from tests.workstation.machines import NOW

CHECKS = checks()


def checkup_of(verdicts: dict[str, Verdict]) -> CheckUp:
    identity = Identity("linux", "accueil", 1000, "/home/accueil", elevated=False, computer="0" * 16, host_name="poste")
    findings = tuple(
        Finding(check, verdict, f"Titre {check}", "Tapez `ici`.", "", "", (), ()) for check, verdict in verdicts.items()
    )
    return CheckUp(identity, NOW, 1, Facts({}), findings, (Timing("t", 1, finished=True),))


def shown(checkup: CheckUp) -> str:
    stream = io.StringIO()
    Terminal(stream).show(checkup, catalogue(), replayed=False, detail=False)
    return stream.getvalue().replace("\u00a0", " ")


def test_every_verdict_given_is_counted_and_no_other() -> None:
    several = {f"x{number}": verdict for number, verdict in enumerate([*Verdict, Verdict.UNKNOWN])}
    assert counted(checkup_of(several)).replace("\u00a0", " ") == (
        "6 contrôles : 1 à corriger, 1 à surveiller, 2 non vérifiables, 1 en ordre, 1 sans objet."
    )
    assert counted(checkup_of({"x": Verdict.UNKNOWN})).replace("\u00a0", " ") == "1 contrôle : 1 non vérifiable."


def test_what_is_to_fix_comes_in_the_order_of_the_plan_and_without_back_quotes() -> None:
    checkup = checkup_of(dict.fromkeys(CHECKS, Verdict.TO_FIX))
    ranks = ranks_in_plan(plan(assess(catalogue(), evidence_of(checkup, catalogue(), ""), NOW), NOW))
    said = shown(checkup)
    order = sorted(ranks.keys() & CHECKS.keys(), key=lambda name: said.index(f"Titre {name}\n"))
    assert [ranks[name] for name in order] == sorted(ranks[name] for name in order)
    assert len(order) > 5
    assert "`" not in said


def test_a_correction_of_the_whole_computer_is_typed_with_sudo() -> None:
    assert {fix.id: fix.command.startswith("sudo ") for fix in FIXES.values()} == {
        "verrouillage": False,
        "mises-a-jour-automatiques": True,
        "pare-feu": True,
        "execution-automatique": False,
    }
    said = shown(checkup_of({check.id: Verdict.TO_FIX for check in CHECKS.values() if check.texts.fix}))
    assert [fix.command for fix in FIXES.values() if f"Hygie peut le faire : {fix.command}\n" not in said] == []
