"""One Parquet or CSV file as a frame of its table, with the types that its columns declare."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
from pyarrow import parquet, types

from communique.frames import to_frame
from communique.loading import MOST_ROWS
from communique.report import Finding
from communique.schemas import TableSchema
from communique_tools.errors import CannotRun
from communique_tools.release.csv import unguarded

_FLAGS = {"true": True, "false": False}
_KINDS: dict[str, tuple[Callable[[Any], bool], ...]] = {
    "string": (types.is_string, types.is_large_string, types.is_string_view),
    "int64": (types.is_integer, types.is_floating),  # pandas makes floats of whole numbers with gaps
    "double": (types.is_floating, types.is_integer),
    "bool": (types.is_boolean,),
    "date32": (types.is_date, types.is_timestamp),
}
"""The Arrow types of which a column's values may be; what Pandera would coerce beyond them, a list, is no text."""


def read_parquet(path: Path, schema: TableSchema) -> tuple[pd.DataFrame, list[Finding]]:
    """The frame in a Parquet file, and what is wrong with the types of its columns.

    Raises:
        CannotRun: when the file is no whole Parquet file, or larger than any table is.
    """
    try:
        with parquet.ParquetFile(path) as file:
            if file.metadata.num_rows > MOST_ROWS:
                raise CannotRun(f"{path}: declares {file.metadata.num_rows} rows, more than {MOST_ROWS}")
            data = file.read()
        data.validate(full=True)
        data, found = _as_declared(data, schema)
        return (pd.DataFrame() if found else to_frame(data)), found
    except (OSError, ValueError, OverflowError, pyarrow.ArrowException) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise CannotRun(f"{path}: is no whole Parquet file: {reason}") from error


def _as_declared(data: pyarrow.Table, schema: TableSchema) -> tuple[pyarrow.Table, list[Finding]]:
    """The columns in their declared types, and a finding for each that cannot be."""
    found = []
    for name in dict.fromkeys(name for name in data.column_names if data.column_names.count(name) > 1):
        found.append(Finding("C001", schema.name, "-", f"column {name!r} stands twice", column=name))
    for column in schema.columns if not found else ():
        if column.name not in data.column_names:
            continue
        values = data.column(column.name)
        if types.is_dictionary(values.type):
            values = values.cast(values.type.value_type)
        words = f"{column.name}: expected {column.arrow}, found {values.type}"
        try:
            is_kin = types.is_null(values.type) or any(kind(values.type) for kind in _KINDS[column.type])
            cast = values.cast(column.arrow) if is_kin else None
        except pyarrow.ArrowInvalid as error:
            cast, words = None, f"{column.name}: {str(error).splitlines()[0]}"
        if cast is None:
            found.append(Finding("C001", schema.name, "-", words, column=column.name))
        else:
            data = data.set_column(data.column_names.index(column.name), column.name, cast)
    return data, found


def read_csv(path: Path, schema: TableSchema) -> pd.DataFrame:
    """The frame in a CSV file such as a release holds: an empty cell is missing, a flag is true or false.

    Raises:
        CannotRun: when the file is no CSV in UTF-8; the message names the line.
    """
    rows: list[list[str | None]] = []
    line = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            for cells in reader:
                line = reader.line_num
                if len(cells) != len(header):
                    raise CannotRun(f"{path}:{line}  {len(cells)} cells, expected {len(header)}")
                rows.append([unguarded(cell) or None for cell in cells])
    except UnicodeDecodeError as error:
        raise CannotRun(f"{path}:{line + 1}  not UTF-8: {error.reason} at byte {error.start}") from error
    except (csv.Error, OSError) as error:
        raise CannotRun(f"{path}:{line + 1}  no CSV: {error}") from error
    if not header:
        raise CannotRun(f"{path}:1  is empty; expected a header with the names of the columns")
    frame = pd.DataFrame(rows, columns=header, dtype="str")
    for column in schema.columns:
        if column.type == "bool" and column.name in header and header.count(column.name) == 1:
            flags = [_FLAGS.get(value, value) if isinstance(value, str) else None for value in frame[column.name]]
            frame[column.name] = pd.Series(flags, dtype="object", index=frame.index)
    return frame
