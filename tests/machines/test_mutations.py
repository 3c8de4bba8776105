"""What was lost never makes a verdict better: every answer and every fact of a machine, spoilt one at a time.

Answers are spoilt on the healthy machines (on a trap, removing the fault is a way to be healthy); facts on all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.checks.loader import checks
from hygie.workstation.facts.model import Facts, Reason, Unknown
from hygie.workstation.probe import Identity
from hygie.workstation.probes.recording import Recording
from tests.machines.cases import DOUBT, PRAISE, Case, cases, findings_of
from tests.machines.mutants import Mutant, answer_mutants, changed, fact_mutants, judged, machine_of
from tests.workstation.machines import NOW

HEALTHY = [case for case in cases() if case.healthy]
every_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
every_healthy = pytest.mark.parametrize("case", HEALTHY, ids=lambda case: case.id)

# The only check that looks at Hygie and at the clock, not at the machine.
ABOUT_HYGIE = {"liste-fins-de-vie"}

# Checks that stay ok when one of the facts they look at is lost, and why that cannot hide a fault.
ENOUGH_WITHOUT = {
    ("acces-distant-outils", "firewall"): "asked only for a listener with a screen; there is none",
    ("ports-exposes", "firewall"): "asked only for an exposed listener; there is none",
    ("disque-sante", "chassis_info"): "asked only to excuse a disk that cannot be read",
    ("onduleur-batterie", "chassis_info"): "asked only to blame a laptop without a battery",
    ("gestionnaire-present", "packages"): "one password manager is enough, wherever it was seen",
    ("gestionnaire-present", "known_apps"): "one password manager is enough, wherever it was seen",
    ("gestionnaire-present", "browser_extensions"): "one password manager is enough, wherever it was seen",
}

# Answers whose refusal changes a verdict and whose emptiness does not: an empty one is a true and documented answer.
EMPTY_IS_AN_ANSWER = {
    ("*", "dir /usr/share/wayland-sessions"): "the other folder of sessions still names the desktop",
    ("*", "dir /usr/share/xsessions"): "the other folder of sessions still names the desktop",
    ("*", "dir /snap"): "no snap is installed",
    ("*", "dir /var/lib/flatpak/app"): "no flatpak is installed",
    ("*", "dir */.local/share/applications"): "nothing was added by the person",
    ("navigateur-mots-de-passe", "dir *firefox"): "Firefox was never opened",
    ("acces-distant-ssh", "dir /etc/ssh/sshd_config.d"): "sshd_config(5): a pattern may match nothing",
    ("chiffrement-volumes", "file /etc/crypttab"): "crypttab(5): no key file is named, a person types the phrase",
    ("chiffrement-volumes", "file /proc/cmdline"): "no key file is named to the kernel",
    ("chiffrement-memoire-echange", "file /sys/block/zram0/backing_dev"): "kernel zram: no disk behind it",
    ("chiffrement-volumes", "file /run/udev/data/*"): "udev knows nothing: a partition asleep is not looked for",
    ("compte-quotidien", "dir /etc/sudoers.d"): "no rule was added",
    ("compte-quotidien", "file /etc/sudoers.d/*"): "a file without a rule",
    ("comptes-*", "file /etc/login.defs"): "login.defs(5): people have numbers from 1000 to 60000",
    ("comptes-*", "file /etc/nsswitch.conf"): "nsswitch.conf(5): accounts are in files",
    ("lecteur-cps-present", "file *bInterfaceClass"): "one device less; the reader is another one",
    ("mises-a-jour-securite", "run dnf *check-update*"): "dnf(8): prints nothing and exits 0 when nothing waits",
    ("mots-de-passe-essais", "file /etc/security/faillock.conf"): "faillock.conf(5): 3 attempts",
    ("onduleur-batterie", "dir /sys/class/power_supply"): "a computer without a battery, judged on its supply",
    ("redemarrage-du", "dir /usr/lib/modules"): "the kernel of a container is its host's: core parts decide",
    ("ouverture-automatique", "dir *sddm.conf.d"): "sddm.conf(5): nobody is logged in",
    ("ouverture-automatique", "file *sddm*"): "sddm.conf(5): nobody is logged in",
    ("ouverture-automatique", "file /etc/gdm3/*.conf"): "GDM manual: nobody is logged in",
}


def better(before: Verdict, after: Verdict) -> bool:
    """Whether a verdict improved: something became ok, or a fault or a doubt went away."""
    if before is Verdict.OK:
        return False
    return after is Verdict.OK or (before in DOUBT and after not in DOUBT)


def improvements(case: Case, mutants: Iterable[Mutant]) -> list[str]:
    """What became better by losing something, in words."""
    before = machine_of(case.id).findings
    return [
        f"{mutant.kind} {mutant.question} {mutant.damage}: {check} was {before[check].verdict}, says {finding.sentence}"
        for mutant in mutants
        for check, finding in mutant.findings.items()
        if better(before[check].verdict, finding.verdict)
    ]


@every_case
def test_a_lost_fact_never_makes_a_verdict_better(case: Case) -> None:
    assert improvements(case, fact_mutants(case.id)) == []


@every_healthy
def test_a_spoilt_answer_never_makes_a_verdict_better(case: Case) -> None:
    assert improvements(case, answer_mutants(case.id)) == []


@every_healthy
def test_a_refused_or_late_answer_never_makes_a_fault(case: Case) -> None:
    before = machine_of(case.id).findings
    blamed = [
        f"{mutant.kind} {mutant.question} {mutant.damage}: {finding.sentence}"
        for mutant in answer_mutants(case.id)
        if mutant.damage in (Reason.RIGHTS, Reason.TIMEOUT)
        for check, finding in mutant.findings.items()
        if finding.verdict is Verdict.TO_FIX and before[check].verdict is not Verdict.TO_FIX
    ]
    assert blamed == []


@every_healthy
def test_no_check_breaks_on_a_spoilt_answer(case: Case) -> None:
    said = {finding.sentence for mutant in answer_mutants(case.id) for finding in mutant.findings.values()}
    assert [sentence for sentence in said if "n’a pas abouti" in sentence] == []


@every_case
def test_a_verdict_without_one_of_its_facts_is_only_ok_where_the_reason_is_written(case: Case) -> None:
    before = machine_of(case.id).findings
    kept = {
        (check, mutant.question)
        for mutant in fact_mutants(case.id)
        for check, finding in mutant.findings.items()
        if before[check].verdict is Verdict.OK and finding.verdict in PRAISE
    }
    assert kept - set(ENOUGH_WITHOUT) == set()


@every_healthy
def test_an_emptied_answer_only_leaves_a_verdict_ok_where_the_reason_is_written(case: Case) -> None:
    assert sorted(unexplained(case)) == []


def unexplained(case: Case) -> set[tuple[str, str]]:
    """Answers that a check needs (some damage changes its verdict), that it does not miss when they are empty."""
    before = machine_of(case.id).findings
    kept: set[tuple[str, str]] = set()
    needed: set[tuple[str, str]] = set()
    for mutant in answer_mutants(case.id):
        for check, finding in mutant.findings.items():
            if before[check].verdict is not Verdict.OK:
                continue
            if finding.verdict is not Verdict.OK:
                needed.add((check, f"{mutant.kind} {mutant.question}"))
            elif mutant.damage == "emptied":
                kept.add((check, f"{mutant.kind} {mutant.question}"))
    return {pair for pair in kept & needed if not any(explains(known, pair) for known in EMPTY_IS_AN_ANSWER)}


def explains(known: tuple[str, str], pair: tuple[str, str]) -> bool:
    """Whether a row of the table covers this check and this answer."""
    return fnmatch(pair[0], known[0]) and fnmatch(pair[1], known[1])


@every_case
@pytest.mark.parametrize("reason", Reason)
def test_no_verdict_is_praised_when_all_its_facts_are_lost(case: Case, reason: Reason) -> None:
    machine = machine_of(case.id)
    lost = changed(machine.facts, {key: Unknown(reason, "mutant") for key, _ in machine.facts.items()})
    findings = judged(machine.recording, lost, checks())
    assert {name for name, finding in findings.items() if finding.verdict in PRAISE} <= ABOUT_HYGIE


def test_no_verdict_is_praised_without_any_fact() -> None:
    recording = Recording(Identity("linux", "alix", 1000, "/home/alix", True, "0" * 16, "poste"), NOW)  # noqa: FBT003
    findings = judged(recording, Facts({}), checks())
    assert {name for name, finding in findings.items() if finding.verdict in PRAISE} == ABOUT_HYGIE


@pytest.mark.parametrize("elevated", [True, False])
@pytest.mark.parametrize("uid", [0, 1000])
def test_a_machine_that_answers_nothing_at_all_is_praised_for_nothing(uid: int, *, elevated: bool) -> None:
    identity = Identity("linux", "alix", uid, "/home/alix", elevated, "0" * 16, "poste")
    verdicts = {finding.check: finding.verdict for finding in findings_of(Recording(identity, NOW))}
    assert {check for check, verdict in verdicts.items() if verdict in PRAISE} == ABOUT_HYGIE


@pytest.mark.parametrize("case_id", ["tout-vide", "tout-refuse", "tout-expire"])
def test_a_machine_that_is_empty_denied_or_late_is_praised_for_nothing(case_id: str) -> None:
    findings = machine_of(case_id).findings
    assert {name for name, finding in findings.items() if finding.verdict in PRAISE} == ABOUT_HYGIE
