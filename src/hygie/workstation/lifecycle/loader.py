"""Reads the end-of-life table strictly: a bad row is refused with the way to mend it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from hygie.catalogue.fields import Table, read_toml
from hygie.workstation.lifecycle.support import Lifecycle, Product, Release

TABLE = Path(__file__).parent / "table.toml"


def read_lifecycle(path: Path) -> Lifecycle:
    """The table of ``path``; CatalogueError names what is wrong and how to mend it."""
    data = read_toml(path)
    table = Table(path, data)
    checked_on: date = table.value("checked_on", date, "une date")
    products = {key: _product(table.table(key)) for key in data if key != "checked_on"}
    table.done()
    if not products:
        raise table.error("aucun produit.", "ajoutez une table [debian], par exemple.")
    return Lifecycle(checked_on, products)


def _product(table: Table) -> Product:
    extension = table.table("extension", optional=True)
    product = Product(
        name=table.text("name"),
        source=table.text("source"),
        releases=tuple(_release(row) for row in table.tables("releases")),
        extension=extension.text("title", default=""),
        extension_automatic=extension.flag("automatic", default=False),
    )
    extension.done()
    table.done()
    versions = [release.version for release in product.releases]
    if len(set(versions)) < len(versions):
        raise table.error("une version est écrite deux fois.", "gardez une seule ligne par version.")
    return product


def _release(row: Table) -> Release:
    release = Release(row.text("version"), row.text("name"), _day(row, "ends"), _day(row, "extended"))
    row.done()
    if release.extended and (release.ends is None or release.extended < release.ends):
        raise row.error("le support prolongé finit avant le support ordinaire.", "corrigez ends ou extended.")
    return release


def _day(row: Table, key: str) -> date | None:
    return row.value(key, date, "une date") if key in row.data else None


@cache
def lifecycle() -> Lifecycle:
    """The table shipped with Hygie; read once a process."""
    return read_lifecycle(TABLE)
