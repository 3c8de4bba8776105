"""The watch over jargon and typography sees what it must, and leaves the rest alone."""

from __future__ import annotations

import pytest

from hygie.catalogue.typeset import typeset
from hygie.catalogue.wording import faults, jargon, jargon_faults, typography_faults

GOOD = (
    "Êtes-vous prêt\u00a0?",
    "Voici la règle\u00a0: fermez la porte\u00a0; merci\u00a0!",
    "Ouvrez «\u00a0Paramètres\u00a0», puis redémarrez.",
    "C’est l’heure de 10:30, à 100\u00a0%.",
    "Lisez https://exemple.invalid/page?x=1 puis signal-spam.fr.",
    'Tapez `sudo ufw default deny incoming; echo "fini"...`.',
    "Le poste {nom} a {jours} jours\u00a0: c’est trop.",
)


@pytest.mark.parametrize("text", GOOD)
def test_plain_and_well_set_french_has_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("C'est l’heure.", "apostrophe droite"),
        ('Cliquez sur "Oui".', "guillemets droits"),
        ("Attendez...", "trois points"),
        ("Deux  espaces.", "deux espaces"),
        ("Deux\u00a0 espaces.", "deux espaces"),
        ("Prêt ?", "espace ordinaire"),
        ("Règle : fermez.", "espace ordinaire"),
        ("Prêt?", "il manque l’espace"),
        ("Règle: fermez.", "il manque l’espace"),
        ("La «\u00a0porte\u00a0»: fermez.", "il manque l’espace"),
        ("Ouvrez « Paramètres\u00a0».", "attendue après «"),
        ("Ouvrez «\u00a0Paramètres ».", "attendue après «"),
        ("Il reste 20 % de place.", "avant % ou €"),
        ("Il reste 20% de place.", "avant % ou €"),
        ("Fin. ", "début ou en fin"),
    ],
)
def test_a_typing_habit_is_seen(text: str, fault: str) -> None:
    assert any(fault in found for found in typography_faults(text)), typography_faults(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Faites un backup.", "sauvegarde"),
        ("Un Ransomware bloque tout.", "rançongiciel"),
        ("Activez la 2FA.", "double authentification"),
        ("La surface d’attaque grandit.", "ce qui est exposé"),
        ("Installez le patch, puis redémarrez.", "mise à jour"),
        ("Il manque la puce (qui se dit TPM dans les notices).", "puce de sécurité"),
    ],
)
def test_jargon_is_seen_with_the_word_to_write_instead(text: str, plain: str) -> None:
    assert any(
        f"écrivez plutôt «\u00a0{plain}\u00a0»" in found.replace(" »", "\u00a0»").replace("« ", "«\u00a0")
        for found in jargon_faults(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ouvrez «\u00a0Backup and Restore\u00a0».",
        "Ouvrez Windows Update.",
        "Activez BitLocker, FileVault ou le Wi-Fi.",
        "Signalez sur signal-spam.fr.",
        "La puce de sécurité (TPM) ou l’ancien partage (SMB 1).",
        "Ce poste garde {passwords}.",
        "Tapez `sudo apt update`.",
        "Un catalogue, une databox et des logarithmes.",
    ],
)
def test_names_seen_on_screen_and_longer_words_are_left_alone(text: str) -> None:
    assert jargon_faults(text) == []


def test_every_plain_word_is_itself_plain() -> None:
    assert [plain for plain in jargon().values() if jargon_faults(plain)] == []


def test_files_written_with_ordinary_spaces_are_read_with_no_break_ones() -> None:
    assert typeset("Ouvrez « Paramètres » : attendez 5 % !") == (
        "Ouvrez «\u00a0Paramètres\u00a0»\u00a0: attendez 5\u00a0%\u00a0!"
    )


def test_typesetting_twice_changes_nothing_and_commands_are_left_alone() -> None:
    text = "Tapez `ss -l 'sport = :22' ; date` ; lisez."
    assert typeset(text) == "Tapez `ss -l 'sport = :22' ; date`\u00a0; lisez."
    assert typeset(typeset(text)) == typeset(text)
