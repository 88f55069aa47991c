"""The truth as it lies in ``dataset/``: records in TOML and flat tables in CSV, read into rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.schemas import table_schemas
from communique_tools import records
from communique_tools.errors import UnreadableError
from communique_tools.expansion import expand
from communique_tools.flat import flat_files, read_flat

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Truth:
    """What was read: rows by table, records by event, and the files that could not be read."""

    rows: Rows
    records: dict[str, records.Record]
    unreadable: tuple[UnreadableError, ...]


def read_all(dataset: Path) -> Truth:
    """Every row that can be read; what cannot be is told, not raised."""
    rows: Rows = {table: [] for table in table_schemas()}
    unreadable: list[UnreadableError] = []
    for table, paths in flat_files(dataset).items():
        for path in paths:
            try:
                rows[table] += read_flat(table, path)
            except UnreadableError as error:
                unreadable.append(error)
    # Several records, and tenures in the flat tables, may cite one sentence of one page: it is one span.
    spans = {span["span_id"]: span for span in rows["spans"]}
    read: dict[str, records.Record] = {}
    for path in records.files(dataset / "records"):
        try:
            record = records.read(path)
            if other := read.get(record.event_id):
                message = f"event_id: {record.event_id!r} is that of {other.path} too; an event has one record"
                raise records.RecordError(path, record.line("", "event_id"), message)
            expanded = expand(record)
        except UnreadableError as error:
            unreadable.append(error)
            continue
        read[record.event_id] = record
        unreadable += _at_odds(record, expanded["spans"], spans)
        for span in expanded["spans"]:
            spans.setdefault(span["span_id"], span)
        for table, content in expanded.items():
            rows[table] += content
    rows["spans"] = list(spans.values())
    return Truth(rows, read, tuple(unreadable))


def _at_odds(record: records.Record, cited: list[Row], spans: dict[str, Row]) -> Iterator[records.RecordError]:
    """The spans of a record of which another file says something else: of the two only one could be kept."""
    for name, span in zip(record.data.get("spans", {}), cited, strict=True):
        other = spans.get(span["span_id"], span)
        for column in (column for column in span if span[column] != other.get(column)):
            message = (
                f"span {name!r}: {column} {span[column]!r}, but another file cites the same words "
                f"with {column} {other.get(column)!r}; give both the same"
            )
            yield records.RecordError(record.path, record.line("spans", name), message)


def read_truth(dataset: Path) -> tuple[Rows, dict[str, records.Record]]:
    """Every row of the truth by table, and the records by event.

    Raises:
        UnreadableError: on the first file that cannot be read.
    """
    truth = read_all(dataset)
    if truth.unreadable:
        raise truth.unreadable[0]
    return truth.rows, truth.records
