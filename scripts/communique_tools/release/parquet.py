"""Parquet: one file per table and view, zstd, sorted by key, with its page of the codebook in the footer.

The Arrow schema carries descriptions, units and NOT NULL; the key ``codebook`` of the footer holds, as JSON, what
the codebook says of the table (:mod:`communique_tools.release.description`), its terms included.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from communique_tools.release.description import describe
from communique_tools.release.edition import Content, Edition

_TOLD = ("description", "unit", "vocabulary", "foreign_key", "format", "notice")


def write_table(table: pyarrow.Table, path: Path, footer: Mapping[str, str] | None = None) -> Path:
    """One table as a file whose bytes depend on nothing but its rows, its schema and the entries of the footer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with parquet.ParquetWriter(
        path,
        table.schema,
        version="2.6",
        compression="zstd",
        compression_level=9,
        store_schema=True,  # the only home of a column's description
        write_page_checksum=True,
    ) as writer:
        writer.write_table(table.combine_chunks())  # chunks would show in the bytes
        writer.add_key_value_metadata(footer or {})
    return path


def _described(schema: pyarrow.Schema, description: dict[str, Any]) -> pyarrow.Schema:
    """The schema with what is told of each column in the metadata of its field."""
    fields = [
        field.with_metadata({name: str(column[name]) for name in _TOLD if column.get(name)})
        for field, column in zip(schema, description["columns"], strict=True)
    ]
    told = {name: str(description[name]) for name in ("table", "description", "version", "schema_version")}
    return pyarrow.schema(fields, metadata=told)


def write_content(content: Content, path: Path, version: str) -> Path:
    """One table or view as a file, described in its footer."""
    description = describe(content, version)
    schema = _described(content.table.schema, description)
    table = pyarrow.Table.from_arrays(content.table.columns, schema=schema)
    return write_table(table, path, {"codebook": json.dumps(description, ensure_ascii=False)})


def write_tables(contents: Mapping[str, Content], folder: Path, version: str) -> list[Path]:
    """Every table into a folder, ``<table>.parquet``."""
    return [write_content(content, folder / f"{name}.parquet", version) for name, content in contents.items()]


def write(edition: Edition, folder: Path) -> list[Path]:
    """Every table into ``parquet/``, every view into ``views/``."""
    return [
        *write_tables(edition.tables, folder / "parquet", edition.version),
        *write_tables(edition.views, folder / "views", edition.version),
    ]
