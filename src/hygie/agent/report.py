"""A check-up as JSON: schema "hygie-bilan", version 1, described in docs/schema/bilan-1.schema.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from hygie import __version__
from hygie.evidence.model import Verdict
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp
from hygie.workstation.facts.model import Fact, FactKey, Facts, Known, NotApplicable
from hygie.workstation.probe import Identity

SCHEMA, VERSION = "hygie-bilan", 1


def report_of(checkup: CheckUp) -> dict[str, Any]:
    """The whole check-up, JSON-ready: findings, and the facts behind them with their sources."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "hygie": __version__,
        "computer": {
            "id": checkup.identity.computer,
            "name": checkup.identity.host_name,
            "system": checkup.identity.system,
        },
        "at": checkup.at.isoformat(),
        "took_ms": checkup.took_ms,
        "elevated": checkup.identity.elevated,
        "findings": [_finding(finding) for finding in checkup.findings],
        "facts": {key.name: _fact(key, fact) for key, fact in checkup.facts.items()},
        "timings": [{"collector": t.collector, "ms": t.ms, "finished": t.finished} for t in checkup.timings],
    }


class ReportError(ValueError):
    """A report cannot be read. The message is French, for the person who brought it."""


def checkup_of(report: object) -> CheckUp:
    """The check-up behind a report, without its facts; ReportError when it is not one that this version reads."""
    if not isinstance(report, Mapping) or report.get("schema") != SCHEMA or report.get("version") != VERSION:
        raise ReportError(f"ce n’est pas un bilan de Hygie que cette version sait lire (version {VERSION} attendue)")
    try:
        computer = report["computer"]
        identity = Identity(computer["system"], "", 0, "", report["elevated"] is True, computer["id"], computer["name"])
        at = datetime.fromisoformat(report["at"])
        findings = tuple(_finding_of(finding) for finding in report["findings"])
        took_ms = int(report["took_ms"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"ce bilan est incomplet ou abîmé ({error})") from error
    if at.tzinfo is None:
        raise ReportError("la date de ce bilan n’a pas de fuseau horaire")
    return CheckUp(identity, at, took_ms, Facts({}), findings, ())


def _finding_of(data: Mapping[str, Any]) -> Finding:
    return Finding(
        check=str(data["check"]),
        verdict=Verdict(data["verdict"]),
        title=str(data["title"]),
        sentence=str(data["sentence"]),
        observed=str(data["observed"]),
        expected=str(data["expected"]),
        facts=tuple(str(name) for name in data["facts"]),
        steps=tuple(str(step) for step in data["steps"]),
        needs_admin=data["needs_admin"] is True,
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "verdict": finding.verdict.value,
        "title": finding.title,
        "sentence": finding.sentence,
        "observed": finding.observed,
        "expected": finding.expected,
        "facts": list(finding.facts),
        "steps": list(finding.steps),
        "needs_admin": finding.needs_admin,
    }


def _fact(key: FactKey[Any], fact: Fact[Any]) -> dict[str, Any]:
    if isinstance(fact, Known):
        status = {"status": "known", "value": plain(fact.value), "default_applied": fact.default_applied}
    elif isinstance(fact, NotApplicable):
        status = {"status": "not_applicable", "detail": fact.why}
    else:
        status = {"status": "unknown", "reason": fact.reason.value, "detail": fact.detail}
    return {"title": key.title, "source": fact.source, **status}


def plain(value: Any) -> Any:
    """A value of a fact as JSON knows it: tables, lists, texts, numbers."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [plain(item) for item in value]
        return sorted(items) if isinstance(value, (set, frozenset)) else items
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
