"""What other programs read: the published JSON schema, and OCSF judged by an outside library."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding  # type: ignore[import-untyped]

from hygie.agent.ocsf import events_of
from hygie.agent.report import SCHEMA, VERSION, report_of
from hygie.catalogue.loader import catalogue
from hygie.evidence.model import Verdict
from hygie.workstation.checks.loader import checks
from hygie.workstation.checks.model import Finding
from hygie.workstation.checkup import CheckUp, run_checkup
from hygie.workstation.collect import Timing
from hygie.workstation.facts.model import Fact, FactKey, Facts, Known, NotApplicable, Reason, Unknown
from hygie.workstation.probe import Identity
from hygie.workstation.probes.real import RealProbe
from hygie.workstation.systems import collectors_for
from tests.workstation.desktops import gnome
from tests.workstation.machines import NOW

ROOT = Path(__file__).resolve().parents[2]
SCHEMA_FILE = ROOT / "docs" / "schema" / f"bilan-{VERSION}.schema.json"
PAGE = (ROOT / "docs" / "bilan-json.md").read_text(encoding="utf-8")
OCSF_STATUS = {"ok": 1, "watch": 2, "to_fix": 3, "unknown": 0, "not_applicable": 99}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.fixture(scope="module")
def real() -> CheckUp:
    """A check-up of the machine that runs the tests."""
    probe = RealProbe()
    return run_checkup(probe, collectors_for("linux"), list(checks().values()))


@pytest.fixture
def every_verdict() -> CheckUp:
    """One finding of each verdict, one fact of each kind."""
    findings = tuple(
        Finding(
            f"controle-{n}", verdict, "Titre", "Phrase.", "vu", "attendu", ("fait",), ("Étape.",), needs_admin=n == 3
        )
        for n, verdict in enumerate(Verdict)
    )
    facts: dict[FactKey[Any], Fact[Any]] = {
        FactKey("connu", "le connu"): Known({"liste": [1, NOW, {"b", "a"}]}, "ici", "défaut"),
        FactKey("inconnu", "l’inconnu"): Unknown(Reason.RIGHTS, "ici", "fermé"),
        FactKey("sans-objet", "le sans objet"): NotApplicable("rien à voir", "ici"),
    }
    identity = Identity("linux", "accueil", 1000, "/home/accueil", elevated=False, computer="0" * 16, host_name="poste")
    return CheckUp(identity, NOW, 12, Facts(facts), findings, (Timing("lecture", 3, finished=False),))


def faults(schema: dict[str, Any], report: object) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(schema).iter_errors(report)]


def as_json(value: object) -> Any:
    """As a reader gets it: through real JSON."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def test_a_real_checkup_follows_the_published_schema(schema: dict[str, Any], real: CheckUp) -> None:
    report = as_json(report_of(real))
    assert faults(schema, report) == []
    assert len(report["findings"]) == len(checks())


def test_a_desktop_follows_the_published_schema(schema: dict[str, Any]) -> None:
    checkup = run_checkup(gnome(), collectors_for("linux"), list(checks().values()))
    assert faults(schema, as_json(report_of(checkup))) == []


def test_every_verdict_and_every_kind_of_fact_follow_the_published_schema(
    schema: dict[str, Any], every_verdict: CheckUp
) -> None:
    report = as_json(report_of(every_verdict))
    assert faults(schema, report) == []
    assert [finding["verdict"] for finding in report["findings"]] == [verdict.value for verdict in Verdict]
    assert report["facts"]["connu"]["value"] == {"liste": [1, NOW.isoformat(), ["a", "b"]]}


@pytest.mark.parametrize(
    "path", [("at",), ("computer", "id"), ("findings", 0, "verdict"), ("facts", "connu", "source")]
)
def test_the_schema_refuses_a_report_that_lacks_a_field(
    schema: dict[str, Any], every_verdict: CheckUp, path: tuple[str | int, ...]
) -> None:
    report = as_json(report_of(every_verdict))
    holder = report
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert faults(schema, report)


def test_the_schema_refuses_what_it_does_not_name(schema: dict[str, Any], every_verdict: CheckUp) -> None:
    for spoil in ("root", "finding", "fact", "verdict"):
        report = as_json(report_of(every_verdict))
        if spoil == "root":
            report["extra"] = 1
        elif spoil == "finding":
            report["findings"][0]["extra"] = 1
        elif spoil == "fact":
            report["facts"]["inconnu"]["value"] = 1
        else:
            report["findings"][0]["verdict"] = "green"
        assert faults(schema, report), spoil


def test_the_schema_names_this_format(schema: dict[str, Any]) -> None:
    assert schema["properties"]["schema"]["const"] == SCHEMA
    assert schema["properties"]["version"]["const"] == VERSION


def test_the_page_explains_every_field_and_every_word_of_the_schema(schema: dict[str, Any]) -> None:
    words: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            words.update(node.get("properties", {}))
            words.update(node.get("enum", []))
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(schema)
    assert {word for word in words if f"`{word}`" not in PAGE} == set()
    assert set(OCSF_STATUS) == set(schema["$defs"]["finding"]["properties"]["verdict"]["enum"])


def test_the_page_and_the_events_agree_on_the_status_of_each_verdict(every_verdict: CheckUp) -> None:
    said = {row[0]: int(row[1]) for row in re.findall(r"^\| `(\w+)` \|[^|]+\| (\d+), \w+ \|$", PAGE, re.MULTILINE)}
    events = events_of(every_verdict, catalogue())
    assert said == OCSF_STATUS
    assert {e["unmapped"]["verdict"]: e["compliance"]["status_id"] for e in events} == OCSF_STATUS


def test_every_event_is_a_compliance_finding_for_an_outside_judge(real: CheckUp, every_verdict: CheckUp) -> None:
    events = as_json(events_of(real, catalogue()) + events_of(every_verdict, catalogue()))
    assert len(events) == len(checks()) + len(Verdict)
    for event in events:
        read = ComplianceFinding.model_validate(event)
        assert (int(read.class_uid), int(read.type_uid)) == (2003, 200301)
        assert int(read.compliance.status_id or 0) == OCSF_STATUS[event["unmapped"]["verdict"]]
        assert read.finding_info.uid.endswith(f":{event['time']}")
        assert [resource.uid for resource in read.resources or []] == [event["resources"][0]["uid"]]
        unread = set(event) - set(ComplianceFinding.model_fields)
        assert unread == set()


def test_an_event_lacking_what_the_class_requires_is_refused_by_the_outside_judge(every_verdict: CheckUp) -> None:
    for required in ("metadata", "severity_id", "activity_id", "finding_info", "compliance", "time", "type_uid"):
        event = as_json(events_of(every_verdict, catalogue())[0])
        del event[required]
        with pytest.raises(ValueError, match=required):
            ComplianceFinding.model_validate(event)


def test_an_unread_point_never_passes_in_ocsf(every_verdict: CheckUp) -> None:
    passed = [
        e["unmapped"]["verdict"] for e in events_of(every_verdict, catalogue()) if e["compliance"]["status"] == "Pass"
    ]
    assert passed == ["ok"]
