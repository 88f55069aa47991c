"""What differs between two states of the dataset, by table, row and column, and why.

The reason of a difference is what the newer state says of it in ``changes`` (of the value, or of its whole row)
or, of a row that is gone, in ``retired_ids``. Entries that the older state had already tell of older differences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from communique.content import plain
from communique.dataset import Dataset
from communique.schemas import table_schemas

Row = Mapping[str, Any]
Rows = Mapping[str, list[Any]]
Kind = Literal["added", "removed", "changed"]


class AmbiguousKeyError(ValueError):
    """A key that stands twice in one table: its rows cannot be told apart."""


@dataclass(frozen=True)
class Change:
    """One difference: a row added or removed, or one value of a row that is another now."""

    table: str
    key: str
    kind: Kind
    column: str | None = None
    before: Any = None
    after: Any = None
    reason: str | None = None


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

    def document(self, left: str, right: str) -> dict[str, Any]:
        """The differences as JSON holds them, with the names of both states; days are ISO text."""
        changes = [{name: plain(value) for name, value in asdict(change).items()} for change in self.changes]
        return {"from": left, "to": right, "changes": changes}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "DatasetDiff":
        """The differences that :meth:`document` wrote, their values as JSON holds them.

        Raises:
            ValueError: when the document is none of these.
        """
        try:
            return cls(tuple(Change(**change) for change in document["changes"]))
        except (KeyError, TypeError) as error:
            raise ValueError("is no list of differences") from error


def _key(table: str, row: Row) -> tuple[str, ...]:
    """The parts of a row's key; of an unknown table, all its values."""
    known = table_schemas().get(table)
    names = known.key if known else tuple(row)
    return tuple("" if row.get(name) is None else str(row[name]) for name in names)


def _by_key(table: str, rows: list[Any]) -> dict[tuple[str, ...], Row]:
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = _key(table, row)
        if key in found:
            raise AmbiguousKeyError(f"{table} {' '.join(key)}: the key stands twice; its rows cannot be told apart")
        found[key] = row
    return found


def _table_changes(table: str, left: list[Any], right: list[Any]) -> Iterator[Change]:
    old, new = _by_key(table, left), _by_key(table, right)
    for parts in sorted(old.keys() | new.keys()):
        key = " ".join(parts)  # as findings and `changes` write it
        if parts not in new:
            yield Change(table, key, "removed")
        elif parts not in old:
            yield Change(table, key, "added")
        else:
            for column in {**old[parts], **new[parts]}:
                before, after = old[parts].get(column), new[parts].get(column)
                if before != after:
                    yield Change(table, key, "changed", column, before, after)


def is_retired(change: Change, retired: Mapping[str, Any]) -> bool:
    """Whether the row of a change, or a row on which it stands, is one of those that were retired."""
    return bool(_ids(change) & retired.keys())


def follows_merger(change: Change, retired: Mapping[str, Any]) -> bool:
    """Whether a value named an id that was merged, and names now what it was merged into, in one step or several."""
    name, seen = change.before, set[Any]()
    while change.kind == "changed" and name in retired and name not in seen:
        seen.add(name)
        name = retired[name]["into_id"]
        if name == change.after:
            return True
    return False


def _ids(change: Change) -> set[str]:
    """The ids in the key of a row, and the events to which they belong."""
    known = table_schemas().get(change.table)
    parts = change.key.split(" ") if known and len(known.key) > 1 else [change.key]
    return {*parts, *(part.split("/")[0] for part in parts)}


def _reason(change: Change, told: Mapping[tuple[str, str], list[Row]], retired: Mapping[str, Row]) -> str | None:
    about = (row for row in told.get((change.table, change.key), []) if row["column_name"] in {None, change.column})
    reasons = [row["reason"] for row in about]
    if change.kind == "removed":
        reasons += [retired[old]["reason"] for old in sorted(_ids(change) & retired.keys())]
    elif follows_merger(change, retired):
        reasons.append(retired[change.before]["reason"])
    return "; ".join(dict.fromkeys(reasons)) or None


def _reasons(left: Rows, right: Rows) -> tuple[dict[tuple[str, str], list[Row]], dict[str, Row]]:
    old = {row["change_id"] for row in left.get("changes", [])}
    told: dict[tuple[str, str], list[Row]] = {}
    for row in right.get("changes", []):
        if row["change_id"] not in old:
            told.setdefault((row["table_name"], row["row_id"]), []).append(row)
    return told, {row["old_id"]: row for row in right.get("retired_ids", [])}


def diff_rows(left: Rows, right: Rows) -> DatasetDiff:
    """The differences between two states given as rows by table; a table that one lacks is empty there.

    Raises:
        AmbiguousKeyError: when a key stands twice in a table of either.
    """
    told, retired = _reasons(left, right)
    tables = [*table_schemas(), *sorted((left.keys() | right.keys()) - table_schemas().keys())]
    found = (change for table in tables for change in _table_changes(table, left.get(table, []), right.get(table, [])))
    return DatasetDiff(tuple(replace(change, reason=_reason(change, told, retired)) for change in found))


def diff(left: Dataset, right: Dataset) -> DatasetDiff:
    """The differences between two datasets."""
    return diff_rows(left.rows(), right.rows())
