"""The description of the tables that everything else is derived from, read from the contract."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from communique.contract import CONTRACT

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True)
class Column:
    """One column: its name, type (of Arrow), description, and what its model declares of it."""

    name: str
    type: str
    description: str
    nullable: bool
    is_key: bool = False
    is_derived: bool = False
    foreign_key: str | None = None
    vocabulary: str | None = None
    format: str | None = None
    unit: str | None = None
    since: str | None = None
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def arrow(self) -> "pyarrow.DataType":
        """The Arrow type."""
        import pyarrow

        return pyarrow.type_for_alias(self.type)


@dataclass(frozen=True)
class TableSchema:
    """One table: its name, description and columns."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return tuple(column.name for column in self.columns if column.is_key)

    def key_of(self, row: dict[str, Any]) -> str:
        """The key of a row as one text: its parts joined by spaces, nothing for a null."""
        return " ".join("" if row.get(name) is None else str(row[name]) for name in self.key)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: when there is none.
        """
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def arrow(self) -> "pyarrow.Schema":
        """The Arrow schema, with descriptions in the metadata of table and fields."""
        import pyarrow

        fields = [
            pyarrow.field(c.name, c.arrow, nullable=c.nullable, metadata={"description": c.description})
            for c in self.columns
        ]
        return pyarrow.schema(fields, metadata={"table": self.name, "description": self.description})


@cache
def table_schemas() -> dict[str, TableSchema]:
    """The description of every table, by name, in the order in which they are best read."""
    found: dict[str, TableSchema] = {}
    for table, content in json.loads(CONTRACT.read_text(encoding="utf-8")).items():
        columns = tuple(Column(**column) for column in content["columns"])
        found[table] = TableSchema(table, content["description"], columns)
    return found


def table_schema(table: str) -> TableSchema:
    """The description of a table.

    Raises:
        KeyError: when there is no such table.
    """
    return table_schemas()[table]
