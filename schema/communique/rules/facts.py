"""What several rules ask of the rows: lives of plans, occurrences, days of pages, the states behind actors."""

import datetime
from functools import cache
from typing import NamedTuple

from communique.dates import Bounds, DateError, bounds
from communique.derive import PASSING, TERMINAL, step_order
from communique.rules.catalogue import Row, Rows, grouped

Day = datetime.date
OPEN = Bounds(None, None)
GATHERINGS = frozenset({"meeting", "visit", "call"})
"""The families of events at which parties meet."""
FORESEEABLE = frozenset({"meeting", "visit"})
"""The families of events that are commonly announced before they take place."""
ATTENDED = frozenset({None, "remote"})
"""What attendance holds for those who took part, and were not only expected."""


def family(event: Row) -> str:
    """The family of an event's type: what stands before the dot."""
    return str(event["event_type"]).partition(".")[0]


@cache
def date_error(edtf: str) -> str | None:
    """What is wrong with a date, or None; remembered, since to refuse a date takes the parser a while."""
    try:
        bounds(edtf)
    except DateError as error:
        return str(error)
    return None


def when(edtf: str | None) -> Bounds:
    """The earliest and latest day of a date; open at both ends where there is none, or one that D101 refuses."""
    return bounds(edtf) if edtf and date_error(edtf) is None else OPEN


def certainly_before(earlier: Bounds, later: Bounds) -> bool:
    """Whether one date lies before another on every reading of both."""
    return bool(earlier.end and later.start and earlier.end < later.start)


def excludes(lived: Row, date: str | None) -> bool:
    """Whether something that has a start and an end had certainly not begun, or had certainly ended, on a date."""
    day = when(date)
    return certainly_before(day, when(lived["start_edtf"])) or certainly_before(when(lived["end_edtf"]), day)


def _order(step: Row) -> tuple[Day, Day, int, str]:
    return step_order(step) if date_error(step["date_edtf"]) is None else (Day.max, Day.min, 0, step["step_id"])


def lives(rows: Rows) -> dict[str, list[Row]]:
    """The steps of each event, in order."""
    return {event: sorted(steps, key=_order) for event, steps in grouped(rows["status_steps"], "event_id").items()}


def standing(steps: list[Row]) -> Row:
    """The step that gives an event its status."""
    return ([step for step in steps if step["status"] not in PASSING] or steps)[-1]


def occurrences(rows: Rows) -> dict[str, Row]:
    """The step by which each event occurred, of those that did."""
    last = {event: standing(steps) for event, steps in lives(rows).items()}
    return {event: step for event, step in last.items() if step["status"] == "occurred"}


def planned(rows: Rows) -> set[str]:
    """The events with a step from before they took place, or before it was given up that they would."""
    return {step["event_id"] for step in rows["status_steps"] if step["status"] not in TERMINAL}


def certain_day(step: Row) -> Day | None:
    """The single day of a step, or None where it may be another or lasted longer."""
    start, end = when(step["date_edtf"])
    return start if start == end else None


def inner(edtf: str | None) -> Bounds:
    """The days on which something that lasted certainly was: of ``a/b`` from the end of a to the start of b."""
    start, end = when(edtf)
    if edtf and "/" in edtf:
        first, _, last = edtf.partition("/")
        return Bounds(when(first).end, when(last).start)
    return Bounds(start, end) if start == end else OPEN


def page_days(rows: Rows) -> dict[str, Day]:
    """The latest day on which the page of each span may have been published; when it was read where none is given."""
    latest = {row["source_id"]: when(row["published_edtf"]).end or row["retrieved_on"] for row in rows["sources"]}
    return {span["span_id"]: latest[span["source_id"]] for span in rows["spans"]}


class Support(NamedTuple):
    """The earliest and the latest of the days on which the pages that support a row may have been published."""

    first: Day
    last: Day


def supports(rows: Rows) -> dict[tuple[str, str], Support]:
    """Between which days the pages that support each row as a whole may have been published, by table and key."""
    days = page_days(rows)
    found: dict[tuple[str, str], Support] = {}
    for item in rows["evidence"]:
        if item["stance"] == "supports" and not item["column_name"]:
            day, key = days[item["span_id"]], (item["table_name"], item["row_id"])
            first, last = found.get(key, (day, day))
            found[key] = Support(min(first, day), max(last, day))
    return found


def last_read(rows: Rows) -> Day:
    """The day on which the last page was read: nothing in the dataset can have happened after it."""
    return max((row["retrieved_on"] for row in rows["sources"]), default=Day.max)


def states(rows: Rows) -> dict[str, str]:
    """The state to which each actor belongs, of those that belong to one."""
    actors = {row["actor_id"]: row for row in rows["actors"]}
    found: dict[str, str | None] = {key: key for key, row in actors.items() if row["actor_kind"] == "state"}
    for actor_id in actors:
        path: dict[str, None] = {}
        here: str | None = actor_id
        while here is not None and here not in found and here not in path:
            path[here] = None
            here = actors[here]["parent_id"]
        found.update(dict.fromkeys(path, found.get(here) if here is not None else None))
    return {actor_id: state for actor_id, state in found.items() if state}
