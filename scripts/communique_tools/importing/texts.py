"""The files in which merged rows come to lie: records of the events, and CSV files of the flat tables."""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from communique.schemas import table_schema
from communique_tools.canonical import canonical
from communique_tools.collapse import collapse
from communique_tools.collapse.flat import flat_text
from communique_tools.flat import flat_files, flat_places
from communique_tools.importing.merging import Merged
from communique_tools.record_keys import EVENT_TABLES, TABLE_OF
from communique_tools.records import Record, Row, Rows, parse

_FOLDERS = {
    "actors": ("actors", "actor_names", "actor_codes", "offices", "tenures", "memberships"),
    "evidence": ("evidence", "spans"),
    "sources": ("sources",),
    "vocabulary": ("terms", "crosswalk"),
}


def changed_records(
    dataset: Path, merged: Merged, wanted: Rows, records: dict[str, Record], scope: str
) -> list[Record]:
    """The records of the events of which a row is new or filled; ``wanted`` holds the merged rows, derived.

    Raises:
        RecordError: when a text could not be read back.
    """
    touched = _touched_events(merged)
    if not touched:
        return []
    new = dataset / "records" / scope
    found = []
    for event_id, data in sorted(collapse(wanted).items()):
        if event_id in touched:
            path = records[event_id].path if event_id in records else new / f"{event_id}.toml"
            found.append(parse(canonical(Record(path, data)), path))
    return found


def _touched_events(merged: Merged) -> set[str]:
    """The events whose records change."""
    citing: dict[str, set[str]] = {}
    for item in merged.rows["evidence"]:
        citing.setdefault(item["span_id"], set()).add(item["row_id"].partition("/")[0])
    events: set[str] = set()
    for table, key in merged.touched:
        if table == "spans":
            events |= citing.get(key, set())
        elif table in EVENT_TABLES:
            events.add(key.split(" ")[table == "evidence"].partition("/")[0])
    return events


@dataclass(frozen=True)
class FlatFile:
    """A CSV file of the truth: its table, the rows that it is to hold, and whether that changes it."""

    path: Path
    table: str
    rows: list[Row]
    is_changed: bool

    def text(self) -> str:
        """What the file is to hold."""
        return flat_text(self.table, self.rows)


def flat_parts(dataset: Path, merged: Merged) -> list[FlatFile]:
    """Every flat file with its merged rows; new rows go into the first file of their table."""
    files, places = flat_files(dataset), flat_places(dataset)
    cited: dict[bool, set[str]] = {True: set(), False: set()}
    for item in merged.rows["evidence"]:
        cited[_is_of_record("evidence", item)].add(item["span_id"])
    flat_only = cited[False] - cited[True]
    parts = []
    for table, rows in merged.rows.items():
        schema = table_schema(table)
        home = files[table][0] if table in files else _home(dataset, table)
        found: dict[Path, list[Row]] = {}
        changed = set()
        for row in rows:
            key = table, schema.key_of(row)
            if key not in places and _is_of_record(table, row, flat_only):
                continue
            path = places[key][0] if key in places else home
            found.setdefault(path, []).append(row)
            changed |= {path} if key in merged.touched else set()
        parts += [FlatFile(path, table, content, path in changed) for path, content in found.items()]
    return parts


def _is_of_record(table: str, row: Row, flat_spans: Container[str] = ()) -> bool:
    """Whether a row that is in no flat file belongs to a record: what bears out an actor or a tenure does not."""
    if table == "evidence":
        return row["table_name"] in TABLE_OF.values()
    return table in EVENT_TABLES and (table != "spans" or row["span_id"] not in flat_spans)


def _home(dataset: Path, table: str) -> Path:
    folder = next((folder for folder, tables in _FOLDERS.items() if table in tables), "")
    return dataset / folder / f"{table}.csv"
