"""What became known of an id, and when: the history of an event, of one of its rows, or of any other id.

>>> from communique import load
>>> load().history("cjk-som-2023")[["day", "row_id", "what"]]  # doctest: +SKIP

A row *appeared* on the day on which a page that supports it was public, and a column that has pages of its own on
the day of those; so :func:`communique.as_of` tells the same from the other side. A value that was *changed* after
it was published, and an id that was *retired*, stand on the last day of the month of the release that did so.
What stands on other rows (who spoke, the topics) came with them and is not listed.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pyarrow

from communique.dates import bounds
from communique.derive import PASSING, step_order
from communique.frames import to_frame
from communique.publicity import CITING, NEVER, Row, Rows, column_days, row_days

if TYPE_CHECKING:
    import pandas as pd

    from communique.dataset import Dataset

_COLUMNS = pyarrow.schema(
    {
        "day": pyarrow.date32(),
        "table_name": pyarrow.string(),
        "row_id": pyarrow.string(),
        "column_name": pyarrow.string(),
        "what": pyarrow.string(),
        "reason": pyarrow.string(),
    }
)


class Entry(NamedTuple):
    """One thing that became known, or that was done to what was published."""

    day: datetime.date | None
    table_name: str | None
    row_id: str
    column_name: str | None
    what: str
    reason: str | None


def history(dataset: "Dataset", name: str) -> "pd.DataFrame":
    """Everything dated that the dataset says of an id, oldest first; an undated row comes last.

    The columns are ``day``, ``table_name``, ``row_id``, ``column_name`` (null: the whole row), ``what`` (appeared,
    changed, retired) and ``reason``. Ids that were merged into this one belong to its history; of an id that was
    itself retired only that is told, and what was changed before: its successor has a history of its own.

    Raises:
        KeyError: when the id was never published.
    """
    dataset.resolve(name)
    rows = dataset.rows()
    ids = _merged_into(rows, name)
    found = [*_appeared(rows, name), *_changed(rows, ids), *_retired(rows, ids)]
    found.sort(key=lambda entry: (entry.day or NEVER, entry.what, *(str(part or "") for part in entry[1:4])))
    return to_frame(pyarrow.Table.from_pylist([entry._asdict() for entry in found], schema=_COLUMNS))


def released_on(release_id: str) -> datetime.date:
    """The last day of the month of a release, from which it was certainly public."""
    year, month = release_id.split(".")[:2]
    return bounds(f"{int(year):04}-{int(month):02}").end or NEVER


def _names(name: str, row_id: str) -> bool:
    """Whether an id is that of an event or row, or of the event of a row."""
    return row_id == name or row_id.startswith(f"{name}/")


def _merged_into(rows: Rows, name: str) -> set[str]:
    """The id, and every id that was merged into it or into one of those."""
    ids = {name}
    while found := {row["old_id"] for row in rows["retired_ids"] if row["into_id"] in ids} - ids:
        ids |= found
    return ids


def _appeared(rows: Rows, name: str) -> Iterator[Entry]:
    days, columns, ends = row_days(rows), column_days(rows), _ends(rows)
    for event in rows["events"]:
        if event["event_id"] == name:
            yield Entry(event["first_public_on"], "events", name, None, "appeared", None)
    for table, key in CITING.items():
        for row in rows[table]:
            row_id = row[key]
            if not _names(name, row_id):
                continue
            day = _later(days.get((table, row_id)), _inferred_on(row, ends))
            yield Entry(day, table, row_id, None, "appeared", None)
            for column, own in columns.get((table, row_id), {}).items():
                if day is not None and own > day:
                    yield Entry(own, table, row_id, column, "appeared", None)


def _later(*days: datetime.date | None) -> datetime.date | None:
    return max((day for day in days if day), default=None)


def _ends(rows: Rows) -> dict[str, datetime.date | None]:
    """The day on which the step that gives each event its status was public."""
    lives: dict[str, list[Row]] = {}
    for step in rows["status_steps"]:
        lives.setdefault(step["event_id"], []).append(step)
    last = {
        key: max([s for s in life if s["status"] not in PASSING] or life, key=step_order) for key, life in lives.items()
    }
    return {key: step["public_on"] for key, step in last.items()}


def _inferred_on(row: Row, ends: dict[str, datetime.date | None]) -> datetime.date | None:
    """The day from which a relation could be inferred: when both of its events were known to their ends."""
    if row.get("basis") != "inferred":
        return None
    return _later(ends.get(row["from_event_id"]), ends.get(row["to_event_id"]))


def _changed(rows: Rows, ids: Iterable[str]) -> Iterator[Entry]:
    for row in rows["changes"]:
        if any(_names(name, part) for name in ids for part in row["row_id"].split(" ")):
            reason = f"{row['change_kind']}: {row['reason']}"
            day = released_on(row["release_id"])
            yield Entry(day, row["table_name"], row["row_id"], row["column_name"], "changed", reason)


def _retired(rows: Rows, ids: Iterable[str]) -> Iterator[Entry]:
    for row in rows["retired_ids"]:
        if any(_names(name, row["old_id"]) for name in ids):
            into = f" into {row['into_id']}" if row["into_id"] else ""
            reason = f"{row['retired_state']}{into}: {row['reason']}"
            yield Entry(released_on(row["release_id"]), None, row["old_id"], None, "retired", reason)
