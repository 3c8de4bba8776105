"""Every measure a practice was promised exists, can be proven, points to a text and speaks plain French."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from hygie.catalogue.loader import LONGEST_ATTESTATION_DAYS, catalogue
from hygie.catalogue.model import Danger, Kind, Level, Measure, Theme, Who
from hygie.catalogue.wording import faults
from hygie.workstation.checks.loader import checks

PROMISED = {
    Theme.PREMISES: ["locaux-acces", "materiel-protege", "onduleur", "maintenance-contrat"],
    Theme.WORKSTATIONS: [
        "verrouillage-automatique",
        "verrouillage-absence",
        "chiffrement-disque",
        "antivirus",
        "pare-feu",
        "mises-a-jour",
        "supports-amovibles",
        "usages-separes",
        "comptes-nominatifs",
        "acces-distant",
        "teletravail",
        "mobiles",
        "objets-connectes",
        "wifi",
        "lecteur-cps",
    ],
    Theme.ACCESS: ["mots-de-passe", "gestionnaire-mots-de-passe", "double-authentification", "cartes-cpx"],
    Theme.EXCHANGES: [
        "mssante",
        "messageries-standard",
        "hameconnage",
        "signalement",
        "echanges-interoperables",
        "chiffrement-en-ligne",
        "site-internet",
    ],
    Theme.CONTINUITY: [
        "sauvegarde-reguliere",
        "sauvegarde-deux-copies",
        "sauvegarde-deconnectee",
        "sauvegarde-chiffree",
        "restauration-testee",
        "hebergeur-hds",
        "rancongiciel-sentinelle",
        "continuite-dmp",
    ],
    Theme.INCIDENT: ["plan-incident", "conduite-a-tenir", "violation-72h", "assurance-cyber"],
    Theme.PRIVACY: [
        "registre-traitements",
        "information-patients",
        "droits-patients",
        "consentement",
        "conservation-restitution",
        "sous-traitants",
        "dmp-alimente",
        "risques-proportionnes",
    ],
    Theme.ORGANISATION: ["sensibilisation", "prestataires-competents", "migration-cloud", "referent"],
}

# The kinds of proof of each measure; « | » between ways, « + » between the parts of a way.
PROOF = {
    "locaux-acces": "attestation",
    "materiel-protege": "attestation+probe",
    "onduleur": "probe|drill",
    "maintenance-contrat": "document",
    "verrouillage-automatique": "probe",
    "verrouillage-absence": "drill",
    "chiffrement-disque": "probe",
    "antivirus": "probe",
    "pare-feu": "probe+probe",
    "mises-a-jour": "probe",
    "supports-amovibles": "probe+drill",
    "usages-separes": "probe+attestation",
    "comptes-nominatifs": "probe+attestation",
    "acces-distant": "probe+document",
    "teletravail": "probe",
    "mobiles": "drill",
    "objets-connectes": "probe",
    "wifi": "probe",
    "lecteur-cps": "probe",
    "mots-de-passe": "probe+drill",
    "gestionnaire-mots-de-passe": "probe",
    "double-authentification": "document|attestation",
    "cartes-cpx": "drill+document",
    "mssante": "document+drill",
    "messageries-standard": "attestation",
    "hameconnage": "drill",
    "signalement": "document",
    "echanges-interoperables": "attestation",
    "chiffrement-en-ligne": "probe",
    "site-internet": "probe",
    "sauvegarde-reguliere": "probe",
    "sauvegarde-deux-copies": "probe+document",
    "sauvegarde-deconnectee": "probe",
    "sauvegarde-chiffree": "probe+drill",
    "restauration-testee": "drill+drill",
    "hebergeur-hds": "document",
    "rancongiciel-sentinelle": "probe+drill",
    "continuite-dmp": "drill",
    "plan-incident": "document+drill",
    "conduite-a-tenir": "drill",
    "violation-72h": "document",
    "assurance-cyber": "document",
    "registre-traitements": "document",
    "information-patients": "document+document",
    "droits-patients": "document",
    "consentement": "document",
    "conservation-restitution": "document",
    "sous-traitants": "document",
    "dmp-alimente": "attestation",
    "risques-proportionnes": "document",
    "sensibilisation": "drill",
    "prestataires-competents": "document",
    "migration-cloud": "document",
    "referent": "attestation",
}

# What a machine can prove today, with the checks that decide and those that are only shown.
DECIDED = {
    "onduleur": {"onduleur-batterie"},
    "verrouillage-automatique": {"verrouillage-delai", "verrouillage-retour"},
    "chiffrement-disque": {"chiffrement-volumes", "chiffrement-memoire-echange"},
    "antivirus": {"antivirus-actif", "antivirus-a-jour"},
    "pare-feu": {"pare-feu-actif", "ports-exposes", "partages-invite"},
    "mises-a-jour": {
        "systeme-maintenu",
        "mises-a-jour-securite",
        "mises-a-jour-fraicheur",
        "mises-a-jour-automatiques",
        "redemarrage-du",
        "logiciels-maintenus",
        "smb-ancien",
    },
    "supports-amovibles": {"execution-automatique"},
    "usages-separes": {"messageries-grand-public", "nuages-personnels"},
    "comptes-nominatifs": {
        "compte-quotidien",
        "comptes-generiques",
        "ouverture-automatique",
        "compte-invite",
        "comptes-uid0",
    },
    "acces-distant": {"acces-distant-ssh", "acces-distant-outils"},
    "wifi": {"wifi-securite", "wifi-reseaux-memorises"},
    "lecteur-cps": {"lecteur-cps-present", "logiciel-cps"},
    "mots-de-passe": {"mots-de-passe-regle", "mots-de-passe-vides"},
    "gestionnaire-mots-de-passe": {"gestionnaire-present"},
    "sauvegarde-reguliere": {"sauvegarde-recente"},
}
SHOWN = {
    "chiffrement-disque": {"demarrage-securise", "puce-securite"},
    "mises-a-jour": {"liste-fins-de-vie", "heure-synchronisee"},
    "mots-de-passe": {"mots-de-passe-essais"},
    "gestionnaire-mots-de-passe": {"navigateur-mots-de-passe"},
    "hameconnage": {"macros-bureautique"},
    "sauvegarde-reguliere": {"disque-sante", "disque-espace"},
}

EVERY = sorted(catalogue().measures)


def measure(name: str) -> Measure:
    return catalogue().measures[name]


def sentences(one: Measure) -> list[str]:
    """Texts of a measure that are sentences."""
    return [one.why, one.weight_reason, *(p.what for p in one.parts), *chain.from_iterable(one.steps.values())]


def test_every_promised_measure_exists_under_its_theme() -> None:
    """54 were promised; a contributor may add others without touching this file."""
    there = {theme: {m.id for m in measures} for theme, measures in catalogue().by_theme().items()}
    assert all(set(names) <= there[theme] for theme, names in PROMISED.items())
    assert sum(len(names) for names in PROMISED.values()) == len(PROOF) == 54


@pytest.mark.parametrize("name", PROOF)
def test_a_measure_asks_for_the_proof_that_was_promised(name: str) -> None:
    ways = ["+".join(part.kind for part in way.parts) for way in measure(name).ways]
    assert "|".join(ways) == PROOF[name]


@pytest.mark.parametrize("name", PROOF)
def test_a_measure_is_decided_at_least_by_the_checks_that_were_promised(name: str) -> None:
    available = {s for p in measure(name).parts if p.kind is Kind.PROBE and not p.planned for s in p.sources}
    assert DECIDED.get(name, set()) <= available
    assert SHOWN.get(name, set()) <= set(measure(name).also)


def test_no_drill_document_or_attestation_is_shared_by_two_measures() -> None:
    asked = [s for m in catalogue().measures.values() for p in m.parts if p.kind is not Kind.PROBE for s in p.sources]
    assert sorted(asked) == sorted(set(asked))


def test_every_check_that_a_measure_asks_for_exists_and_every_check_serves_a_measure() -> None:
    parts = [p for m in catalogue().measures.values() for p in m.parts if p.kind is Kind.PROBE and not p.planned]
    asked = {source for part in parts for source in part.sources}
    shown = {check for m in catalogue().measures.values() for check in m.also}
    assert set(checks()) == asked | shown


def test_a_planned_check_does_not_exist_yet() -> None:
    planned = {s for m in catalogue().measures.values() for p in m.parts if p.planned for s in p.sources}
    assert not planned & set(checks())


@pytest.mark.parametrize("name", EVERY)
def test_a_proof_lives_as_long_as_it_may(name: str) -> None:
    most = {Kind.PROBE: 30, Kind.DRILL: 365, Kind.DOCUMENT: 730, Kind.ATTESTATION: LONGEST_ATTESTATION_DAYS}
    assert [part for part in measure(name).parts if part.valid_days > most[part.kind]] == []


def test_a_restore_is_proven_every_month_and_every_year() -> None:
    assert [part.valid_days for part in measure("restauration-testee").parts] == [35, 365]


def test_about_twenty_measures_are_indispensable() -> None:
    assert sum(m.level is Level.INDISPENSABLE for m in catalogue().measures.values()) <= 20


def test_an_indispensable_measure_weighs_at_least_three() -> None:
    light = [m.id for m in catalogue().measures.values() if m.level is Level.INDISPENSABLE and m.weight < 3]
    assert light == []


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_is_written_in_plain_and_well_set_french(name: str) -> None:
    texts = [measure(name).title_in_place, measure(name).title_to_do, *sentences(measure(name))]
    assert [fault for text in texts for fault in faults(text)] == []


@pytest.mark.parametrize("name", EVERY)
def test_titles_have_no_full_stop_and_sentences_have_one(name: str) -> None:
    titles = [measure(name).title_in_place, measure(name).title_to_do]
    assert [t for t in titles if t.endswith(".")] + [s for s in sentences(measure(name)) if s[-1] not in ".?"] == []


@pytest.mark.parametrize("name", EVERY)
def test_why_it_matters_fits_in_two_sentences(name: str) -> None:
    assert len(re.findall(r"[.!?](?=\s|$)", measure(name).why)) in (1, 2)


@pytest.mark.parametrize("name", EVERY)
def test_steps_are_few_and_short(name: str) -> None:
    groups = measure(name).steps.values()
    assert [len(steps) for steps in groups if len(steps) > 6] == []
    assert [step for steps in groups for step in steps if len(step) > 220] == []


def test_no_text_repeats_the_errors_that_leaflets_spread() -> None:
    everything = " ".join(text for m in catalogue().measures.values() for text in sentences(m)).lower()
    for error in (
        "tous les 90 jours",
        "informer les patients sous 72 heures",
        "les patients dans les 72 heures",
        "obligation légale de 20 ans",
        "tout cabinet doit être hébergé",
        "frais de copie",
        "toute publicité",
    ):
        assert error not in everything


def test_the_words_around_a_measure_are_plain_french_too() -> None:
    words = [member.label for group in (Theme, Kind, Who, Danger) for member in group]
    assert [fault for word in words for fault in faults(word)] == []
