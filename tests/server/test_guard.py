"""The page answers this computer only, obeys our own forms only, and leaves nothing open."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from hygie.server import folders
from hygie.server.checkups.services import history
from tests.server.stored import practice, store

ADDRESSES = ["/", "/incident/", "/mesures/", "/bilans/", "/static/ui/hygie.css"]


@pytest.fixture
def only_our_names(settings: object) -> None:
    """The hosts that users run with: the test client's own name is taken out."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.usefixtures("only_our_names")
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8137", "192.168.1.10:8137", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_that_is_not_this_computer_is_refused(host: str, address: str) -> None:
    response = Client(headers={"host": host}).get(address)
    assert response.status_code == 400
    assert "Cette demande n’est pas comprise" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("only_our_names")
@pytest.mark.parametrize("host", ["127.0.0.1:8137", "localhost:8137", "[::1]:8137"])
def test_this_computer_is_answered(host: str) -> None:
    assert Client(headers={"host": host}).get("/").status_code == 200


def test_users_run_with_loopback_names_only() -> None:
    from hygie.server import settings as shipped

    assert shipped.ALLOWED_HOSTS == ["127.0.0.1", "localhost", "[::1]"]
    assert shipped.DEBUG is False


@pytest.mark.django_db
def test_a_form_that_is_not_ours_is_refused_in_french() -> None:
    response = Client(enforce_csrf_checks=True).post("/bilans/nouveau/")
    assert response.status_code == 403
    assert "Cette action a été refusée" in response.content.decode()
    assert not history(practice().id).exists()


@pytest.mark.django_db
def test_an_action_is_not_a_link(client: Client) -> None:
    assert client.get("/bilans/nouveau/").status_code == 405
    assert not history(practice().id).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/incident/", "/mesures/", "/bilans/", "/bilans/en-cours/"])
def test_showing_takes_no_form(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_pages_forbid_scripts_frames_caches_and_strangers(client: Client) -> None:
    store()
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.django_db
def test_no_page_holds_a_script_or_a_style_of_its_own(client: Client) -> None:
    number = store()
    for address in (*ADDRESSES[:-1], f"/bilans/{number}/", "/mesures/pare-feu/", "/rien/"):
        content = client.get(address).content.decode()
        assert "<script" not in content
        assert "<style" not in content
        assert " style=" not in content


@pytest.mark.django_db
def test_the_only_cookie_protects_forms(client: Client) -> None:
    client.get("/")
    assert list(client.cookies) == ["hygie_csrf"]
    cookie = client.cookies["hygie_csrf"]
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("Strict", True, "")
    fresh = Client()
    fresh.get("/incident/")
    assert not fresh.cookies


def test_data_are_closed_to_the_other_persons_of_the_computer(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "hygie"
    folders.prepare(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "hygie.sqlite3": 0o600,
        "secret.txt": 0o600,
    }


def test_data_left_open_are_closed_again_and_the_secret_stays(tmp_path: Path) -> None:
    folder = tmp_path / "hygie"
    folders.prepare(folder)
    secret = folders.secret_key(folder)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    folders.prepare(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert folders.secret_key(folder) == secret


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    for name in "ab":
        folders.prepare(tmp_path / name)
    assert folders.secret_key(tmp_path / "a") != folders.secret_key(tmp_path / "b")
    assert len(folders.secret_key(tmp_path / "a")) >= 50


def test_reading_the_settings_creates_nothing(tmp_path: Path) -> None:
    assert folders.secret_key(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    assert settings.SECRET_KEY
