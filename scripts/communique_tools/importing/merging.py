"""What files give and what the truth holds, as one: rows are added and gaps filled, nothing is overwritten."""

from dataclasses import dataclass, field
from typing import Any

from communique.schemas import table_schema, table_schemas
from communique_tools.collapse.implied import CollapseError, participant_key
from communique_tools.importing.given import Given
from communique_tools.importing.sheet import Problem, shown
from communique_tools.records import Row, Rows


@dataclass
class Merged:
    """The typed rows with what was given, where they changed, and what spoke against it."""

    rows: Rows
    added: set[tuple[str, str]] = field(default_factory=set)
    filled: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def touched(self) -> set[tuple[str, str]]:
        """Table and key of every row that is new or says more than before."""
        return self.added | self.filled


def merge(typed: Rows, complete: Rows, published: Rows, given: list[Given]) -> Merged:
    """The typed rows of the truth with the given ones.

    ``complete`` holds the rows of the truth with all that is derived: a given value that stands there changes
    nothing. ``published`` holds those of the last release, which are not overwritten either.
    """
    merged = Merged({table: [dict(row) for row in rows] for table, rows in typed.items()})
    tables = {row.table for row in given}
    have = {table: _by_key(table, complete[table]) for table in tables}
    rows = {table: _by_key(table, merged.rows[table]) for table in tables}
    public = {table: _by_key(table, published.get(table, [])) for table in tables}
    retired = {row["old_id"]: row["reason"] for row in typed["retired_ids"]}
    for one in given:
        if clashes := _clashes(one, public[one.table].get(one.key, {}), "the last release"):
            merged.problems += clashes
        elif one.key in have[one.table]:
            _fill(merged, one, have[one.table][one.key], rows[one.table][one.key])
        elif (one.table, one.key) in merged.added:
            merged.problems.append(Problem(one.place, f"{one.key!r} is given twice"))
        elif reason := retired.get(one.key):
            merged.problems.append(Problem(one.place, f"{one.key!r} was retired: {reason}; choose another id"))
        elif misnamed := _misnamed(one):
            merged.problems.append(Problem(one.place, misnamed))
        else:
            merged.rows[one.table].append(_new(one))
            merged.added.add((one.table, one.key))
    return merged


def _by_key(table: str, rows: list[Row]) -> dict[str, Row]:
    schema = table_schema(table)
    return {schema.key_of(row): row for row in rows}


def _clashes(given: Given, have: Row, where: str) -> list[Problem]:
    """The given values that differ from those of a row."""
    return [
        Problem(
            given.place,
            f"{column}: {shown(value)}, but {where} holds {shown(have[column])}; an import overwrites nothing",
        )
        for column, value in given.values.items()
        if have.get(column) not in {None, value}
    ]


def _fill(merged: Merged, given: Given, have: Row, row: Row) -> None:
    merged.problems += _clashes(given, have, "the dataset")
    for column, value in given.values.items():
        if have.get(column) is None:
            row[column] = value
            merged.filled.add((given.table, given.key))


def _new(given: Given) -> Row:
    row: dict[str, Any] = {
        column.name: given.values.get(column.name)
        for column in table_schemas()[given.table].columns
        if not column.is_derived
    }
    return {**row, "key": participant_key(row)} if given.table == "participants" else row


def _misnamed(given: Given) -> str | None:
    """Why a row cannot have its id: a record makes the ids of its rows itself."""
    values = given.values
    schema = table_schema(given.table)
    for column in schema.columns:
        if not column.is_derived and not column.nullable and column.name not in values:
            return f"{column.name}: is empty, but a new row of {given.table} needs it"
    if given.table == "participants":
        try:
            participant_key(values)
        except CollapseError as error:
            return str(error)
    expected = _expected_id(given.table, values)
    own = values[schema.key[0]]
    if expected is None or own == expected or (expected.endswith("/") and own.startswith(expected)):
        return None
    return f"{schema.key[0]}: {shown(own)}; expected {expected}{'<slug>' if expected.endswith('/') else ''}"


def _expected_id(table: str, values: dict[str, Any]) -> str | None:
    """The id that a record gives to a row, or how it begins; None where the curator names the row."""
    if table == "relations":
        term = values["relation"].replace("_", "-")
        return f"{values['from_event_id']}/{term}-{values['to_event_id']}"
    if table == "spans":
        return f"{values['source_id']}-{values['sha256'][:12]}"
    if table in {"status_steps", "participants", "outcomes", "statements"}:
        return f"{values['event_id']}/"
    return None
