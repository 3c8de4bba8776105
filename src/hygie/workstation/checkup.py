"""One check-up: facts read, judged, and turned into evidence about measures."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hygie.catalogue.model import Catalogue, Kind
from hygie.evidence.model import Evidence, Verdict
from hygie.workstation.checks.model import Check, Finding
from hygie.workstation.checks.runner import judge_all
from hygie.workstation.collect import Timing, collect
from hygie.workstation.facts.model import Collector, Facts, Known
from hygie.workstation.facts.system import DESKTOP, OS_VERSION
from hygie.workstation.probe import Identity, Probe

# A check shown with a measure without deciding it lives as long as an ordinary machine proof.
INFORMING_DAYS = 30


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What one look at one machine brought."""

    identity: Identity
    at: datetime
    took_ms: int
    facts: Facts
    findings: tuple[Finding, ...]
    timings: tuple[Timing, ...]

    def count(self, verdict: Verdict) -> int:
        """How many findings carry this verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)


def run_checkup(probe: Probe, collectors: Sequence[Collector], checks: Sequence[Check]) -> CheckUp:
    """Reads and judges the machine behind ``probe``. Dates are those of the probe (a recording keeps its own)."""
    started = time.monotonic()
    collection = collect(probe, collectors)
    findings = judge_all(checks, collection.facts, probe.now, step_groups(collection.facts, probe.identity.system))
    took_ms = round((time.monotonic() - started) * 1000)
    return CheckUp(probe.identity, probe.now, took_ms, collection.facts, tuple(findings), collection.timings)


def step_groups(facts: Facts, system: str) -> tuple[str, ...]:
    """Which written steps fit this machine, most precise first: its desktop, its family, its system."""
    groups: list[str] = []
    desktop = facts.get(DESKTOP)
    groups.append(desktop.value if isinstance(desktop, Known) else "serveur")
    version = facts.get(OS_VERSION)
    if isinstance(version, Known):
        families = {version.value.id, *version.value.like}
        groups += [family for family in ("debian", "fedora") if family in families]
    return (*groups, system)


def evidence_of(checkup: CheckUp, catalogue: Catalogue, practice: str) -> list[Evidence]:
    """Each finding as dated evidence about every measure it decides or informs."""
    evidence = []
    for finding in checkup.findings:
        for measure in catalogue.measures_of_source(finding.check):
            days = next((p.valid_days for p in measure.parts if finding.check in p.sources), INFORMING_DAYS)
            evidence.append(
                Evidence(
                    practice=practice,
                    measure=measure.id,
                    kind=Kind.PROBE,
                    source=finding.check,
                    subject=checkup.identity.computer,
                    verdict=finding.verdict,
                    observed_at=checkup.at,
                    expires_at=checkup.at + timedelta(days=days),
                    since=checkup.at,
                    sentence=finding.sentence,
                )
            )
    return evidence
