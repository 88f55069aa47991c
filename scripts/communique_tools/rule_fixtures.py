"""Fixtures of rules: a small dataset without a fault, and one file per rule that says what breaks it.

``tests/fixtures/valid`` is a dataset of invented events, as people type it; the vocabularies are the real ones.
``tests/fixtures/invalid/<CODE>-<what>.toml`` names the rows that the rule must find, and the changes that break it::

    code = "S205"
    table = "status_steps"
    keys = ["jpn-kor-call-2024/cancelled"]

    [[changes]]
    table = "status_steps"
    key = "jpn-kor-call-2024/cancelled"
    unset = ["by_id"]

A change does one thing to one row: it ``set``s values, ``unset``s columns, ``drop``s the row, ``add``s another, or
takes a column (``drop_column``) from its table. What follows from the changed values is derived anew.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli

from communique.check import check_rows, check_table
from communique.derive import derive
from communique.report import Finding
from communique.schemas import table_schema, table_schemas
from communique_tools.truth import read_truth

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_CHANGE = frozenset({"table", "key", "set", "unset", "drop", "add", "drop_column"})


class FixtureError(Exception):
    """A fixture that says nothing that can be done."""


@dataclass(frozen=True)
class Change:
    """What is done to one row, or to one column, of a table."""

    table: str
    key: str = ""
    set: Row = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    drop: bool = False
    add: Row = field(default_factory=dict)
    drop_column: str | None = None


@dataclass(frozen=True)
class Fixture:
    """The changes that break one rule, and the rows that it must then find."""

    name: str
    code: str
    table: str
    keys: tuple[str, ...]
    changes: tuple[Change, ...]


def read_fixture(path: Path) -> Fixture:
    """The fixture in a file.

    Raises:
        FixtureError: when the file is not named after its code, or holds a change of no known kind.
    """
    data = tomli.loads(path.read_text(encoding="utf-8"))
    if not path.stem.startswith(f"{data['code']}-"):
        raise FixtureError(f"{path}: the code is {data['code']}, expected that of the name")
    for change in data["changes"]:
        if unknown := change.keys() - _CHANGE:
            raise FixtureError(f"{path}: unknown {', '.join(sorted(unknown))}; expected {', '.join(sorted(_CHANGE))}")
    changes = tuple(Change(**{**change, "unset": tuple(change.get("unset", ()))}) for change in data["changes"])
    return Fixture(path.stem, data["code"], data["table"], tuple(data["keys"]), changes)


def read_fixtures(folder: Path) -> list[Fixture]:
    """Every fixture of a folder, in order of name."""
    return [read_fixture(path) for path in sorted(folder.glob("*.toml"))]


def complete(rows: Rows) -> Rows:
    """Rows with every column of their table, and every derived value."""
    derived = derive({table: [dict(row) for row in rows[table]] for table in table_schemas()})
    return {
        table: [{column.name: row.get(column.name) for column in schema.columns} for row in derived[table]]
        for table, schema in table_schemas().items()
    }


def read_valid(root: Path) -> Rows:
    """The dataset without a fault, from the root of a checkout."""
    rows, _ = read_truth(root / "tests" / "fixtures" / "valid")
    words, _ = read_truth(root / "dataset" / "vocabulary")
    return complete({**rows, "terms": words["terms"], "crosswalk": words["crosswalk"]})


def find(rows: Rows, table: str, key: str) -> Row:
    """The row of a key.

    Raises:
        FixtureError: when there is none.
    """
    schema = table_schema(table)
    found = next((row for row in rows[table] if schema.key_of(row) == key), None)
    if found is None:
        raise FixtureError(f"{table} has no row {key!r}")
    return found


def broken(valid: Rows, fixture: Fixture) -> Rows:
    """The dataset with the changes of a fixture; those of derived columns come last, so that they stand.

    Raises:
        FixtureError: when a change names a row or a column that does not exist.
    """
    rows = {table: [dict(row) for row in content] for table, content in valid.items()}
    late: list[tuple[Row, Row]] = []
    for change in fixture.changes:
        columns = {column.name: column for column in table_schema(change.table).columns}
        values = {**change.set, **dict.fromkeys(change.unset), **change.add}
        if unknown := values.keys() - columns.keys():
            raise FixtureError(f"{fixture.name}: {change.table} has no column {min(unknown)!r}")
        if change.add:
            rows[change.table].append({**dict.fromkeys(columns), **change.add})
        elif change.drop:
            rows[change.table].remove(find(rows, change.table, change.key))
        elif values:
            row = find(rows, change.table, change.key)
            row.update({name: value for name, value in values.items() if not columns[name].is_derived})
            late.append((row, {name: value for name, value in values.items() if columns[name].is_derived}))
    derive(rows)
    for row, values in late:
        row.update(values)
    return rows


def findings(valid: Rows, fixture: Fixture) -> tuple[Finding, ...]:
    """What the check finds in the dataset with the changes of a fixture."""
    dropped = [change for change in fixture.changes if change.drop_column]
    if not dropped:
        return check_rows(broken(valid, fixture)).findings
    from communique.frames import arrow_table, to_frame

    return tuple(
        finding
        for change in dropped
        for finding in check_table(
            change.table, to_frame(arrow_table(change.table, valid[change.table])).drop(columns=[change.drop_column])
        )
    )
