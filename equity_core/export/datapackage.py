"""datapackage.json: a Frictionless Data Package (v1) that says what each file holds.

https://specs.frictionlessdata.io/data-package/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equity_core.export.tables import Column, Table
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.provenance import baseline_origin, provenance
from equity_core.text.caveats import long_caveats
from equity_core.text.opening.alone import quotable
from equity_core.text.scenario import BOUNDARIES

LICENCES = {
    "MIT": ("MIT", "https://opensource.org/license/mit"),
    "ODbL 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "html": "text/html",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Stamp:
    """Size in bytes and SHA-256 of a written file."""

    size: int
    sha256: str


def media_type(name: str) -> str:
    """The media type of a file name of ours."""
    return MEDIA_TYPES[name.rpartition(".")[2]]


def datapackage(
    comparison: Comparison, dataset: Dataset, tables: Sequence[Table], files: Mapping[str, Stamp]
) -> bytes:
    """The description of `files` (name to stamp); a CSV named after a table gets its schema."""
    origin = provenance(comparison.after)
    by_file = {f"{table.name}.csv": table for table in tables}
    description = {
        "profile": "data-package",
        "name": f"equity-{dataset.id}-{comparison.after.fingerprint}".lower(),
        "title": f"Equity Explorer: {dataset.title}",
        "description": quotable(comparison),
        "version": origin["product_version"],
        "licenses": _licences(dataset),
        "sources": _sources(dataset),
        "attribution": dataset.attribution,
        "caveats": list(long_caveats(comparison.after, dataset)),
        "provenance": origin | baseline_origin(comparison),
        "resources": [_resource(name, files[name], by_file.get(name)) for name in files],
    }
    return (json.dumps(description, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _licences(dataset: Dataset) -> list[dict[str, str]]:
    """The licences named by the data set and its source cards; its own words as their title."""
    named = " ".join([dataset.licence, *(card.licence for card in dataset.cards)])
    known = [
        {"name": name, "path": path, "title": words}
        for words, (name, path) in LICENCES.items()
        if words in named
    ]
    return known or [{"name": "other", "title": dataset.licence}]


def _sources(dataset: Dataset) -> list[dict[str, str]]:
    told = {f"{card.dated} ({card.licence})" for card in dataset.cards}
    return [{"title": title} for title in [*sorted(told), BOUNDARIES]]


def _resource(file: str, stamp: Stamp, table: Table | None) -> dict[str, Any]:
    stem, _, ending = file.rpartition(".")
    resource: dict[str, Any] = {
        "name": file.lower().replace("_", "-"),
        "path": file,
        "title": table.title if table else stem.replace("-", " "),
        "format": ending,
        "mediatype": media_type(file),
        "bytes": stamp.size,
        "hash": f"sha256:{stamp.sha256}",
    }
    if table is None:
        return resource
    return resource | {
        "profile": "tabular-data-resource",
        "description": table.words,
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    origin = [Column(name, "string", "", name.replace("_", " ")) for name in table.origin]
    return {
        "fields": [_field(column) for column in (*table.columns, *origin)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": column.type, "title": column.title}
    return field | ({"unit": column.unit} if column.unit else {})
