"""The description of the tables that everything else is derived from, read off the Pandera models."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow

from communique.tables import TABLES

_ARROW = {
    "string[pyarrow]": pyarrow.string(),
    "Int64": pyarrow.int64(),
    "boolean": pyarrow.bool_(),
    "float64": pyarrow.float64(),
    "date32[day][pyarrow]": pyarrow.date32(),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, description and what its model declares of it."""

    name: str
    arrow: pyarrow.DataType
    description: str
    nullable: bool
    is_key: bool
    is_derived: bool
    foreign_key: str | None
    vocabulary: str | None
    format: str | None
    unit: str | None


@dataclass(frozen=True)
class TableSchema:
    """One table: its name, description and columns."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return tuple(column.name for column in self.columns if column.is_key)

    def arrow(self) -> pyarrow.Schema:
        """The Arrow schema, with descriptions in the metadata of table and fields."""
        fields = [
            pyarrow.field(c.name, c.arrow, nullable=c.nullable, metadata={"description": c.description})
            for c in self.columns
        ]
        return pyarrow.schema(fields, metadata={"table": self.name, "description": self.description})


def _column(name: str, declared: Any) -> Column:
    metadata = declared.metadata or {}
    dtype = str(declared.dtype)
    return Column(
        name=name,
        arrow=_ARROW[dtype],
        description=declared.description or "",
        nullable=declared.nullable,
        is_key=bool(metadata.get("primary_key")),
        is_derived=bool(metadata.get("derived")),
        foreign_key=metadata.get("foreign_key"),
        vocabulary=metadata.get("vocabulary"),
        format=metadata.get("format"),
        unit=metadata.get("unit"),
    )


@cache
def table_schema(table: str) -> TableSchema:
    """The description of a table.

    Raises:
        KeyError: when there is no such table.
    """
    model = TABLES[table]
    columns = tuple(_column(name, declared) for name, declared in model.to_schema().columns.items())
    return TableSchema(table, (model.__doc__ or "").split("\n", maxsplit=1)[0], columns)
