"""What differs between two states of the dataset, by table, row and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from communique.dataset import Dataset
from communique.schemas import table_schema
from communique.tables import TABLES

Row = Mapping[str, Any]
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One difference: a row added or removed, or one value of a row that is another now."""

    table: str
    key: str
    kind: Kind
    column: str | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class DatasetDiff:
    """Every difference, in the order of the tables and their keys."""

    changes: tuple[Change, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.changes)

    def counts(self) -> dict[str, dict[str, int]]:
        """By table: how many rows were added and removed, and how many values changed."""
        found: dict[str, dict[str, int]] = {}
        for change in self.changes:
            kinds = found.setdefault(change.table, {"added": 0, "removed": 0, "changed": 0})
            kinds[change.kind] += 1
        return found


def row_key(table: str, row: Row) -> str:
    """The key of a row as one text, its parts separated by spaces, as findings and `changes` write it."""
    return " ".join("" if row.get(name) is None else str(row[name]) for name in table_schema(table).key)


def _table_changes(table: str, left: list[Row], right: list[Row]) -> Iterator[Change]:
    old = {row_key(table, row): row for row in left}
    new = {row_key(table, row): row for row in right}
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield Change(table, key, "removed")
        elif key not in old:
            yield Change(table, key, "added")
        else:
            for column in {**old[key], **new[key]}:
                before, after = old[key].get(column), new[key].get(column)
                if before != after:
                    yield Change(table, key, "changed", column, before, after)


def diff_rows(left: Mapping[str, list[Any]], right: Mapping[str, list[Any]]) -> DatasetDiff:
    """The differences between two states given as rows by table; a table that one lacks is empty there."""
    return DatasetDiff(
        tuple(change for table in TABLES for change in _table_changes(table, left.get(table, []), right.get(table, [])))
    )


def diff(left: Dataset, right: Dataset) -> DatasetDiff:
    """The differences between two datasets."""
    return diff_rows(left.rows(), right.rows())
