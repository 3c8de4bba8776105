"""A bad file is refused, and the message says which file, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hygie.catalogue import loader
from hygie.catalogue.fields import CatalogueError

HERE = Path(__file__).parent
BAD = HERE / "bad"

# file → (what the message says is wrong, how it says to mend it)
MEASURES = {
    "attestation-trop-longue": ("douze mois au plus", "valid_days = 365"),
    "aussi-et-decide": ("« un-controle » décide déjà", "retirez-le de also"),
    "champ-inconnu": ("champ inconnu : minuttes", "minutes"),
    "champ-inconnu-dans-une-preuve": ("[[way]] nº 1 : [[part]] nº 1 : champ inconnu : planed", "planned"),
    "champ-manquant": ("« minutes » manque", "ajoutez minutes"),
    "controle-dans-deux-parties": ("« un-controle » est demandé deux fois", "une seule partie"),
    "controle-en-double": ("contient deux fois « un-controle »", "une seule fois"),
    "danger-inconnu": ("« panique », inconnu", "choisissez parmi : arret-activite"),
    "exercice-a-venir": ("seule une preuve lue sur une machine", "retirez planned"),
    "genre-de-preuve-inconnu": ("« promesse », inconnu", "choisissez parmi : probe"),
    "identifiant-mal-ecrit": ("« Un contrôle », qui n’est pas un identifiant", "minuscules sans accent"),
    "liste-de-controles-vide": ("« checks » doit être une liste", "complétez la liste"),
    "marche-a-suivre-sans-commune": ("aucune marche à suivre commune", "ajoutez all"),
    "marche-a-suivre-vide": ("aucune marche à suivre commune", "ajoutez all"),
    "nom-different": ("« autre-nom » diffère du nom du fichier", "nommez-le autre-nom.toml"),
    "nombre-en-texte": ("« minutes » doit être un nombre", "un nombre entier de 1 à 480"),
    "nombre-vrai-faux": ("« minutes » doit être un nombre", "un nombre entier de 1 à 480"),
    "pas-du-toml": ("pas du TOML valable", "corrigez la ligne"),
    "pas-en-utf8": ("n’est pas en UTF-8", "enregistrez-le en UTF-8"),
    "phrase-trop-longue": ("« why » fait 549 caractères", "restez sous 400"),
    "phrase-vide": ("« why » est vide", "écrivez une phrase"),
    "poids-hors-limites": ("« weight » vaut 9", "de 1 à 5"),
    "portee-inconnue": ("« region », inconnu", "choisissez parmi : poste"),
    "sans-partie": ("au moins un [[part]]", "ajoutez un bloc [[part]]"),
    "sans-preuve": ("au moins un [[way]]", "ajoutez un bloc [[way]]"),
    "sans-reference": ("aucune référence", "sous [references]"),
    "systeme-inconnu": ("systèmes inattendus : amiga", "choisissez : all"),
    "validite-nulle": ("« valid_days » vaut 0", "de 1 à 3660"),
    "vrai-faux-en-texte": ("« planned » doit être true ou false", "planned = true"),
}
REFERENCES = {
    "article-en-double": ("« 1 » figure deux fois", "un seul [[item]]"),
    "date-avec-heure": ("« checked_on » doit être une date", "AAAA-MM-JJ"),
    "date-en-texte": ("« checked_on » doit être une date", "AAAA-MM-JJ"),
    "nom-de-texte-different": ("« autre » diffère du nom du fichier", "nommez-le autre.toml"),
    "sans-article": ("au moins un [[item]]", "ajoutez un bloc [[item]]"),
}
# folder → (file named, what is wrong, how to mend it)
CATALOGUES = {
    "a-venir-et-disponible": ("seconde.toml", "pas le même planned", "de la même façon"),
    "article-inconnu": ("mesure.toml", "« 99 » n’existe pas", "references/un-texte.toml"),
    "aussi-un-exercice": ("seconde.toml", "n’est pas un contrôle disponible", "des contrôles qui existent"),
    "deux-genres-de-preuve": ("seconde.toml", "« drill » ici et « probe » dans premiere.toml", "un autre identifiant"),
    "sans-mesure": ("sans-mesure", "aucune mesure", "ajoutez un fichier"),
    "texte-inconnu": ("mesure.toml", "« autre-texte »", "textes connus : un-texte"),
}


def refusal(read: Callable[[Path], object], path: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize("name", MEASURES)
def test_a_bad_measure_is_refused_with_the_way_to_mend_it(name: str) -> None:
    path = BAD / "measures" / f"{name}.toml"
    problem, mend = MEASURES[name]
    error = refusal(loader.read_measure, path)
    assert (error.file, problem in error.problem, mend in error.mend) == (str(path), True, True), str(error)


@pytest.mark.parametrize("name", REFERENCES)
def test_a_bad_reference_is_refused_with_the_way_to_mend_it(name: str) -> None:
    path = BAD / "references" / f"{name}.toml"
    problem, mend = REFERENCES[name]
    error = refusal(loader.read_reference, path)
    assert (error.file, problem in error.problem, mend in error.mend) == (str(path), True, True), str(error)


@pytest.mark.parametrize("name", CATALOGUES)
def test_files_that_contradict_each_other_are_refused(name: str) -> None:
    file, problem, mend = CATALOGUES[name]
    error = refusal(loader.load, BAD / "catalogues" / name)
    assert (Path(error.file).name, problem in error.problem, mend in error.mend) == (file, True, True), str(error)


def test_every_bad_file_is_expected_by_a_test() -> None:
    assert {path.stem for path in (BAD / "measures").iterdir()} == set(MEASURES)
    assert {path.stem for path in (BAD / "references").iterdir()} == set(REFERENCES)
    assert {path.name for path in (BAD / "catalogues").iterdir()} == set(CATALOGUES)


def test_the_model_the_bad_files_were_made_from_is_accepted() -> None:
    assert list(loader.load(HERE / "good").measures) == ["une-mesure"]


def test_a_measure_that_only_waits_for_hygie_is_allowed() -> None:
    waiting = [m.id for m in loader.catalogue().measures.values() if all(part.planned for part in m.parts)]
    assert "sauvegarde-deconnectee" in waiting


def test_a_missing_file_is_refused() -> None:
    assert "lecture impossible" in refusal(loader.read_measure, BAD / "measures" / "absent.toml").problem
