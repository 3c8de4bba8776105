"""What each page says, at each moment of a practice's life."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from hygie.catalogue.loader import catalogue
from hygie.catalogue.wording import typography_faults
from hygie.evidence.model import Verdict
from hygie.server.checkups.models import CheckUp
from hygie.server.checkups.services import begin, interrupt
from hygie.server.overview.summary import summary
from hygie.server.proofs.models import Proof
from hygie.workstation.checks.loader import checks
from tests.server.stored import COMPUTER, SENTENCES, first_checks, practice, store

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, with ordinary spaces."""
    response = client.get(address)
    assert response.status_code == status, address
    body = re.sub(r"<(svg|title).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def deciding_check() -> str:
    """A check that decides alone of an indispensable measure."""
    return next(
        m.parts[0].sources[0]
        for m in catalogue().measures.values()
        if m.level == "indispensable" and m.parts[0].kind == "probe" and m.parts[0].sources[0] in checks()
    )


def test_before_any_checkup_the_page_says_what_will_come_and_offers_it(client: Client) -> None:
    page = text(client, "/")
    assert "Rien n’est encore prouvé" in page
    assert "Faire le premier bilan" in page
    assert "Aucun bilan pour l’instant" in text(client, "/bilans/")


def test_a_fault_gives_the_one_next_action_with_what_was_seen_and_how_to_mend_it(client: Client) -> None:
    check = deciding_check()
    store({check: Verdict.TO_FIX})
    page = text(client, "/")
    (measure, *_) = catalogue().measures_of_source(check)
    assert "Ce poste n’est pas assez protégé" in page
    assert "À faire maintenant " in page
    assert SENTENCES[Verdict.TO_FIX] in page
    assert measure.title_to_do in page
    assert "Comment faire" in page
    fix = checks()[check].texts.fix
    assert (f"./hygie corriger {fix}" in page) is bool(fix)


def test_the_first_action_is_the_one_the_sentence_names(client: Client) -> None:
    store(dict.fromkeys(checks(), Verdict.TO_FIX))
    here = summary(NOW + timedelta(seconds=5))
    assert here.first
    assert here.first.action.measure.title_to_do[1:] in here.headline.sentence


def test_five_more_at_most_come_after_the_first(client: Client) -> None:
    store(dict.fromkeys(checks(), Verdict.TO_FIX))
    content = client.get("/").content.decode()
    after = content.split('id="ensuite"')[1].split("</section>")[0]
    assert after.count("<li>") == 5


def test_all_in_order_is_calm_and_turns_to_the_practice(client: Client) -> None:
    store({}, NOW)
    page = text(client, "/")
    assert "Ce poste est bien protégé" in page
    assert "Rien d’urgent sur ce poste. Pour le cabinet" in page
    assert "À faire maintenant " not in page


def test_nothing_is_proven_by_what_could_not_be_read(client: Client) -> None:
    store(dict.fromkeys(checks(), Verdict.UNKNOWN))
    page = text(client, "/")
    assert "0 mesure prouvée" in page
    assert "bien protégé" not in page
    assert "À vérifier maintenant" in page
    assert "sans les droits d’administrateur" in page
    assert "sudo ./hygie verifier" in page


def test_an_old_proof_falls_back_by_itself_on_the_page(client: Client) -> None:
    store({}, NOW - timedelta(days=400))
    page = text(client, "/")
    assert "0 mesure prouvée" in page
    assert "bien protégé" not in page
    assert "Il a plus d’un jour" in page


def test_a_late_fault_is_said_late(client: Client) -> None:
    check = deciding_check()
    for days in (40, 0):
        store({check: Verdict.TO_FIX}, NOW - timedelta(days=days))
    assert "En retard : c’était à faire avant le" in text(client, "/")


def test_the_number_of_proven_measures_opens_their_list(client: Client) -> None:
    store({})
    proven = summary(NOW + timedelta(seconds=5)).score.proven
    assert proven
    content = client.get("/mesures/?etat=proven").content.decode()
    assert content.count('class="state proven"') == proven
    assert client.get("/mesures/?etat=nimporte").content.decode().count('class="state ') == len(catalogue().measures)


def test_every_measure_has_its_page(client: Client) -> None:
    store({check: list(Verdict)[place % 5] for place, check in enumerate(checks())})
    for measure in catalogue().measures.values():
        page = text(client, f"/mesures/{measure.id}/")
        assert measure.why in page.replace("\u00a0", " ") or re.sub(r"\s+", " ", measure.why) in page
        assert "Qui la demande" in page


def test_a_measure_says_what_was_seen_when_and_until_when(client: Client) -> None:
    check = deciding_check()
    store({})
    (measure, *_) = catalogue().measures_of_source(check)
    page = text(client, f"/mesures/{measure.id}/")
    assert SENTENCES[Verdict.OK] in page
    assert "Valable jusqu’au" in page
    assert f"« {check} »" in page
    assert "Source : lsblk -J" in page
    assert "inconnu : il faut les droits d’administrateur" in page


def test_a_source_that_was_not_read_again_is_marked_to_verify(client: Client) -> None:
    pages = [text(client, f"/mesures/{m.id}/") for m in list(catalogue().measures.values())[:8]]
    assert any("à vérifier à la source" in page for page in pages)


def test_a_checkup_shows_its_findings_with_the_facts_behind_them(client: Client) -> None:
    first, second = first_checks(2)
    number = store({first: Verdict.TO_FIX, second: Verdict.UNKNOWN})
    page = text(client, f"/bilans/{number}/")
    assert page.index("À corriger") < page.index("Non vérifiable") < page.index("En ordre")
    assert "Lu : ouvert. Attendu : fermé." in page
    assert "sda1, sda2" in page


def test_a_checkup_downloads_as_the_command_line_writes_it(client: Client) -> None:
    number = store({first_checks(1)[0]: Verdict.TO_FIX})
    response = client.get(f"/bilans/{number}/bilan.json")
    report = json.loads(response.content)
    assert (report["schema"], len(report["findings"])) == ("hygie-bilan", len(checks()))
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_history_says_what_got_better_and_worse(client: Client) -> None:
    better, worse = first_checks(2)
    store({better: Verdict.TO_FIX}, NOW - timedelta(days=2))
    store({worse: Verdict.TO_FIX}, NOW - timedelta(days=1))
    store({worse: Verdict.TO_FIX}, NOW)
    page = text(client, "/bilans/")
    assert page.count("Mieux :") == page.count("Moins bien :") == 1
    assert "Rien n’a changé depuis le bilan précédent" in page
    assert re.sub(r"\s+", " ", checks()[better].texts.title_ok) in page


def test_the_last_line_of_a_full_page_of_history_is_compared_as_well(client: Client) -> None:
    for days in range(21, -1, -1):
        store({}, NOW - timedelta(days=days))
    assert text(client, "/bilans/").count("Rien n’a changé") == 20
    assert text(client, "/bilans/?page=2").count("Rien n’a changé") == 1


def test_an_interrupted_checkup_is_said_so_and_proves_nothing(client: Client) -> None:
    number = begin(practice().id, COMPUTER, NOW)
    interrupt(practice().id, NOW)
    assert "il ne prouve rien" in text(client, f"/bilans/{number}/")
    assert "Interrompu avant la fin" in text(client, "/bilans/")
    assert "n’est pas allé à son terme" in text(client, "/")
    assert client.get(f"/bilans/{number}/bilan.json").status_code == 404


def test_the_first_checkup_under_way_is_followed_until_it_ends(client: Client) -> None:
    begin(practice().id, COMPUTER, NOW)
    assert client.get("/").headers["Location"] == "/bilans/en-cours/"
    response = client.get("/bilans/en-cours/")
    assert response.headers["Refresh"]
    assert "Ne plus l’actualiser" in response.content.decode()
    assert "Refresh" not in client.get("/bilans/en-cours/?fixe").headers
    interrupt(practice().id, NOW)
    assert client.get("/bilans/en-cours/").headers["Location"] == "/"


def test_a_report_of_another_version_still_shows(client: Client) -> None:
    number = store({})
    row = CheckUp.objects.of(practice().id).get(uuid=number)
    row.report["findings"] = [
        {"check": "disparu", "verdict": "inouï", "facts": ["perdu"], "sentence": "Un constat d’autrefois."},
    ]
    row.report["facts"] = {"autre": {"status": "étrange"}}
    row.verdicts = {"disparu": "inouï"}
    row.save()
    store({}, NOW + timedelta(minutes=1))
    page = text(client, f"/bilans/{number}/")
    assert "Un constat d’autrefois." in page
    assert "Non vérifiable (1)" in page
    assert "En ordre (" not in page
    assert client.get("/bilans/").status_code == 200


def test_a_measure_removed_from_the_catalogue_breaks_nothing(client: Client) -> None:
    store({})
    Proof.objects.of(practice().id).update(measure="retiree")
    assert "0 mesure prouvée" in text(client, "/")
    assert client.get("/mesures/retiree/").status_code == 404


def test_what_a_machine_answers_is_never_taken_for_html(client: Client) -> None:
    number = store({})
    row = CheckUp.objects.of(practice().id).get(uuid=number)
    row.report["computer"]["name"] = "<script>alert(1)</script>"
    row.report["findings"][0]["sentence"] = "Tapez `<b>ceci</b>` & <i>cela</i>."
    row.save()
    content = client.get(f"/bilans/{number}/").content.decode()
    assert "<script" not in content
    assert "<code>&lt;b&gt;ceci&lt;/b&gt;</code> &amp; &lt;i&gt;" in content


def test_what_to_do_in_an_incident_is_in_the_header_of_every_page(client: Client) -> None:
    number = store({})
    for address in ("/", "/mesures/", "/bilans/", f"/bilans/{number}/", "/mesures/pare-feu/", "/rien/"):
        assert "Un incident ?" in client.get(address).content.decode().replace("\u00a0", " ")
    page = text(client, "/incident/")
    for said in ("Ne l’éteignez pas", "Coupez le réseau", "Ne payez pas", "prestataire", "17cyber.gouv.fr", "CNIL"):
        assert said in page
    assert page.count("Dans les 72 heures") == 2


def test_a_page_that_does_not_exist_says_so_in_french(client: Client) -> None:
    assert "Cette page n’existe pas" in text(client, "/nimporte/", 404)
    assert "Cette page n’existe pas" in text(client, "/bilans/00000000-0000-0000-0000-000000000000/", 404)


def test_a_failure_is_said_in_french(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("hygie.server.overview.views.summary", broken)
    client.raise_request_exception = False
    assert "Hygie n’a pas pu afficher cette page" in text(client, "/", 500)


def test_every_page_keeps_french_typography(client: Client) -> None:
    number = store({check: list(Verdict)[place % 5] for place, check in enumerate(checks())})
    store({}, NOW + timedelta(seconds=1))
    addresses = ["/", "/incident/", "/mesures/", "/bilans/", f"/bilans/{number}/", "/mesures/pare-feu/", "/rien/"]
    for address in addresses:
        body = client.get(address).content.decode()
        body = re.sub(r"<(svg|code).*?</\1>", "X", body, flags=re.DOTALL)
        for block in re.findall(r"<(?:p|li|h1|h2|h3|dd|dt|summary)\b[^>]*>([^<]+)<", body):
            words = re.sub(r"[ \n]+", " ", html.unescape(block)).strip()
            assert not [f for f in typography_faults(words) if words], (address, words, typography_faults(words))


def test_proofs_of_this_computer_that_ended_are_its_next_action(client: Client) -> None:
    store(at=datetime.now(UTC) - timedelta(days=200))
    here = summary(datetime.now(UTC))
    assert here.first
    assert here.first.heading == "À vérifier maintenant"
    assert "Rien d’urgent sur ce poste" not in text(client, "/")
