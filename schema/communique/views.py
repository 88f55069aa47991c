"""Generated tables: wide and convenient, derived from the dataset, never edited."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pyarrow

from communique.dataset import Dataset
from communique.dates import bounds
from communique.derive import step_order
from communique.frames import to_frame
from communique.schemas import Column, TableSchema, table_schema

Row = dict[str, Any]

_ADDED: dict[str, tuple[pyarrow.DataType, str, str | None]] = {
    "series_name": (pyarrow.string(), "The name of the series.", None),
    "place_name": (pyarrow.string(), "The name of the place of the last step.", None),
    "country_id": (pyarrow.string(), "The state in whose territory the place lies.", None),
    "lat": (pyarrow.float64(), "Latitude of the place.", "degrees north, WGS 84"),
    "lon": (pyarrow.float64(), "Longitude of the place.", "degrees east, WGS 84"),
    "parties": (pyarrow.string(), "For whom people took part: actor ids, sorted, joined by '; '.", None),
    "persons": (pyarrow.string(), "Who took part: names, sorted, joined by '; '.", None),
    "topics": (pyarrow.string(), "The subjects: terms, sorted, joined by '; '.", None),
    "n_steps": (pyarrow.int64(), "Rows in status_steps.", "steps"),
    "n_participants": (pyarrow.int64(), "Rows in participants.", "participations"),
    "n_statements": (pyarrow.int64(), "Rows in statements.", "remarks"),
    "n_relations": (pyarrow.int64(), "Relations that the event bears.", "relations"),
    "n_outcomes": (pyarrow.int64(), "Rows in outcomes.", "outcomes"),
    "first_planned_edtf": (pyarrow.string(), "The date that the first dated plan named.", None),
    "first_planned_start_on": (pyarrow.date32(), "Earliest day that first_planned_edtf allows.", None),
    "first_planned_end_on": (pyarrow.date32(), "Latest day that first_planned_edtf allows.", None),
}


def flat_schema() -> TableSchema:
    """The columns of ``events_flat``: those of events, then what other tables say of each event."""
    own = [column for column in table_schema("events").columns if column.name != "note"]
    added = [
        Column(name, arrow, text, not name.startswith("n_"), False, True, None, None, None, unit)
        for name, (arrow, text, unit) in _ADDED.items()
    ]
    return TableSchema("events_flat", "One row per event, with what other tables say of it.", (*own, *added))


def _joined(values: Iterable[str | None]) -> str | None:
    return "; ".join(sorted({value for value in values if value})) or None


def _by_event(rows: Iterable[Row], column: str = "event_id") -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _plan(steps: list[Row]) -> Row:
    dated = [step["planned_edtf"] for step in sorted(steps, key=step_order) if step["planned_edtf"]]
    start, end = bounds(dated[0]) if dated else (None, None)
    return {
        "first_planned_edtf": dated[0] if dated else None,
        "first_planned_start_on": start,
        "first_planned_end_on": end,
    }


def flat_rows(dataset: Dataset) -> list[Row]:
    """The rows of ``events_flat``."""
    rows = dataset.rows()
    names = {row["actor_id"]: row["name"] for row in rows["actors"]}
    places = {row["place_id"]: row for row in rows["places"]}
    series = {row["series_id"]: row["name"] for row in rows["series"]}
    groups = {name: _by_event(rows[name]) for name in ("status_steps", "participants", "statements", "outcomes")}
    groups["topics"] = _by_event(rows["event_topics"])
    groups["relations"] = _by_event(rows["relations"], "from_event_id")
    flat = []
    for event in rows["events"]:
        here = {name: group[event["event_id"]] for name, group in groups.items()}
        place = places.get(event["place_id"], {})
        flat.append(
            {
                **event,
                "series_name": series.get(event["series_id"]),
                "place_name": place.get("name"),
                **{column: place.get(column) for column in ("country_id", "lat", "lon")},
                "parties": _joined(row["party_id"] for row in here["participants"]),
                "persons": _joined(names.get(row["person_id"]) for row in here["participants"]),
                "topics": _joined(row["topic"] for row in here["topics"]),
                "n_steps": len(here["status_steps"]),
                **{f"n_{name}": len(here[name]) for name in ("participants", "statements", "relations", "outcomes")},
                **_plan(here["status_steps"]),
            }
        )
    return flat


def flat_table(dataset: Dataset) -> pyarrow.Table:
    """``events_flat`` as an Arrow table."""
    schema, rows = flat_schema(), flat_rows(dataset)
    columns = [pyarrow.array([row[c.name] for row in rows], type=c.arrow) for c in schema.columns]
    return pyarrow.Table.from_arrays(columns, schema=schema.arrow())


def events_flat(dataset: Dataset) -> pd.DataFrame:
    """One row per event, with its series, place, parties, persons, topics and counts: the default download."""
    return to_frame(flat_table(dataset))
