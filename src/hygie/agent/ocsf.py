"""A check-up as OCSF Compliance Findings (class 2003), for the tools of an IT provider.

Source: https://schema.ocsf.io/1.3.0/classes/compliance_finding. One event a finding.
"""

from __future__ import annotations

from typing import Any

from hygie import __version__
from hygie.catalogue.model import Catalogue
from hygie.evidence.model import Verdict
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp

OCSF_VERSION = "1.3.0"
CLASS_UID, CATEGORY_UID = 2003, 2
CREATE = 1
# compliance.status_id of OCSF: 1 Pass, 2 Warning, 3 Fail, 0 Unknown, 99 Other.
COMPLIANCE = {
    Verdict.OK: (1, "Pass"),
    Verdict.WATCH: (2, "Warning"),
    Verdict.TO_FIX: (3, "Fail"),
    Verdict.UNKNOWN: (0, "Unknown"),
    Verdict.NOT_APPLICABLE: (99, "Other"),
}
# severity_id of OCSF: 1 Informational, 2 Low, 3 Medium.
SEVERITY = {Verdict.TO_FIX: (3, "Medium"), Verdict.WATCH: (2, "Low")}
INFORMATIONAL = (1, "Informational")


def events_of(checkup: CheckUp, catalogue: Catalogue) -> list[dict[str, Any]]:
    """One OCSF event a finding, JSON-ready."""
    return [_event(checkup, finding, catalogue) for finding in checkup.findings]


def _event(checkup: CheckUp, finding: Finding, catalogue: Catalogue) -> dict[str, Any]:
    milliseconds = int(checkup.at.timestamp() * 1000)
    severity_id, severity = SEVERITY.get(finding.verdict, INFORMATIONAL)
    measures = catalogue.measures_of_source(finding.check)
    event: dict[str, Any] = {
        "activity_id": CREATE,
        "activity_name": "Create",
        "category_uid": CATEGORY_UID,
        "category_name": "Findings",
        "class_uid": CLASS_UID,
        "class_name": "Compliance Finding",
        "type_uid": CLASS_UID * 100 + CREATE,
        "type_name": "Compliance Finding: Create",
        "time": milliseconds,
        "severity_id": severity_id,
        "severity": severity,
        "status_id": 1,
        "status": "New",
        "message": finding.sentence,
        "metadata": {
            "version": OCSF_VERSION,
            "product": {"name": "Hygie", "vendor_name": "Hygie", "version": __version__, "lang": "fr"},
            "event_code": finding.check,
        },
        "finding_info": {
            "uid": f"{checkup.identity.computer}:{finding.check}:{milliseconds}",
            "title": finding.title,
            "desc": finding.sentence,
            "created_time": milliseconds,
            "types": [measure.id for measure in measures],
        },
        "compliance": _compliance(finding, [measure.id for measure in measures]),
        "resources": [_resource(checkup)],
        "unmapped": {"verdict": finding.verdict.value, "observed": finding.observed, "expected": finding.expected},
    }
    if finding.steps:
        event["remediation"] = {"desc": " ".join(finding.steps)}
    return event


def _compliance(finding: Finding, measures: list[str]) -> dict[str, Any]:
    status_id, status = COMPLIANCE[finding.verdict]
    return {
        "control": finding.check,
        "standards": ["Hygie"],
        "requirements": measures,
        "status_id": status_id,
        "status": status,
        "status_detail": finding.sentence,
    }


def _resource(checkup: CheckUp) -> dict[str, Any]:
    """The computer. ``device`` belongs to the host profile, whose readers ask for an address: none is given out."""
    identity = checkup.identity
    return {"uid": identity.computer, "name": identity.host_name, "type": "Computer", "data": {"os": identity.system}}
