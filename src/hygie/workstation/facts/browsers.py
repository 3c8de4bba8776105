"""Facts about browsers: how many passwords they keep, which extensions they have. Never a password, never a site."""

from __future__ import annotations

from hygie.workstation.facts.model import FactKey

SAVED_PASSWORDS = FactKey[int]("browser_passwords", "le nombre de mots de passe gardés par les navigateurs")
BROWSER_EXTENSIONS = FactKey[frozenset[str]]("browser_extensions", "les extensions des navigateurs")
