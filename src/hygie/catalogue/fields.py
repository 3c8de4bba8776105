"""Reading one TOML table strictly: each error names the file, what is wrong and how to mend it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from hygie.catalogue.refusals import refusal
from hygie.catalogue.typeset import typeset

E = TypeVar("E", bound=StrEnum)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CatalogueError(ValueError):
    """A data file is wrong. The message is French, meant for the person who wrote the file."""

    def __init__(self, file: Path | str, problem: str, mend: str) -> None:
        self.file, self.problem, self.mend = str(file), problem, mend
        super().__init__(f"{file} : {problem} À faire : {mend}")


def read_toml(path: Path) -> dict[str, Any]:
    """The parsed file; CatalogueError when it cannot be read or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path, f"ce n’est pas du TOML valable ({error}).", "corrigez la ligne indiquée.") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(path, "le fichier n’est pas en UTF-8.", "enregistrez-le en UTF-8.") from error
    except OSError as error:
        why, mend = refusal(error)
        raise CatalogueError(path, f"lecture impossible ({why}).", f"{mend}.") from error


class Table:
    """A TOML table read field by field; what nobody asked for is refused by ``done``."""

    def __init__(self, file: Path, data: dict[str, Any], where: str = "") -> None:
        self.file, self.data, self.where = file, data, where
        self._asked: set[str] = set()

    def error(self, problem: str, mend: str) -> CatalogueError:
        """An error about this table, ready to raise."""
        return CatalogueError(self.file, f"{self.where}{problem}", mend)

    def _get(self, key: str, kind: type, words: str, *, default: Any = None) -> Any:
        self._asked.add(key)
        if key not in self.data:
            if default is not None:
                return default
            raise self.error(f"le champ « {key} » manque.", f"ajoutez {key} = … ({words}).")
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"« {key} » doit être {words}.", f"remplacez la valeur de {key} par {words}.")
        return value

    def text(self, key: str, *, default: str | None = None, most: int = 600) -> str:
        """A non-empty text of at most ``most`` characters, with its French no-break spaces."""
        value = typeset(str(self._get(key, str, "un texte entre guillemets", default=default)).strip())
        if not value and default is None:
            raise self.error(f"« {key} » est vide.", "écrivez une phrase.")
        if len(value) > most:
            raise self.error(f"« {key} » fait {len(value)} caractères.", f"restez sous {most} caractères.")
        return value

    def number(self, key: str, low: int, high: int) -> int:
        """A whole number between ``low`` and ``high``, both included."""
        value = int(self._get(key, int, f"un nombre entier de {low} à {high}"))
        if not low <= value <= high:
            raise self.error(f"« {key} » vaut {value}.", f"choisissez un nombre de {low} à {high}.")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """A boolean, optional."""
        self._asked.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"« {key} » doit être true ou false.", f"écrivez {key} = true ou {key} = false.")
        return value

    def choice(self, key: str, values: type[E], *, default: E | None = None) -> E:
        """One value of a closed list; optional when a default is given."""
        return self._member(self.text(key, default=default), key, values)

    def choices(self, key: str, values: type[E]) -> tuple[E, ...]:
        """A non-empty list of values of a closed list."""
        return tuple(self._member(word, key, values) for word in self.texts(key))

    def _member(self, word: str, key: str, values: type[E]) -> E:
        try:
            return values(word)
        except ValueError:
            known = ", ".join(member.value for member in values)
            raise self.error(f"« {key} » vaut « {word} », inconnu.", f"choisissez parmi : {known}.") from None

    def texts(self, key: str, *, least: int = 1) -> tuple[str, ...]:
        """A list of non-empty texts, all different, with their French no-break spaces."""
        value = self._get(key, list, "une liste de textes", default=None if least else [])
        if len(value) < least or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(f"« {key} » doit être une liste de textes non vides.", "complétez la liste.")
        twice = sorted({item for item in value if value.count(item) > 1})
        if twice:
            raise self.error(f"« {key} » contient deux fois « {twice[0]} ».", "gardez-le une seule fois.")
        return tuple(typeset(item) for item in value)

    def slug(self, key: str) -> str:
        """A stable identifier: lower-case letters without accents, digits and hyphens."""
        return self._slug(key, self.text(key, most=60))

    def slugs(self, key: str, *, least: int = 1) -> tuple[str, ...]:
        """A list of identifiers."""
        return tuple(self._slug(key, word) for word in self.texts(key, least=least))

    def _slug(self, key: str, word: str) -> str:
        if not SLUG.fullmatch(word):
            problem = f"« {key} » contient « {word} », qui n’est pas un identifiant."
            raise self.error(problem, "n’employez que des minuscules sans accent, des chiffres et des tirets.")
        return word

    def table(self, key: str, *, optional: bool = False) -> Table:
        """A sub-table."""
        value = self._get(key, dict, "une table", default={} if optional else None)
        return Table(self.file, value, f"{self.where}[{key}] ")

    def tables(self, key: str, *, least: int = 1) -> list[Table]:
        """An array of tables, at least ``least`` long."""
        value = self._get(key, list, f"une suite de [[{key}]]", default=[])
        if len(value) < least or not all(isinstance(item, dict) for item in value):
            raise self.error(f"il faut au moins un [[{key}]].", f"ajoutez un bloc [[{key}]].")
        return [Table(self.file, item, f"{self.where}[[{key}]] nº {n} : ") for n, item in enumerate(value, 1)]

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The whole table as lists of texts (steps by system, references by text)."""
        return {key: self.texts(key) for key in self.data}

    def value(self, key: str, kind: type, words: str, *, default: Any = None) -> Any:
        """A value of another TOML type, exactly (a date with a time is not a date); optional with a default."""
        value = self._get(key, kind, words, default=default)
        if type(value) is not kind:
            raise self.error(f"« {key} » doit être {words}.", f"remplacez la valeur de {key} par {words}.")
        return value

    def done(self) -> None:
        """Refuses unknown fields: a misspelt key must not be silently ignored."""
        extra = sorted(set(self.data) - self._asked)
        if extra:
            known = ", ".join(sorted(self._asked))
            raise self.error(f"champ inconnu : {', '.join(extra)}.", f"champs permis : {known}.")


def load_folder(folder: Path, read: Callable[[Path], Any]) -> Iterable[Any]:
    """Every ``*.toml`` of a folder, in name order, through ``read``."""
    return [read(path) for path in sorted(folder.glob("*.toml"))]
