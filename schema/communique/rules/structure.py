"""Rules on how rows are written: text, missing values, names, and what is derived (N0…)."""

import datetime
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from communique.dates import DateError
from communique.derive import derive
from communique.rules.catalogue import Failures, Row, Rows, key_of, rule
from communique.schemas import Column, table_schema, table_schemas

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_STAND_INS = frozenset({"", "-", "?", "NA", "N/A", "n/a", "None", "NULL", "null", "NaN", "nan", "NaT", "TBD", "9999"})
_NUMBERS = frozenset({-9, -99, -999, -9999})
_NAMED_AFTER = {
    "status_steps": "event_id",
    "participants": "event_id",
    "statements": "event_id",
    "outcomes": "event_id",
    "relations": "from_event_id",
}


def _columns(kind: str) -> Iterator[tuple[str, Column]]:
    for table, schema in table_schemas().items():
        for column in schema.columns:
            if column.type == kind:
                yield table, column


def _values(rows: list[Row], column: Column) -> set[Any]:
    """The values of a column, each once: they recur, and need not be looked at again."""
    return {row.get(column.name) for row in rows} - {None}


@lru_cache(maxsize=1 << 17)  # names and ids recur from table to table, and whole texts from day to day
def _unclean(text: str) -> str | None:
    if not text.isprintable() and _CONTROL.search(text):
        return "holds a control character"
    if text != text.strip():
        return "begins or ends with a blank"
    return None if unicodedata.is_normalized("NFC", text) else "is not in NFC"


@rule("N001", "error")
def texts_are_clean(rows: Rows) -> Failures:
    """A text is in Unicode NFC, without blanks at its ends and without control characters.

    Two texts that look alike must be alike, or joins and searches miss one of them.
    """
    for table, column in _columns("string"):
        wrong = {text: _unclean(text) for text in _values(rows[table], column)}
        for row in rows[table] if any(wrong.values()) else ():
            text = row.get(column.name)
            if text is not None and wrong[text]:
                yield table, key_of(table, row), f"{column.name}: {text!r} {wrong[text]}"


def _stands_in(value: Any) -> bool:
    if isinstance(value, str):
        return value in _STAND_INS
    if isinstance(value, datetime.date):
        return value.year == datetime.MAXYEAR
    return value in _NUMBERS or (isinstance(value, float) and not math.isfinite(value))


@rule("N002", "error")
def what_is_missing_is_null(rows: Rows) -> Failures:
    """A missing value is null: never an empty text, 'NA', 'None', -99, not-a-number or the year 9999.

    Every program knows null; a stand-in is averaged, counted and joined as if it were a value. (A code may be NA:
    it is Namibia's.)
    """
    for table, schema in table_schemas().items():
        for column in schema.columns:
            if column.name == "code" or "degrees" in (column.unit or ""):
                continue
            wrong = {value for value in _values(rows[table], column) if _stands_in(value)}
            for row in rows[table] if wrong else ():
                value = row.get(column.name)
                if value in wrong:
                    yield table, key_of(table, row), f"{column.name}: {value!r} stands for null; leave it out"


@rule("N003", "error")
def rows_are_named_after_their_event(rows: Rows) -> Failures:
    """A row of an event is named after it: <event_id>/<slug>.

    The name tells where the row belongs, and no two records can give one name.
    """
    for table, column in _NAMED_AFTER.items():
        key = table_schema(table).key[0]
        for row in rows[table]:
            if row[key].partition("/")[0] != row[column]:
                yield table, row[key], f"belongs to {row[column]}, expected {row[column]}/…"


@rule("N004", "error")
def retired_ids_stay_retired(rows: Rows) -> Failures:
    """A retired id names no row any more; a merged one says into which, and that one exists or is retired too.

    Who cites an old id must find what became of it, and never something else.
    """
    retired = {row["old_id"] for row in rows["retired_ids"]}
    living = {
        row[schema.key[0]]
        for table, schema in table_schemas().items()
        if len(schema.key) == 1 and table != "retired_ids"
        for row in rows[table]
    }
    for row in rows["retired_ids"]:
        old, into = row["old_id"], row["into_id"]
        if old in living:
            yield "retired_ids", old, "is retired, but a row still bears the id"
        if row["retired_state"] == "merged" and into not in living | retired:
            yield "retired_ids", old, f"merged into {into!r}, which does not exist"
        if row["retired_state"] == "withdrawn" and into:
            yield "retired_ids", old, f"withdrawn, but `into_id` is {into!r}"


@rule("N005", "error")
def named_columns_exist(rows: Rows) -> Failures:
    """Changes name a table that exists, and changes and evidence a column of their table.

    They point at values by name, which no foreign key can check. (That evidence has its row is E402.)
    """
    columns = {table: {column.name for column in schema.columns} for table, schema in table_schemas().items()}
    for table in ("evidence", "changes"):
        for row in rows[table]:
            name, column = row["table_name"], row["column_name"]
            if name in columns and column is not None and column not in columns[name]:
                yield table, key_of(table, row), f"column_name: {name} has no column {column!r}"
            if name not in columns and table == "changes":
                yield table, key_of(table, row), f"table_name: there is no table {name!r}"


@rule("N006", "error")
def scopes_name_what_exists(rows: Rows) -> Failures:
    """A scope of coverage names actors, and event types or families of them, that exist.

    Where a search is misnamed, a zero is counted that nobody looked for.
    """
    actors = {row["actor_id"] for row in rows["actors"]}
    types = {row["term"] for row in rows["terms"] if row["vocabulary"] == "event_type"}
    types |= {term.partition(".")[0] for term in types}
    for row in rows["coverage"]:
        for column, known in (("parties", actors), ("types", types)):
            unknown = [name for name in row[column].split() if name not in known]
            if unknown:
                yield "coverage", row["scope_id"], f"{column}: there is no {', '.join(unknown)}"


@rule("N007", "error")
def derived_columns_follow(rows: Rows) -> Failures:
    """A derived column holds what the typed ones imply.

    Derived values are never typed: an edited one would contradict the rows on which it stands.
    """
    try:
        anew = derive({table: [dict(row) for row in content] for table, content in rows.items()})
    except DateError:  # D101 tells which
        return
    for table, schema in table_schemas().items():
        derived = [column.name for column in schema.columns if column.is_derived]
        for row, expected in zip(rows[table], anew[table], strict=True) if derived else ():
            yield from _differences(table, derived, row, expected)


def _differences(table: str, columns: list[str], row: Row, expected: Row) -> Failures:
    for name in columns:
        if row.get(name) != expected[name]:
            yield table, key_of(table, row), f"{name}: {row.get(name)!r}, expected {expected[name]!r}"
