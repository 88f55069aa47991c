"""Rules on dates (D1…)."""

import datetime
from collections.abc import Iterator

from communique.derive import DELEGATES
from communique.rules.catalogue import Failures, Rows, key_of, rule
from communique.rules.facts import (
    ATTENDED,
    GATHERINGS,
    Day,
    certainly_before,
    date_error,
    family,
    last_read,
    occurrences,
    supports,
    when,
)
from communique.schemas import table_schemas

_SLACK = datetime.timedelta(days=1)
"""Where it is still the day before, a page on an event may bear that day."""
LONGEST = {"meeting": 10, "visit": 21, "call": 2, "letter": 2, "statement": 3, "vote": 7, "ceremony": 7, "test": 7}
"""How many days an event of a family lasts at most, where that can be said."""
_LIVING = ("actors", "tenures", "memberships", "series")


@rule("D101", "error")
def dates_are_edtf(rows: Rows) -> Failures:
    """Every EDTF column holds a date in EDTF.

    A date that no program can read is not compared with any other, and hides what is wrong with it.
    """
    for table, schema in table_schemas().items():
        for name in (column.name for column in schema.columns if column.format == "edtf"):
            for row in rows[table]:
                error = date_error(row[name]) if row[name] else None
                if error:
                    yield table, key_of(table, row), f"{name}: {error}"


@rule("D102", "error")
def published_before_retrieved(rows: Rows) -> Failures:
    """A page was published on or before the day on which it was read.

    Nobody reads tomorrow's paper; one of the two days is wrong, and what was public when follows from them.
    """
    for source in rows["sources"]:
        start = when(source["published_edtf"]).start
        if start and start > source["retrieved_on"]:
            yield "sources", source["source_id"], f"published {start}, retrieved {source['retrieved_on']}"


def _past(rows: Rows) -> Iterator[tuple[str, str, Day | None]]:
    """Table, key and earliest day of what rows report as past: steps, remarks, papers, and who met."""
    for row in rows["status_steps"]:
        yield "status_steps", row["step_id"], when(row["date_edtf"]).start
    for row in rows["statements"]:
        yield "statements", row["statement_id"], when(row["said_edtf"]).start
    for row in rows["outcomes"]:
        yield "outcomes", row["outcome_id"], row["adopted_on"] if row["standing"] == "actual" else None
    occurred = occurrences(rows)
    met = {row["event_id"] for row in rows["events"] if family(row) in GATHERINGS} & occurred.keys()
    for row in rows["participants"]:
        if row["event_id"] in met and row["attendance"] in ATTENDED and row["role"] in DELEGATES:
            yield "participants", row["participant_id"], when(occurred[row["event_id"]]["date_edtf"]).start


@rule("D103", "error")
def the_past_is_reported_after_it(rows: Rows) -> Failures:
    """A page that reports something as past is not older than it, but for a day of time zones.

    A page cannot tell what had not happened; it told of a plan, or the day of page or event is wrong.
    """
    cited = supports(rows)
    for table, key, start in _past(rows):
        page = cited.get((table, key))
        if start and page and page.first < start - _SLACK:
            yield table, key, f"cites a page of {page.first} for what began on {start}"


@rule("D104", "error")
def nothing_happens_after_the_last_page(rows: Rows) -> Failures:
    """Nothing became true, was said or was adopted after the last page was read.

    The dataset knows of plans for the future, but of no future.
    """
    last = last_read(rows)
    for table, column in (("status_steps", "date_edtf"), ("statements", "said_edtf"), ("tenures", "start_edtf")):
        for row in rows[table]:
            start = when(row[column]).start
            if start and start > last:
                yield table, key_of(table, row), f"{column}: {start} lies after {last}, when the last page was read"
    for row in rows["outcomes"]:
        if row["adopted_on"] and row["standing"] == "actual" and row["adopted_on"] > last:
            yield "outcomes", row["outcome_id"], f"adopted_on: {row['adopted_on']} lies after {last}"


@rule("D105", "error")
def nothing_ends_before_it_begins(rows: Rows) -> Failures:
    """What has a beginning and an end did not certainly end first.

    Two dates were exchanged, or one belongs to somebody else.
    """
    for table in _LIVING:
        for row in rows[table]:
            if certainly_before(when(row["end_edtf"]), when(row["start_edtf"])):
                yield table, key_of(table, row), f"ended {row['end_edtf']}, began {row['start_edtf']}"
    for row in rows["actor_codes"]:
        if row["valid_to_on"] and row["valid_to_on"] < row["valid_from_on"]:
            yield "actor_codes", key_of("actor_codes", row), f"ended {row['valid_to_on']}"


def _least_days(edtf: str) -> int:
    """How many days something certainly lasted: of ``a/b`` from the end of a to the start of b."""
    first, _, last = edtf.partition("/")
    began, ended = when(first).end, when(last).start
    return (ended - began).days + 1 if began and ended else 0


@rule("D106", "warning")
def durations_are_plausible(rows: Rows) -> Failures:
    """A meeting, visit, call or other act does not last longer than such acts do.

    A meeting of three weeks is mostly two meetings, or one day between two bounds: [a..b], not a/b.
    """
    most_days = {row["event_id"]: LONGEST.get(family(row)) for row in rows["events"]}
    for event_id, step in occurrences(rows).items():
        most = most_days[event_id]
        if most and "/" in step["date_edtf"] and _least_days(step["date_edtf"]) > most:
            message = f"lasted {_least_days(step['date_edtf'])} days or more, expected {most} at most"
            yield "status_steps", step["step_id"], message
