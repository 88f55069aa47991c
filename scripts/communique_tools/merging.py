"""Two names of one thing become one: every row that named the one then names the other.

Ids that were built from the old name follow it (the spans of a source, the participations of a person); tenures of one
person in one office become one, with the narrower of their bounds. What was published under an old id is told in
``retired_ids``, so that a user who has it finds the new one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from communique.dates import bounds
from communique.schemas import table_schemas
from communique_tools.records import Row, Rows

_KEYING = frozenset({"actors", "offices"})
"""The tables whose ids name participants in a record: people, parties, and offices whose holder is not named."""
_LISTS = {"coverage": ("parties",)}
"""The columns that hold several ids of actors, separated by spaces."""


class ClashError(Exception):
    """Two rows that would get one name, and of which one would be lost."""


@dataclass(frozen=True)
class Merger:
    """A row of a table that is to go into another one."""

    table: str
    old: str
    new: str

    def renamed(self, value: str) -> str:
        """An id with the old name in it as it is with the new one: itself, after a slash, or before a further part."""
        pattern = rf"(?:(?<=^)|(?<=/)){re.escape(self.old)}(?=$|-)"
        return re.sub(pattern, self.new, value, count=1)


def merged_data(data: dict[str, Any], merger: Merger) -> dict[str, Any]:
    """The data of a record: values that are the old name, and names of participants, also where evidence names them.

    Raises:
        ClashError: when both names take part in the event.
    """
    found: dict[str, Any] = _replaced(data, merger)
    if merger.table == "sources":
        found = _spans_once(found)
    if merger.table in _KEYING:
        for holder in (found, found.get("evidence", {})):
            if "participants" in holder:
                rows = holder["participants"]
                holder["participants"] = {merger.renamed(key): value for key, value in rows.items()}
                if len(holder["participants"]) < len(rows):
                    event = data.get("event_id")
                    raise ClashError(
                        f"{merger.old} and {merger.new} both take part in {event}; leave one of them there"
                    )
    return found


def _replaced(data: Any, merger: Merger) -> Any:
    if isinstance(data, dict):
        return {key: _replaced(value, merger) for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(item, merger) for item in data]
    return merger.new if data == merger.old else data


def _spans_once(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a record in which the same words of one page, now under one name, are one span and cited once."""
    names: dict[tuple[Any, Any], str] = {}
    follows: dict[str, str] = {}
    for name, span in data.get("spans", {}).items():
        follows[name] = names.setdefault((span.get("source"), span.get("sha256")), name)

    def once(value: Any) -> Any:
        if isinstance(value, dict):
            named = {"span": follows.get(value["span"], value["span"])} if isinstance(value.get("span"), str) else {}
            return {key: _cited(item, follows) if key == "spans" else once(item) for key, item in value.items()} | named
        return [once(item) for item in value] if isinstance(value, list) else value

    kept = {name: span for name, span in data.get("spans", {}).items() if follows[name] == name}
    rest = {key: once(value) for key, value in data.items() if key != "spans"}
    return {**rest, "spans": kept} if "spans" in data else rest


def _cited(spans: Any, follows: dict[str, str]) -> Any:
    """A list of cited spans, each ``name`` or ``name attribution``, under the names that they follow."""
    if not isinstance(spans, list):
        return spans
    found: dict[str, str] = {}
    for item in spans:
        name, blank, attribution = str(item).partition(" ")
        name = follows.get(name, name)
        found.setdefault(name, f"{name}{blank}{attribution}")
    return list(found.values())


def merged_rows(rows: Rows, merger: Merger) -> Rows:
    """The rows of the flat tables: references, keys, and rows that have become one."""
    found: Rows = {}
    for table, content in rows.items():
        change, key = _changer(table, merger), table_schemas()[table].key[0]
        last = sorted(content, key=lambda row: bool(table == merger.table and row[key] == merger.old))
        found[table] = _united(table, [change(row) for row in last])
    return _unite_tenures(found)


def _changer(table: str, merger: Merger) -> Callable[[Row], Row]:
    schema = table_schemas()[table]
    naming = {column.name for column in schema.columns if column.foreign_key == merger.table}
    if table == merger.table:
        naming.add(schema.key[0])
    lists = _LISTS.get(table, ()) if merger.table == "actors" else ()
    spans = {"span_id"} if merger.table == "sources" and table in {"spans", "evidence"} else set()

    def change(row: Row) -> Row:
        return {
            **row,
            **{name: merger.new for name in naming if row.get(name) == merger.old},
            **{name: merger.renamed(row[name]) for name in spans if row[name].startswith(f"{merger.old}-")},
            **{
                name: " ".join(merger.new if word == merger.old else word for word in row[name].split())
                for name in lists
            },
        }

    return change


def _united(table: str, rows: Iterable[Row]) -> list[Row]:
    """Rows of one key as one: the first says what it says, the others fill what it leaves open."""
    schema = table_schemas()[table]
    found: dict[str, Row] = {}
    for row in rows:
        first = found.setdefault(schema.key_of(row), row)
        if first is not row:
            first.update({name: value for name, value in row.items() if first.get(name) is None})
    return list(found.values())


def _unite_tenures(rows: Rows) -> Rows:
    """Tenures of one person in one office that may be one are one, and their evidence is that of the first."""
    kept: list[Row] = []
    follows: dict[str, str] = {}
    for row in rows.get("tenures", []):
        twin = next((one for one in kept if _may_be_one(one, row)), None)
        if twin is None:
            kept.append(row)
            continue
        follows[row["tenure_id"]] = twin["tenure_id"]
        twin.update(start_edtf=_narrower(twin, row, "start_edtf"), end_edtf=_narrower(twin, row, "end_edtf"))
    evidence = [
        {**item, "row_id": follows.get(item["row_id"], item["row_id"])} if item["table_name"] == "tenures" else item
        for item in rows.get("evidence", [])
    ]
    united = {"tenures": kept, "evidence": _united("evidence", evidence)}
    return {table: united.get(table, content) for table, content in rows.items()}


def _may_be_one(one: Row, other: Row) -> bool:
    if any(one[name] != other[name] for name in ("person_id", "office_id", "tenure_kind")):
        return False
    (first, second) = sorted((one, other), key=lambda row: str(bounds(row["start_edtf"]).end))
    ended, began = bounds(first["end_edtf"]).end, bounds(second["start_edtf"]).start
    return not (ended and began and ended <= began)


def _narrower(one: Row, other: Row, name: str) -> str | None:
    """The date that says most: one day, else the part that both intervals share, else the one that is there."""
    dates: list[str] = [row[name] for row in (one, other) if row[name]]
    if len(dates) < 2 or dates[0] == dates[1]:
        return dates[0] if dates else None
    exact = [date for date in dates if not date.startswith("[")]
    if exact:
        return max(exact, key=len)
    starts, ends = zip(*(bounds(date) for date in dates), strict=True)
    earliest = max((start for start in starts if start), default=None)
    latest = min((end for end in ends if end), default=None)
    return f"[{earliest or ''}..{latest or ''}]"
