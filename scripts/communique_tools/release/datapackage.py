"""``datapackage.json``: the CSV files described as a Frictionless tabular data package."""

import json
from pathlib import Path
from typing import Any

import pyarrow

from communique.dataset import Dataset
from communique.schemas import Column, TableSchema, table_schema
from communique.version import __version__
from communique.views import flat_schema
from communique.vocabulary import terms

_TYPES = {
    pyarrow.string(): "string",
    pyarrow.int64(): "integer",
    pyarrow.float64(): "number",
    pyarrow.bool_(): "boolean",
    pyarrow.date32(): "date",
}
TITLE = "Communique: a hand-curated dataset of diplomatic events"
LICENSE = "CC-BY-4.0"


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": _TYPES[column.arrow], "description": column.description}
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.vocabulary:
        constraints["enum"] = list(terms(column.vocabulary))
    details: dict[str, Any] = {"unit": column.unit} if column.unit else {}
    return {**field, **details, **({"constraints": constraints} if constraints else {})}


def _table(schema: TableSchema) -> dict[str, Any]:
    references = [
        {
            "fields": column.name,
            "reference": {
                "resource": "" if column.foreign_key == schema.name else column.foreign_key,
                "fields": table_schema(column.foreign_key).key[0],
            },
        }
        for column in schema.columns
        if column.foreign_key and len(table_schema(column.foreign_key).key) == 1
    ]
    described: dict[str, Any] = {"fields": [_field(column) for column in schema.columns]}
    # A primary key must not hold nulls here; `evidence` has one whose null is a value of its own.
    if not any(column.is_key and column.nullable for column in schema.columns):
        described["primaryKey"] = list(schema.key)
    if references:
        described["foreignKeys"] = references
    return {**described, "missingValues": [""]}


def _resource(schema: TableSchema, path: str) -> dict[str, Any]:
    return {
        "name": schema.name,
        "path": path,
        "profile": "tabular-data-resource",
        "description": schema.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _table(schema),
    }


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:
    """The description of ``csv/`` and of the view."""
    package = {
        "profile": "tabular-data-package",
        "name": "communique",
        "title": TITLE,
        "version": version,
        "schema_version": __version__,
        "licenses": [{"name": LICENSE, "title": "Creative Commons Attribution 4.0 International"}],
        "resources": [
            *(_resource(table_schema(name), f"csv/{name}.csv") for name in dataset),
            _resource(flat_schema(), "views/events_flat.csv"),
        ],
    }
    path = folder / "datapackage.json"
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]
