"""Parquet: the footer is judged before a row is read, and long texts before they are spelled out."""

import datetime
import io
from pathlib import Path

import pyarrow
from pyarrow import parquet

from communique_tools.errors import CannotRun
from communique_tools.importing.sheet import (
    LONGEST_CELL,
    LONGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Sheet,
    Unreadable,
)


def read_parquet(content: bytes, path: Path, table: str) -> Sheet:
    """The sheet in a Parquet file; rows are counted from 1.

    Raises:
        CannotRun: when the content is truncated, no Parquet, or larger than any table is.
    """
    try:
        with parquet.ParquetFile(io.BytesIO(content)) as file:
            _check_size(file.metadata, path)
            names = [field.name for field in file.schema_arrow if _is_text(field.type)]
        # Text is read as a dictionary, so that a long text that a million rows repeat stands in memory once.
        with parquet.ParquetFile(io.BytesIO(content), read_dictionary=names) as file:
            data = file.read()
        header = tuple(data.column_names)
        columns = [_cells(data.column(number), path) for number in range(len(header))]
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise CannotRun(f"{path}: is truncated or no Parquet file") from error
    rows = zip(*columns, strict=True) if columns else ()
    return Sheet(path, table, header, tuple(enumerate(rows, start=1)), unit="row ")


def _check_size(metadata: parquet.FileMetaData, path: Path) -> None:
    if metadata.num_rows > MOST_ROWS:
        raise CannotRun(f"{path}: {metadata.num_rows} rows; import no more than {MOST_ROWS} at once")
    if metadata.num_columns > MOST_COLUMNS:
        raise CannotRun(f"{path}: {metadata.num_columns} columns; no table has as many")
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if unpacked > LONGEST_FILE:
        raise CannotRun(f"{path}: unpacks to {unpacked} bytes; expected no more than {LONGEST_FILE}")


def _is_text(kind: pyarrow.DataType) -> bool:
    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def _cells(column: pyarrow.ChunkedArray, path: Path) -> list[Cell]:
    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
        for chunk in column.chunks:
            if any(len(str(value)) > LONGEST_CELL for value in chunk.dictionary.to_pylist()):
                raise CannotRun(f"{path}: a cell of more than {LONGEST_CELL} characters")
    if not _is_plain(kind):
        return [Unreadable(f"a {kind}") if valid else None for valid in column.is_valid().to_pylist()]
    return [_day(value) for value in column.to_pylist()]


def _is_plain(kind: pyarrow.DataType) -> bool:
    kinds = pyarrow.types
    plain = (kinds.is_integer, kinds.is_floating, kinds.is_boolean, kinds.is_date, kinds.is_timestamp, kinds.is_null)
    return _is_text(kind) or any(is_kind(kind) for is_kind in plain)


def _day(value: Cell) -> Cell:
    """A point in time as a day, if it is the first instant of one."""
    if not isinstance(value, datetime.datetime):
        return value
    is_first = value.time() == datetime.time() and not getattr(value, "nanosecond", 0)
    return value.date() if is_first else Unreadable("a time of day")
