"""The truth as it lies in ``dataset/``: records in TOML and flat tables in CSV, read into rows.

Values of flat tables are text; an empty cell is missing. Days are ISO dates, numbers plain.
"""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow

from communique.dates import DateError, bounds
from communique.frames import day
from communique.schemas import table_schema
from communique.tables import TABLES
from communique_tools import records

Row = dict[str, Any]
Rows = dict[str, list[Row]]


class FlatTableError(Exception):
    """A flat table that cannot be read, with the file, the line and what is wrong."""


def flat_files(dataset: Path) -> dict[str, list[Path]]:
    """The CSV files of each flat table, in order of name."""
    found: dict[str, list[Path]] = {}
    for path in sorted(dataset.rglob("*.csv")):
        table = "sources" if path.parent.name == "sources" else path.stem
        if table in TABLES:
            found.setdefault(table, []).append(path)
    return found


def _flag(text: str) -> bool:
    return {"true": True, "false": False}[text]


_READ: dict[pyarrow.DataType, Callable[[str], Any]] = {
    pyarrow.date32(): day,
    pyarrow.int64(): int,
    pyarrow.float64(): float,
    pyarrow.bool_(): _flag,
    pyarrow.string(): str,
}


def read_flat(table: str, path: Path) -> list[Row]:
    """The rows of one CSV file.

    Raises:
        FlatTableError: on a header that is not the table's, a row of another length, a value of another type,
            or another encoding than UTF-8.
    """
    columns = {column.name: column for column in table_schema(table).columns if not column.is_derived}
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if set(reader.fieldnames or []) != set(columns):
                raise FlatTableError(f"{path}:1  the header must be {','.join(columns)}")
            for typed in reader:
                if None in typed or None in typed.values():
                    raise FlatTableError(f"{path}:{reader.line_num}  expected {len(columns)} cells")
                rows.append(_row(typed, columns, path, reader.line_num))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FlatTableError(f"{path}:{len(rows) + 2}  cannot be read: {error}") from error
    return rows


def _row(typed: dict[str, str], columns: dict[str, Any], path: Path, line: int) -> Row:
    row: Row = {}
    for name, column in columns.items():
        try:
            row[name] = _READ[column.arrow](typed[name]) if typed[name] else None
        except (ValueError, KeyError) as error:
            raise FlatTableError(f"{path}:{line}  {name}: {typed[name]!r} is no {column.arrow}") from error
        if column.format == "edtf" and row[name]:
            try:
                bounds(row[name])
            except DateError as error:
                raise FlatTableError(f"{path}:{line}  {name}: {error}") from error
    return row


def read_truth(dataset: Path, extra: Iterable[Path] = ()) -> tuple[Rows, dict[str, records.Record]]:
    """Every row of the truth by table, and the records by event.

    Raises:
        FlatTableError, records.RecordError: when a file cannot be read.
    """
    rows: Rows = {table: [] for table in TABLES}
    for table, paths in flat_files(dataset).items():
        for path in paths:
            rows[table] += read_flat(table, path)
    read = [records.read(path) for path in [*records.files(dataset / "records"), *extra]]
    spans: dict[str, Row] = {}
    for record in read:
        for table, content in records.expand(record).items():
            rows[table] += content
        spans.update({span["span_id"]: span for span in rows["spans"]})
    rows["spans"] = list(spans.values())
    return rows, {record.event_id: record for record in read}
