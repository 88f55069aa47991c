"""Rows to frames, frames to rows, with the types that the models declare."""

import datetime
from typing import Any

import pandas as pd
import pyarrow

from communique.schemas import TableSchema, table_schema

Row = dict[str, Any]

_PANDAS = {
    pyarrow.string(): "str",
    pyarrow.int64(): "Int64",
    pyarrow.bool_(): "boolean",
    pyarrow.float64(): "float64",
}


def arrow_table(table: str, rows: list[Row]) -> pyarrow.Table:
    """The rows of a table, sorted by its key, in the order of its columns.

    Raises:
        pyarrow.ArrowInvalid, pyarrow.ArrowTypeError: when a value is not of its column's type.
    """
    schema = table_schema(table)
    ordered = sorted(rows, key=lambda row: tuple(str(row.get(name) or "") for name in schema.key))
    columns = [pyarrow.array([row.get(c.name) for row in ordered], type=c.arrow) for c in schema.columns]
    return pyarrow.Table.from_arrays(columns, schema=schema.arrow())


def to_frame(data: pyarrow.Table) -> pd.DataFrame:
    """An Arrow table as a frame: text as ``str``, days as Arrow days (which hold any century), nulls kept."""
    columns = {}
    for field in data.schema:
        dtype = _PANDAS.get(field.type) or pd.ArrowDtype(field.type)
        columns[field.name] = pd.Series(data.column(field.name).to_pylist(), dtype=dtype)
    return pd.DataFrame(columns)


def to_rows(frame: pd.DataFrame, schema: TableSchema) -> list[Row]:
    """A frame as rows, with None for whatever is missing."""
    columns = {}
    for column in schema.columns:
        values = frame[column.name].astype(object)
        columns[column.name] = values.where(values.notna(), None).tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def day(text: str | datetime.date) -> datetime.date:
    """A day from its ISO form."""
    return text if isinstance(text, datetime.date) else datetime.date.fromisoformat(text)
