"""``datapackage.json``: the CSV files described as a Frictionless tabular data package."""

import json
from pathlib import Path
from typing import Any

from communique.schemas import Column, TableSchema, table_schema
from communique.version import __version__
from communique.vocabulary import terms
from communique_tools.release.edition import Edition

_TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean", "date32": "date"}
TITLE = "communique: a dataset of diplomatic events"
LICENSE = "CC-BY-4.0"


def _constraints(column: Column) -> dict[str, Any]:
    declared = {"pattern": column.pattern, "minimum": column.minimum, "maximum": column.maximum}
    found: dict[str, Any] = {name: value for name, value in declared.items() if value is not None}
    if not column.nullable:
        found["required"] = True
    if column.vocabulary:
        found["enum"] = list(terms(column.vocabulary))
    return found


def _field(column: Column) -> dict[str, Any]:
    constraints = _constraints(column)
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.description,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


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


def package(edition: Edition) -> dict[str, Any]:
    """The description of ``csv/`` and ``views/``."""
    places = {**dict.fromkeys(edition.tables, "csv"), **dict.fromkeys(edition.views, "views")}
    return {
        "profile": "tabular-data-package",
        "name": "communique",
        "title": TITLE,
        "version": edition.version,
        "schema_version": __version__,
        "licenses": [{"name": LICENSE, "title": "Creative Commons Attribution 4.0 International"}],
        "resources": [
            _resource(content.schema, f"{places[name]}/{name}.csv") for name, content in edition.contents.items()
        ],
    }


def write(edition: Edition, folder: Path) -> list[Path]:
    """The package as a file."""
    path = folder / "datapackage.json"
    text = json.dumps(package(edition), ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]
