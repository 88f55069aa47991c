"""What the views share: how one is declared, and how rows are gathered and joined."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from communique.schemas import Column, TableSchema, table_schema

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class View:
    """A generated table: its description, and the function that makes its rows from those of the tables."""

    schema: Callable[[], TableSchema]
    rows: Callable[[Rows], list[Row]]


def derived(name: str, kind: str, description: str, *, nullable: bool = True, unit: str | None = None) -> Column:
    """A column of a view alone; ``kind`` is its Arrow type."""
    return Column(name, kind, description, nullable=nullable, is_derived=True, unit=unit)


def taken(table: str, column: str, **other: Any) -> Column:
    """A column that a view takes over from a table, but for what is said otherwise."""
    return replace(table_schema(table).column(column), **{"is_key": False, "is_derived": True, **other})


def joined(values: Iterable[str | None]) -> str | None:
    """The distinct values, sorted, as one text; None where there are none."""
    return "; ".join(sorted({value for value in values if value})) or None


def grouped(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column, or by the values of several."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        values = [row[name] for name in columns]
        groups[values[0] if len(values) == 1 else tuple(values)].append(row)
    return groups
