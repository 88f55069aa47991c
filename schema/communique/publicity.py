"""When each row became public: from the earliest page that supports it, by the page's latest possible day.

A page whose day is not known counts from the day on which it was read, so that nothing is public too early.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communique.dates import bounds
from communique.schemas import table_schema, table_schemas
from communique.vocabulary import rank

Row = dict[str, Any]
Rows = dict[str, list[Row]]

Cited = tuple[str | None, datetime.date, str | None]
"""A column (None: the whole row), the day of the page that supports it, and how that page attributes it."""

EVIDENCED = {
    "status_steps": "step_id",
    "participants": "participant_id",
    "statements": "statement_id",
    "relations": "relation_id",
    "outcomes": "outcome_id",
}
"""The tables whose rows cite evidence in the record of their event, with their keys."""
CITING = {**EVIDENCED, "tenures": "tenure_id"}
"""All tables whose rows cite evidence, with their keys."""
NEVER = datetime.date.max


@dataclass(frozen=True)
class Publicity:
    """When everything in a dataset became public, worked out once for any number of days."""

    sources: dict[str, datetime.date]
    spans: dict[str, datetime.date]
    rows: dict[tuple[str, str], datetime.date]
    columns: dict[tuple[str, str], dict[str, datetime.date]]

    @classmethod
    def of(cls, rows: Rows) -> "Publicity":
        """The publicity of the rows of a dataset."""
        return cls(source_days(rows["sources"]), span_days(rows), row_days(rows), column_days(rows))


def source_days(sources: Iterable[Row]) -> dict[str, datetime.date]:
    """The day from which each source was certainly public."""
    published = {row["source_id"]: row.get("published_edtf") for row in sources}
    ends = {key: bounds(date).end if date else None for key, date in published.items()}
    return {row["source_id"]: ends[row["source_id"]] or row["retrieved_on"] for row in sources}


def span_days(rows: Rows) -> dict[str, datetime.date]:
    """The day from which the page of each span was certainly public."""
    days = source_days(rows["sources"])
    return {span["span_id"]: days.get(span["source_id"], NEVER) for span in rows["spans"]}


def column_days(rows: Rows) -> dict[tuple[str, str], dict[str, datetime.date]]:
    """The first day of each column that has support of its own, by table and row."""
    return _column_days(_supports(rows))


def _column_days(supports: dict[tuple[str, str], list[Cited]]) -> dict[tuple[str, str], dict[str, datetime.date]]:
    days: dict[tuple[str, str], dict[str, datetime.date]] = {}
    for key, cited in supports.items():
        own: dict[str, datetime.date] = {}
        for column, day, _ in cited:
            if column:
                own[column] = min(own.get(column, NEVER), day)
        if own:
            days[key] = own
    return days


def row_days(rows: Rows) -> dict[tuple[str, str], datetime.date]:
    """The first day on which each row that cites evidence was public, by table and row.

    A row waits for those of its columns that cannot be null and have support of their own, but for tenures:
    until its start is known, a tenure is one that had begun by the day of the page.
    """
    nameable = {("statements", row["statement_id"]) for row in rows["statements"] if not row.get("description")}
    days: dict[tuple[str, str], datetime.date] = {}
    supports = _supports(rows)
    for key, cited in supports.items():
        whole = [item for item in cited if not item[0]] or cited
        days[key] = min(day for _, day, _ in (_naming(whole) if key in nameable else whole))
    for (table, row_id), columns in _column_days(supports).items():
        if table == "tenures" or table not in table_schemas():  # rows come unchecked
            continue
        required = {column.name for column in table_schema(table).columns if not column.nullable}
        waits = [day for name, day in columns.items() if name in required]
        days[table, row_id] = max(days[table, row_id], *waits, datetime.date.min)
    for step in rows["status_steps"]:
        end = bounds(step["date_edtf"]).end
        if step["status"] == "lapsed" and end:  # a window that closed in silence has no page to show it
            days.setdefault(("status_steps", step["step_id"]), end)
    return days


def _supports(rows: Rows) -> dict[tuple[str, str], list[Cited]]:
    """What supports each row."""
    days = span_days(rows)
    found: dict[tuple[str, str], list[Cited]] = defaultdict(list)
    for item in rows["evidence"]:
        if item["stance"] == "supports" and item["span_id"] in days:
            cited = (item.get("column_name"), days[item["span_id"]], item.get("attribution"))
            found[item["table_name"], item["row_id"]].append(cited)
    return found


def _naming(cited: list[Cited]) -> list[Cited]:
    """What shows who spoke: while pages kept the speaker nameless, the name was not public."""
    nameless = rank("attribution", "anonymous")
    given = [rank("attribution", attribution or "anonymous") for _, _, attribution in cited]
    if nameless not in given:
        return cited
    return [item for item, position in zip(cited, given, strict=True) if position < nameless] or cited
