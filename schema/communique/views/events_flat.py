"""``events_flat``: one row per event with what other tables say of it, for a spreadsheet or a regression."""

from communique.dates import bounds
from communique.derive import step_order
from communique.schemas import TableSchema, table_schema
from communique.views.base import Row, Rows, View, derived, grouped, joined, taken

_COUNTED = {"status_steps": "n_steps", "participants": "n_participants", "statements": "n_statements"}
_LEFT_OUT = frozenset({"note"})
"""Prose about the coding, of no use beside numbers."""


def _schema() -> TableSchema:
    own = [column for column in table_schema("events").columns if column.name not in _LEFT_OUT]
    own[0] = taken("events", "event_id", is_key=True, foreign_key="events")
    added = (
        derived("series_name", "string", "The name of the series."),
        derived("place_name", "string", "The name of the place of the last step."),
        derived("country_id", "string", "The state in whose territory the place lies."),
        derived("lat", "double", "Latitude of the place.", unit="degrees north, WGS 84"),
        derived("lon", "double", "Longitude of the place.", unit="degrees east, WGS 84"),
        derived("parties", "string", "For whom people took part: actor ids, sorted, joined by '; '."),
        derived("persons", "string", "Who took part: names, sorted, joined by '; '."),
        derived("topics", "string", "The subjects: terms, sorted, joined by '; '."),
        derived("n_steps", "int64", "Rows in status_steps.", nullable=False, unit="steps"),
        derived("n_participants", "int64", "Rows in participants.", nullable=False, unit="participations"),
        derived("n_statements", "int64", "Rows in statements.", nullable=False, unit="remarks"),
        derived("n_relations", "int64", "Relations that the event bears.", nullable=False, unit="relations"),
        derived("n_outcomes", "int64", "Rows in outcomes.", nullable=False, unit="outcomes"),
        derived("first_planned_edtf", "string", "The date that the first dated plan named."),
        derived("first_planned_start_on", "date32", "Earliest day that first_planned_edtf allows."),
        derived("first_planned_end_on", "date32", "Latest day that first_planned_edtf allows."),
    )
    return TableSchema("events_flat", "One row per event, with what other tables say of it.", (*own, *added))


def _first_plan(steps: list[Row]) -> Row:
    dated = [step["planned_edtf"] for step in sorted(steps, key=step_order) if step["planned_edtf"]]
    start, end = bounds(dated[0]) if dated else (None, None)
    return {
        "first_planned_edtf": dated[0] if dated else None,
        "first_planned_start_on": start,
        "first_planned_end_on": end,
    }


def _rows(rows: Rows) -> list[Row]:
    names = {row["actor_id"]: row["name"] for row in rows["actors"]}
    places = {row["place_id"]: row for row in rows["places"]}
    series = {row["series_id"]: row["name"] for row in rows["series"]}
    groups = {name: grouped(rows[name], "event_id") for name in (*_COUNTED, "outcomes", "event_topics")}
    groups["relations"] = grouped(rows["relations"], "from_event_id")
    flat = []
    for event in rows["events"]:
        here = {name: group[event["event_id"]] for name, group in groups.items()}
        place = places.get(event["place_id"], {})
        flat.append(
            {
                **event,
                "series_name": series.get(event["series_id"]),
                "place_name": place.get("name"),
                **{name: place.get(name) for name in ("country_id", "lat", "lon")},
                "parties": joined(row["party_id"] for row in here["participants"]),
                "persons": joined(names.get(row["person_id"]) for row in here["participants"]),
                "topics": joined(row["topic"] for row in here["event_topics"]),
                **{column: len(here[name]) for name, column in _COUNTED.items()},
                "n_relations": len(here["relations"]),
                "n_outcomes": len(here["outcomes"]),
                **_first_plan(here["status_steps"]),
            }
        )
    return flat


VIEW = View(_schema, _rows)
