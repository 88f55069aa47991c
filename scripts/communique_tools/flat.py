"""Flat tables as people type them: CSV files in ``dataset/``, sorted by key.

The text of a cell is the value, an empty cell is missing, a day is an ISO date, a flag is ``true`` or ``false``.
Every file in ``sources/`` holds the table ``sources``; elsewhere a file is named after its table.
"""

import csv
import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from communique.columns import nearest, shown
from communique.dates import DateError, bounds
from communique.schemas import Column, table_schema, table_schemas
from communique_tools.errors import UnreadableError

Row = dict[str, Any]


class FlatTableError(UnreadableError):
    """A flat table that cannot be read."""


def flat_files(dataset: Path) -> dict[str, list[Path]]:
    """The CSV files of each flat table, in order of name."""
    found: dict[str, list[Path]] = {}
    for path in sorted(dataset.rglob("*.csv")):
        table = "sources" if path.parent.name == "sources" else path.stem
        if table in table_schemas():
            found.setdefault(table, []).append(path)
    return found


def _flag(text: str) -> bool:
    return {"true": True, "false": False}[text]


_READ: dict[str, Callable[[str], Any]] = {
    "date32": datetime.date.fromisoformat,
    "int64": int,
    "double": float,
    "bool": _flag,
    "string": str,
}
PLAIN = {
    "int64": re.compile(r"-?[0-9]{1,18}"),
    "double": re.compile(r"-?[0-9]{1,18}(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?"),
    "date32": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
"""The one way in which each type is typed; what else Python would read is refused."""
_EXPECTED = {
    "date32": "a day such as 2023-09-26",
    "int64": "a whole number",
    "double": "a number",
    "bool": "true or false",
}


def read_value(column: Column, text: str) -> Any:
    """The value of a cell; None when it is empty.

    Raises:
        ValueError: when the text is no value of the column's type.
    """
    if not text:
        return None
    try:
        if column.type in PLAIN and not PLAIN[column.type].fullmatch(text):
            raise ValueError(text)
        value = _READ[column.type](text)
        if column.format == "edtf":
            bounds(text)
    except DateError as error:
        raise ValueError(f"{column.name}: {error}") from error
    except (ValueError, KeyError) as error:
        raise ValueError(f"{column.name}: {shown(text)} is not {_EXPECTED[column.type]}") from error
    return value


def _check_header(header: list[str], columns: dict[str, Column], path: Path) -> None:
    if header and header[0].startswith("\ufeff"):
        raise FlatTableError(path, 1, "begins with a byte order mark; save it as UTF-8 without one")
    for name in header:
        if name not in columns:
            hint = nearest(name, columns) or f"; expected {', '.join(columns)}"
            raise FlatTableError(path, 1, f"unknown column {shown(name)}{hint}")
    if len(set(header)) < len(header):
        raise FlatTableError(path, 1, "a column stands twice in the header")
    if missing := [name for name in columns if name not in header]:
        raise FlatTableError(path, 1, f"columns are missing: {', '.join(missing)}")


def numbered_rows(table: str, path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of one CSV file, each with its line.

    Raises:
        FlatTableError: on a header that is not the table's, a row of another length, a value of another type,
            or another encoding than UTF-8.
    """
    columns = {column.name: column for column in table_schema(table).columns if not column.is_derived}
    line = 0
    try:
        if not path.is_file():  # a folder, a broken link, or a pipe that would be read for ever
            raise FlatTableError(path, 1, f"is no file; expected the table {table} in CSV")
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            _check_header(header, columns, path)
            for cells in reader:
                line = reader.line_num
                if len(cells) != len(header):
                    raise FlatTableError(path, line, f"{len(cells)} cells, expected {len(header)}")
                yield line, {name: read_value(columns[name], text) for name, text in zip(header, cells, strict=True)}
    except UnicodeDecodeError as error:
        raise FlatTableError(path, line + 1, f"not UTF-8: {error.reason} at byte {error.start}") from error
    except csv.Error as error:
        raise FlatTableError(path, line + 1, f"no CSV: {error}") from error
    except ValueError as error:
        raise FlatTableError(path, line, str(error)) from error
    except OSError as error:
        raise FlatTableError(path, 1, f"cannot be read: {error.strerror}") from error


def read_flat(table: str, path: Path) -> list[Row]:
    """The rows of one CSV file.

    Raises:
        FlatTableError: as :func:`numbered_rows`.
    """
    return [row for _, row in numbered_rows(table, path)]


def flat_places(dataset: Path) -> dict[tuple[str, str], tuple[Path, int]]:
    """The file and line of every row of the flat tables, by table and key."""
    return {
        (table, table_schema(table).key_of(row)): (path, line)
        for table, paths in flat_files(dataset).items()
        for path in paths
        for line, row in numbered_rows(table, path)
    }
