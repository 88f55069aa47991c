"""The dataset as it stood on a day: what was public by then, and nothing that tells what came later.

>>> from communique import as_of, load
>>> as_of(load(), "2023-09-27").events[["event_id", "status"]]  # doctest: +SKIP

A row stands from the earliest day on which a page that supports it was public. What is derived from rows
(an event's status, date, place, level) is derived again from those that stand. It is the past *as evidenced
here*: an event that nobody reports on a page read for the dataset is missing, though it was known.
"""

import datetime
from collections.abc import Iterable

from communique.dataset import Dataset
from communique.dates import bounds
from communique.derive import PASSING, step_order
from communique.frames import day as to_day
from communique.publicity import (
    CITING,
    EVIDENCED,
    NEVER,
    Publicity,
    Row,
    Rows,
    source_days,
)
from communique.rules import RULES
from communique.rules.catalogue import grouped, key_of
from communique.schemas import table_schema
from communique.tables import TABLES
from communique.validity import cut_ends, cut_tenures

Day = datetime.date
_UNRIPE = {
    "status_steps": ("S203", "S204", "S205", "S206", "S209", "S210", "R509"),
    "relations": ("R506", "R508"),
    "evidence": ("E408",),
}
"""The rules that a row may break as long as not every page was public."""


def as_of(dataset: Dataset, day: Day | str) -> Dataset:
    """The dataset as it stood at the end of a day.

    Raises:
        ValueError: when the day is a text and no ISO date.
    """
    return Dataset.from_rows(rows_as_of(dataset.rows(), to_day(day)))


def first_public_days(dataset: Dataset) -> list[Day]:
    """The days on which something became public, in order; between two of them only offices change hands."""
    rows = dataset.rows()
    days = {*source_days(rows["sources"]).values(), *(row["searched_on"] for row in rows["coverage"])}
    days.update(_released(row) for name in ("changes", "retired_ids") for row in rows[name])
    return sorted(days)


def rows_as_of(rows: Rows, day: Day, public: Publicity | None = None) -> Rows:
    """The rows that stand on a day, still with the derived values of the whole dataset.

    Who asks for many days hands in the ``Publicity`` of the rows, which is the same for all of them.
    """
    public = public or Publicity.of(rows)
    kept = {name: [dict(row) for row in content] for name, content in rows.items()}
    for table, key in EVIDENCED.items():
        kept[table] = [row for row in kept[table] if public.rows.get((table, row[key]), _first(row)) <= day]
    _cut_columns(kept, public, day)
    _cut_sources(kept, public, day)
    _cut_unripe(kept, "status_steps")
    _cut_occurrences(kept)
    _cut_inferred(kept, rows)
    known = {step["event_id"] for step in kept["status_steps"]}
    kept["events"] = [event for event in kept["events"] if event["event_id"] in known]
    _cut_method(kept, day)
    _settle(kept)
    _cut_evidence(kept)
    _cut_notes(kept, rows)
    _cut_unripe(kept, "relations")
    _cut_unripe(kept, "evidence")
    cut_ends(kept, day)
    cut_tenures(kept, public, day)
    _cut_evidence(kept)
    return kept


def _first(row: Row) -> Day:
    """The day of a row that cites nothing: what is inferred waits for its events alone."""
    return Day.min if row.get("basis") == "inferred" else NEVER


def _standing(steps: list[Row]) -> Row:
    """The step that gives an event its status."""
    return max([step for step in steps if step["status"] not in PASSING] or steps, key=step_order)


def _cut_unripe(rows: Rows, table: str) -> None:
    """Drop rows that would break a rule until a later page completes them, or what they stand on."""
    for code in _UNRIPE[table]:
        while unripe := {key for where, key, _ in RULES[code].failures(rows) if where == table}:
            rows[table] = [row for row in rows[table] if key_of(table, row) not in unripe]


def _cut_occurrences(rows: Rows) -> None:
    """Drop an occurrence of which not all parties were reported yet."""
    lives = grouped(rows["status_steps"], "event_id")
    for event_id in {key for code in ("P301", "P304") for _, key, _ in RULES[code].failures(rows)}:
        last = _standing(lives[event_id]) if event_id in lives else {"status": None}
        if last["status"] == "occurred":
            rows["status_steps"].remove(last)


def _cut_inferred(rows: Rows, whole: Rows) -> None:
    """Drop inferred relations until the last step of both events is there: they know both to their ends."""
    lives = grouped(whole["status_steps"], "event_id")
    here = {step["step_id"] for step in rows["status_steps"]}
    ended = {event_id for event_id, steps in lives.items() if _standing(steps)["step_id"] in here}
    rows["relations"] = [
        row
        for row in rows["relations"]
        if row["basis"] != "inferred" or {row["from_event_id"], row["to_event_id"]} <= ended
    ]


def _cut_method(rows: Rows, day: Day) -> None:
    """What had been searched and released by then; how coders agreed belongs to the whole alone."""
    rows["coverage"] = [row for row in rows["coverage"] if row["searched_on"] <= day]
    scopes = {row["scope_id"] for row in rows["coverage"]}
    read = max((source["retrieved_on"] for source in rows["sources"]), default=NEVER)
    events = {None, *(row["event_id"] for row in rows["events"])}
    rows["exclusions"] = [
        row
        for row in rows["exclusions"]
        if row["event_id"] in events and (row["scope_id"] in scopes if row["scope_id"] else read <= day)
    ]
    for table in ("changes", "retired_ids"):
        rows[table] = [row for row in rows[table] if _released(row) <= day]
    rows["codings"] = []


def _released(row: Row) -> Day:
    """The last day of the month of a release."""
    year, month = row["release_id"].split(".")[:2]
    return bounds(f"{int(year):04}-{int(month):02}").end or NEVER


def _cut_sources(rows: Rows, public: Publicity, day: Day) -> None:
    """Pages public by then with their words, and the originals that they go back to: as old as their copies."""
    read = {key for key, first in public.sources.items() if first <= day}
    read |= {row["origin_id"] for row in rows["sources"] if row["source_id"] in read}
    rows["sources"] = [row for row in rows["sources"] if row["source_id"] in read]
    for table in ("spans", "evidence"):
        rows[table] = [row for row in rows[table] if public.spans[row["span_id"]] <= day]


def _settle(rows: Rows) -> None:
    """Drop rows that stand on others that are gone; null the references that may be null."""
    schemas = {table: table_schema(table) for table in TABLES}
    first = {table: schema.key[0] for table, schema in schemas.items()}
    keys = {table: {row[first[table]] for row in rows[table]} for table in TABLES}
    for table, schema in schemas.items():  # a table follows those that its rows stand on
        references = [(c.name, c.foreign_key, c.nullable) for c in schema.columns if c.foreign_key]
        needed = [(name, target) for name, target, nullable in references if not nullable]
        rows[table] = [row for row in rows[table] if all(row[name] in keys[to] for name, to in needed)]
        keys[table] = {row[first[table]] for row in rows[table]}
        for name, target in ((name, to) for name, to, nullable in references if nullable):
            for row in rows[table]:
                row[name] = row[name] if row[name] in keys[target] else None


def _cut_evidence(rows: Rows) -> None:
    standing = {(table, row[key]) for table, key in CITING.items() for row in rows[table]}
    rows["evidence"] = [item for item in rows["evidence"] if (item["table_name"], item["row_id"]) in standing]


def _cut_columns(rows: Rows, public: Publicity, day: Day) -> None:
    """Null the columns whose own evidence was not public."""
    for table, key in EVIDENCED.items():
        for row in rows[table]:
            for column, first in public.columns.get((table, row[key]), {}).items():
                row[column] = row[column] if first <= day else None


def _cut_notes(rows: Rows, whole: Rows) -> None:
    """Null the notes whose subject is not yet wholly public: they were written with all of it in view."""
    here = {(item["table_name"], item["row_id"], item["span_id"]) for item in rows["evidence"]}
    missing = [
        item["row_id"]
        for item in whole["evidence"]
        if (item["table_name"], item["row_id"], item["span_id"]) not in here
    ]
    unseen = {*missing, *(row_id.split("/")[0] for row_id in missing)}
    _null(rows["events"], "event_id", "note", unseen)
    _null(rows["status_steps"], "step_id", "dispute_note", unseen)
    stated = [row for row in rows["relations"] if row["basis"] != "inferred"]
    _null(stated, "relation_id", "note", unseen)


def _null(rows: Iterable[Row], key: str, column: str, keys: set[str]) -> None:
    for row in rows:
        row[column] = None if row[key] in keys else row[column]
