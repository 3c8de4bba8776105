"""The texts of a check are refused when something is wrong, with the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hygie.catalogue.fields import CatalogueError
from hygie.workstation.checks.loader import HERE, checks, read_check, read_texts

BAD = Path(__file__).parent / "bad" / "checks"

# file → (what the message says is wrong, how it says to mend it)
REFUSED = {
    "accolade-isolee": ("« ok » a une accolade isolée", "fermez l’accolade"),
    "accolade-sans-nom": ("« ok » contient {} sans nom", "nommez la valeur"),
    "champ-inconnu": ("champ inconnu : urgent", "champs permis : "),
    "champ-manquant": ("« why » manque", "ajoutez why"),
    "etape-pour-un-systeme-inconnu": ("groupes inattendus : amiga", "choisissez : all, linux"),
    "etape-vide": ("[steps] « all » doit être une liste", "complétez la liste"),
    "etapes-vides": ("groupes inattendus : aucun", "choisissez : all, linux"),
    "limite-en-texte": ("[limits] « most_days » doit être un nombre", "un nombre entier"),
    "limite-negative": ("[limits] « most_days » vaut -1", "de 0 à"),
    "minutes-hors-limites": ("« minutes » vaut 0", "de 1 à 480"),
    "nom-different": ("« autre-nom » diffère du nom du fichier", "nommez-le autre-nom.toml"),
    "pas-du-toml": ("pas du TOML valable", "corrigez la ligne"),
    "phrase-trop-longue": ("[sentences] « to_fix » fait", "restez sous 300"),
    "phrases-absentes": ("« sentences » manque", "ajoutez sentences"),
    "sans-juge": ("la fonction judge de hygie.workstation.checks.sans_juge manque", "écrivez-la à côté"),
    "sujet-trop-long": ("« subject » fait", "restez sous 60"),
    "titre-trop-long": ("« title_fix » fait", "restez sous 110"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_bad_texts_are_refused_with_the_way_to_mend_them(name: str) -> None:
    problem, mend = REFUSED[name]
    path = BAD / f"{name}.toml"
    with pytest.raises(CatalogueError) as caught:
        read_check(path)
    said = str(caught.value).replace("\u00a0", " ")
    assert (problem in said, mend in said, str(path) in said) == (True, True, True), said


def test_every_bad_file_is_expected_by_a_test() -> None:
    assert {path.stem for path in BAD.iterdir()} == set(REFUSED)


def test_the_model_the_bad_files_were_made_from_is_accepted() -> None:
    texts = read_texts(BAD / "sans-juge.toml")
    assert (texts.limits, texts.steps["debian"]) == (
        {"most_days": 30},
        ("Tapez la commande qui tourne la clef.",),
    )


def test_each_check_shipped_has_its_texts_and_its_judge() -> None:
    slugs = {path.stem for path in HERE.glob("*.toml")}
    assert set(checks()) == slugs
    assert list(checks()) == sorted(slugs)
    assert [check.id for check in checks().values()] == list(checks())


def test_each_check_has_steps_that_fit_any_machine() -> None:
    assert [name for name, check in checks().items() if "all" not in check.texts.steps] == []
