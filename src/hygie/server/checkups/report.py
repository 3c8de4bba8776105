"""Reads a stored report back, whatever the version that wrote it: what is not understood is unknown, never ok."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hygie.evidence.model import Verdict
from hygie.server.ui.french import NBSP, count, date_and_time
from hygie.workstation.checks.loader import checks
from hygie.workstation.facts.model import Reason

SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
READING_ORDER = (Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.OK, Verdict.NOT_APPLICABLE)
MOST_ITEMS = 12  # of a list, on the page; the JSON has them all
MOST_CHARACTERS = 300  # of a text, on the page


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact behind a finding, in words."""

    title: str
    source: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as the page shows it. ``fix`` names the correction Hygie can make by itself, or ""."""

    check: str
    verdict: Verdict
    title: str
    sentence: str
    observed: str
    expected: str
    steps: tuple[str, ...]
    needs_admin: bool
    fix: str
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A check-up as the page shows it."""

    computer: str
    name: str
    system: str
    at: datetime | None
    took_ms: int
    elevated: bool
    findings: tuple[FindingLine, ...]

    @property
    def system_label(self) -> str:
        """The system by its name."""
        return SYSTEMS.get(self.system, self.system)

    @property
    def groups(self) -> list[tuple[Verdict, list[FindingLine]]]:
        """Findings by verdict, what to fix first; empty groups are left out."""
        grouped = ((v, self.with_verdict(v)) for v in READING_ORDER)
        return [(verdict, lines) for verdict, lines in grouped if lines]

    @property
    def in_order(self) -> list[FindingLine]:
        """What was seen in place."""
        return self.with_verdict(Verdict.OK)

    @property
    def unread(self) -> list[FindingLine]:
        """What could not be read for want of rights."""
        return [line for line in self.findings if line.needs_admin]

    def with_verdict(self, verdict: Verdict) -> list[FindingLine]:
        """The findings that carry this verdict."""
        return [line for line in self.findings if line.verdict is verdict]

    def of_check(self, check: str) -> FindingLine | None:
        """The finding of one check."""
        return next((line for line in self.findings if line.check == check), None)


def read_report(data: Mapping[str, Any]) -> Report:
    """The report of a check-up; an empty one when the check-up did not end."""
    computer = data.get("computer") or {}
    facts = {name: _fact(name, fact) for name, fact in (data.get("facts") or {}).items()}
    return Report(
        computer=str(computer.get("id", "")),
        name=str(computer.get("name", "")),
        system=str(computer.get("system", "")),
        at=datetime.fromisoformat(data["at"]) if "at" in data else None,
        took_ms=int(data.get("took_ms", 0)),
        elevated=bool(data.get("elevated")),
        findings=tuple(_finding(finding, facts) for finding in data.get("findings", ())),
    )


def verdict_of(word: str) -> Verdict:
    """The verdict by its stored name; UNKNOWN for a name this version does not know."""
    return Verdict(word) if word in set(Verdict) else Verdict.UNKNOWN


def _finding(finding: Mapping[str, Any], facts: Mapping[str, FactLine]) -> FindingLine:
    known = checks().get(finding["check"])
    verdict = verdict_of(finding["verdict"])
    return FindingLine(
        check=finding["check"],
        verdict=verdict,
        title=finding.get("title") or finding["check"],
        sentence=finding.get("sentence", ""),
        observed=finding.get("observed", ""),
        expected=finding.get("expected", ""),
        steps=tuple(finding.get("steps", ())),
        needs_admin=bool(finding.get("needs_admin")),
        fix=known.texts.fix if known and verdict is Verdict.TO_FIX else "",
        facts=tuple(facts[name] for name in finding.get("facts", ()) if name in facts),
    )


def _fact(name: str, fact: Mapping[str, Any]) -> FactLine:
    title, source = fact.get("title") or name, fact.get("source", "")
    if fact.get("status") == "known":
        return FactLine(title, source, value_text(fact.get("value")), fact.get("default_applied", ""))
    if fact.get("status") == "not_applicable":
        return FactLine(title, source, "sans objet", fact.get("detail", ""))
    reason = fact.get("reason", "")
    words = Reason(reason).label if reason in set(Reason) else "raison inconnue"
    return FactLine(title, source, f"inconnu{NBSP}: {words}", fact.get("detail", ""))


def value_text(value: Any) -> str:
    """A value in words; long lists and long texts are cut, and it is said."""
    if value is None or value in ("", [], {}):
        return "rien"
    if isinstance(value, list):
        shown = ", ".join(_item(item) for item in value[:MOST_ITEMS])
        left = len(value) - MOST_ITEMS
        return shown if left <= 0 else f"{shown}, … et {count(left, 'autre', 'autres')}"
    if isinstance(value, str) and (moment := _moment(value)):
        return date_and_time(moment)
    return _cut(_item(value))


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{name}{NBSP}: {_item(item)}" for name, item in value.items())
    if isinstance(value, bool):
        return "oui" if value else "non"
    return _cut(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…"


def _moment(text: str) -> datetime | None:
    """An aware date and time as the report writes them."""
    try:
        moment = datetime.fromisoformat(text) if text[4:5] == "-" and "T" in text else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
