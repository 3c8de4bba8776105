"""Finds every check of the folder and validates its texts; a bad file is refused with the way to mend it."""

from __future__ import annotations

import importlib
import string
from functools import cache
from pathlib import Path

from hygie.catalogue.fields import CatalogueError, Table, load_folder, read_toml
from hygie.workstation.checks.model import Check, CheckTexts, Judge

HERE = Path(__file__).parent
STEP_GROUPS = ("all", "linux", "windows", "macos", "debian", "fedora", "gnome", "kde", "xfce", "serveur")


def read_texts(path: Path) -> CheckTexts:
    """The texts of one check; CatalogueError names the file, the problem and the mend."""
    table = Table(path, read_toml(path))
    texts = CheckTexts(
        id=table.text("id"),
        subject=table.text("subject", most=60),
        title_ok=table.text("title_ok", most=110),
        title_fix=table.text("title_fix", most=110),
        why=table.text("why", most=400),
        minutes=table.number("minutes", 1, 480),
        source=table.text("source", most=200),
        sentences=_read_sentences(table.table("sentences")),
        steps=_read_steps(table.table("steps")),
        limits=_read_limits(table.table("limits", optional=True)),
        fix=table.text("fix", default=""),
    )
    table.done()
    if texts.id != path.stem:
        raise table.error(f"l’identifiant « {texts.id} » diffère du nom du fichier.", f"nommez-le {texts.id}.toml.")
    return texts


def _read_sentences(table: Table) -> dict[str, str]:
    sentences = {key: table.text(key, most=300) for key in table.data}
    for key, sentence in sentences.items():
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        except ValueError as error:
            raise table.error(f"« {key} » a une accolade isolée ({error}).", "fermez l’accolade.") from error
        if "" in names:
            raise table.error(f"« {key} » contient {{}} sans nom.", "nommez la valeur, par exemple {disque}.")
    return sentences


def _read_steps(table: Table) -> dict[str, tuple[str, ...]]:
    steps = table.lists()
    unknown = sorted(set(steps) - set(STEP_GROUPS))
    if unknown or not steps:
        raise table.error(
            f"groupes inattendus : {', '.join(unknown) or 'aucun'}.", f"choisissez : {', '.join(STEP_GROUPS)}."
        )
    return steps


def _read_limits(table: Table) -> dict[str, int]:
    return {key: table.number(key, 0, 1_000_000) for key in table.data}


def read_check(path: Path) -> Check:
    """One check: its texts and the ``judge`` function of the module beside them."""
    texts = read_texts(path)
    name = f"{__package__}.{path.stem.replace('-', '_')}"
    try:
        judge: Judge = importlib.import_module(name).judge
    except (ModuleNotFoundError, AttributeError) as error:
        raise CatalogueError(
            path, f"la fonction judge de {name} manque ({error}).", "écrivez-la à côté du TOML."
        ) from error
    return Check(texts, judge)


@cache
def checks() -> dict[str, Check]:
    """Every check shipped with Hygie, by id, in name order; read once a process."""
    return {check.id: check for check in load_folder(HERE, read_check)}
