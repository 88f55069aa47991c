"""CSV (RFC 4180, UTF-8, line feeds): one file per table, sorted by key; an empty cell is a missing value.

A spreadsheet takes a cell that begins with ``= + - @`` for a formula. Such a text gets a leading apostrophe;
to read it back, take one apostrophe off every text that begins with apostrophes and then one of the four.
Numbers, days and flags are left as they are.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from communique.content import plain
from communique.dataset import Dataset
from communique.frames import arrow_table
from communique.schemas import TableSchema, table_schema

_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def cell(value: Any) -> str:
    """A value as a cell: missing is empty, flags are true and false, days ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else str(plain(value))


def write_rows(schema: TableSchema, rows: Iterable[dict[str, Any]], path: Path) -> Path:
    """One table as a file."""
    names = [column.name for column in schema.columns]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(row[name]) for name in names] for row in rows)
    return path


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:  # noqa: ARG001
    """Every table into ``csv/``."""
    rows = dataset.rows()
    return [
        write_rows(table_schema(name), arrow_table(name, rows[name]).to_pylist(), folder / "csv" / f"{name}.csv")
        for name in dataset
    ]
