"""The one form of a record: what it says, in the order and under the names that its tables lead back to."""

from collections.abc import Mapping
from typing import Any

from communique.derive import derive
from communique.schemas import table_schemas
from communique_tools.collapse import collapse
from communique_tools.collapse.implied import CollapseError, is_placed
from communique_tools.expansion import expand
from communique_tools.record_keys import EVENT_TABLES
from communique_tools.records import Record, RecordError, Row, Rows


def normal(record: Record, flat: Mapping[str, list[Row]]) -> Record:
    """The record in its one form; of the flat tables, those of actors and sources tell what it need not type.

    Raises:
        RecordError: when the record cannot be read, or holds what no row says and would be lost.
    """
    rows = expand(record)
    _refuse_loss(record, rows)
    before = _complete(rows, flat)
    try:
        data = collapse(before)[record.event_id]
    except CollapseError as error:
        raise RecordError(record.path, 1, str(error)) from error
    after = Record(record.path, data)
    if _said(_complete(expand(after), flat)) != _said(before):
        message = "says what its one form cannot; `communique validate` tells what is wrong with it"
        raise RecordError(record.path, 1, message)
    return after


def _refuse_loss(record: Record, rows: Rows) -> None:
    cited = {item["span_id"] for item in rows["evidence"]}
    for name, span in zip(record.data.get("spans", {}), rows["spans"], strict=True):
        if span["span_id"] not in cited:
            raise RecordError(
                record.path, record.line("spans", name), f"span {name!r} supports no row; cite it or drop it"
            )
    for name, voice in record.data.get("voices", {}).items():
        if not voice.get("remarks"):
            line = record.line("voices", name)
            raise RecordError(record.path, line, f"voice {name!r} has no remarks; add one or drop it")


def _complete(rows: Rows, flat: Mapping[str, list[Row]]) -> Rows:
    """The rows with every derived column; a step without date or status waits beside the others."""
    steps = rows["status_steps"]
    whole: Rows = {table: [] for table in table_schemas()} | dict(flat) | rows
    derive({**whole, "status_steps": [step for step in steps if is_placed(step)]})
    return whole


def _said(rows: Rows) -> list[Any]:
    """What the rows of a record say, whatever their order."""
    return [sorted(rows[table], key=lambda row: sorted(map(str, row.items()))) for table in EVENT_TABLES]
