"""What the pages say with care: whose steps, what was never looked at, what the disk refused."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import OperationalError
from django.test import Client

from hygie.catalogue.loader import catalogue
from hygie.catalogue.model import Kind, Scope
from hygie.evidence.model import Verdict
from hygie.server.checkups import work
from hygie.server.ui.templatetags.hygie import fix_command
from hygie.workstation.checks.loader import checks
from hygie.workstation.fixes.model import FixRefusal
from hygie.workstation.fixes.registry import list_fixes, prepare
from tests.server.stored import first_checks, store
from tests.server.test_pages import text
from tests.workstation.machines import machine, regular

pytestmark = pytest.mark.django_db


def test_steps_stand_under_the_title_of_the_check_that_asks_for_them(client: Client) -> None:
    measure = next(m for m in catalogue().measures.values() if sum(len(p.sources) for p in m.parts) > 1)
    asked = [source for part in measure.parts for source in part.sources if source in checks()]
    store(dict.fromkeys(asked, Verdict.TO_FIX))
    content = client.get(f"/mesures/{measure.id}/").content.decode()
    assert content.count('class="for"') == len(asked) > 1
    how = content.split("Comment faire")[1]
    for check in asked:
        after = how.split(f"<strong>{checks()[check].texts.title_fix}</strong>")[1]
        assert after.index("<ol>") < 20


def test_the_first_page_counts_what_is_in_order_as_well(client: Client) -> None:
    first, second, third, *_ = first_checks(4)
    number = store({first: Verdict.TO_FIX, second: Verdict.UNKNOWN, third: Verdict.UNKNOWN})
    page = text(client, "/")
    assert f"Sur ce poste : {len(checks()) - 3} points en ordre, 1 à corriger, 2 non vérifiables." in page
    assert f'<p class="points"><a href="/bilans/{number}/">' in client.get("/").content.decode()


def test_measures_without_object_are_said_beside_the_total(client: Client) -> None:
    store(dict.fromkeys(checks(), Verdict.NOT_APPLICABLE))
    assert " sans objet " in text(client, "/").split("mesure prouvée sur ")[1][:30]
    store({})
    assert "sans objet" not in text(client, "/").split("prouvées sur ")[1][:30]


def test_what_was_never_proven_is_not_accused(client: Client) -> None:
    (fault, *_) = first_checks(1)
    store({fault: Verdict.TO_FIX})
    never = next(m for m in catalogue().measures.values() if all(p.kind is not Kind.PROBE for p in m.parts))
    page = text(client, f"/mesures/{never.id}/")
    assert "Pas encore prouvée Rien ne la prouve encore. Pourquoi" in page
    (failed, *_) = catalogue().measures_of_source(fault)
    assert "À faire Un défaut a été constaté. À faire avant le" in text(client, f"/mesures/{failed.id}/")
    lists = {state: client.get(f"/mesures/?etat={state}").content.decode() for state in ("to_do", "not_yet")}
    assert never.id in lists["not_yet"]
    assert never.id not in lists["to_do"]
    for state, content in lists.items():
        shown = content.count(f'class="state {state}"')
        assert f"({shown})" in content.split('aria-current="true"')[1].split("</a>")[0]


def test_a_computer_that_is_not_concerned_leaves_the_proof_to_another(client: Client) -> None:
    measure = next(
        m
        for m in catalogue().measures.values()
        if any(p.scope is Scope.PRACTICE and p.kind is Kind.PROBE and not p.planned for p in m.parts)
    )
    store(dict.fromkeys(checks(), Verdict.NOT_APPLICABLE))
    page = text(client, f"/mesures/{measure.id}/")
    assert "Pas encore prouvée Ce poste n’est pas concerné ; un autre poste du cabinet peut le prouver." in page
    store({})
    assert "un autre poste" not in text(client, f"/mesures/{measure.id}/")


def test_a_proof_is_titled_by_what_was_looked_at(client: Client) -> None:
    (check, *_) = first_checks(1)
    store({check: Verdict.TO_FIX})
    subject = checks()[check].texts.subject
    page = text(client, f"/mesures/{catalogue().measures_of_source(check)[0].id}/")
    assert f"{subject[:1].upper()}{subject[1:]} : à corriger" in page
    assert "Lu sur ce poste, le " in page


def test_what_was_read_stays_out_of_print(client: Client) -> None:
    number = store({})
    assert '<details class="read"><summary>Ce qui a été lu' in client.get(f"/bilans/{number}/").content.decode()


def test_a_correction_is_shown_with_the_rights_it_asks_for() -> None:
    probe = machine(elevated=False, stats={"/usr/bin/apt-get": regular()})
    asking = set()
    for fix in list_fixes():
        answer = prepare(fix.id, probe)
        if isinstance(answer, FixRefusal) and fix_command(fix.id) in answer.why:
            asking.add(fix.id)
    assert asking == {fix.id for fix in list_fixes() if fix.needs_root}


def a_real_refusal() -> OperationalError:
    """What Django raises where the database cannot be written."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA query_only=ON")
    error = OperationalError("refused")
    try:
        database.execute("CREATE TABLE one (two)")
    except sqlite3.OperationalError as cause:
        error.__cause__ = cause
    return error


@pytest.mark.parametrize("error", [a_real_refusal(), OSError(28, "No space left on device")], ids=["base", "disque"])
def test_a_disk_that_takes_nothing_more_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(work, "begin", refused)
    response = client.post("/bilans/nouveau/")
    assert response.status_code == 503
    said = " ".join(response.content.decode().split())
    assert "Le disque est plein ou protégé : ce bilan n’a pas été gardé. Les précédents le sont." in said
    assert "Libérez de la place, puis recommencez." in said


def test_a_database_that_is_only_busy_does_not_blame_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(work, "begin", busy)
    client.raise_request_exception = False
    response = client.post("/bilans/nouveau/")
    assert response.status_code == 500
    assert "Le disque est plein" not in response.content.decode()
