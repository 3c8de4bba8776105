"""Rows of another practice never show, whatever the address."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

import hygie.server
from hygie.evidence.model import Verdict
from hygie.server.checkups.services import begin
from hygie.server.practice.models import Practice
from hygie.workstation.checks.loader import checks
from tests.server.stored import store

SERVER = Path(hygie.server.__file__).parent


def stranger() -> Practice:
    return Practice.objects.create(name="Un autre cabinet", started_at=datetime(2020, 1, 1, tzinfo=UTC))


def shown(client: Client, address: str) -> str:
    """The page, less the mark of its form, which is new each time."""
    return re.sub(r'value="[^"]{64}"', "", client.get(address).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/bilans/{}/", "/bilans/{}/bilan.json"])
def test_the_checkup_of_another_practice_does_not_exist(client: Client, url: str) -> None:
    number = store({}, owner=stranger())
    assert client.get(url.format(number)).status_code == 404
    assert client.get(url.format(store())).status_code == 200
    assert client.get(url.format(uuid4())).status_code == 404


@pytest.mark.django_db
def test_nothing_of_another_practice_shows_in_lists_or_verdicts(client: Client) -> None:
    addresses = ("/", "/bilans/", "/mesures/", "/mesures/pare-feu/")
    before = {address: shown(client, address) for address in addresses}
    number = store(dict.fromkeys(checks(), Verdict.TO_FIX), owner=stranger())
    begin(stranger().id, "elsewhere", datetime.now(UTC))
    assert {address: shown(client, address) for address in addresses} == before
    assert not any(str(number) in page for page in before.values())
    assert client.get("/bilan.pdf").status_code == 404
    assert client.get("/bilans/en-cours/").status_code == 302


def test_no_code_queries_a_tenant_table_without_naming_the_practice() -> None:
    entries = set()
    for path in SERVER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "objects"
            ):
                entries.add((ast.unparse(node.value.value), node.attr))
    assert entries == {
        ("CheckUp", "create"),
        ("CheckUp", "of"),
        ("Computer", "create"),
        ("Computer", "of"),
        ("Practice", "get_or_create"),
        ("Practice", "select_for_update"),
        ("Proof", "of"),
    }


def test_every_key_of_a_tenant_table_includes_the_practice() -> None:
    from django.apps import apps
    from django.db.models import UniqueConstraint

    for model in apps.get_models():
        if model is Practice:
            continue
        keys = [set(model._meta.pk.field_names)]  # type: ignore[attr-defined]
        keys += [set(c.fields) for c in model._meta.constraints if isinstance(c, UniqueConstraint)]
        assert all({"practice", "practice_id"} & key for key in keys), model
        assert not [field.name for field in model._meta.fields if field.unique and not field.primary_key], model
