"""``plans``: the plan as it stood at each step, against what came of it.

The slip counts the days from the beginning that was planned to the real one. Where either is not known to the
day, it is a range: a meeting planned for September 2023 and held on the 26th slipped by -4 to 25 days. Two
columns hold the ends of the range; they are equal where both days are known.
"""

from communique.dates import Bounds, bounds
from communique.derive import TERMINAL
from communique.schemas import TableSchema
from communique.views.base import Row, Rows, View, derived, taken

_KEPT = ("step_id", "event_id", "status", "date_edtf", "start_on", "end_on")
_PLANNED = ("planned_edtf", "planned_start_on", "planned_end_on", "planned_note", "place_id", "public_on")


def _schema() -> TableSchema:
    columns = (
        taken("status_steps", "step_id", is_key=True, foreign_key="status_steps"),
        *(taken("status_steps", name) for name in (*_KEPT[1:], *_PLANNED)),
        taken("events", "event_type"),
        taken("events", "status", name="final_status", description="The event's standing after its last step."),
        derived("actual_edtf", "string", "When it took place; null unless it did."),
        derived("actual_start_on", "date32", "Earliest day that actual_edtf allows."),
        derived("actual_end_on", "date32", "Latest day that actual_edtf allows."),
        derived("slip_low_days", "int64", "Least slip from the planned beginning to the real one.", unit="days"),
        derived("slip_high_days", "int64", "Greatest slip from the planned beginning to the real one.", unit="days"),
    )
    text = "One row per step at which a plan stood open or a date was planned: planned against actual."
    return TableSchema("plans", text, columns)


def beginning(edtf: str) -> Bounds:
    """The earliest and the latest day on which what a date covers begins.

    Raises:
        DateError: when the text is no date.
    """
    first, slash, _ = edtf.partition("/")
    return bounds(first) if slash and first not in {"", ".."} else bounds(edtf)


def slip(planned_edtf: str | None, actual_edtf: str | None) -> tuple[int | None, int | None]:
    """The least and the greatest number of days from the planned beginning to the real one; None where open.

    Raises:
        DateError: when either is no date.
    """
    if planned_edtf is None or actual_edtf is None:
        return None, None
    planned, actual = beginning(planned_edtf), beginning(actual_edtf)
    low = (actual.start - planned.end).days if actual.start and planned.end else None
    high = (actual.end - planned.start).days if actual.end and planned.start else None
    return low, high


def _row(step: Row, event: Row) -> Row:
    is_real = event["status"] == "occurred"
    actual = event["date_edtf"] if is_real else None
    low, high = slip(step["planned_edtf"], actual)
    return {
        **{name: step[name] for name in (*_KEPT, *_PLANNED)},
        "event_type": event["event_type"],
        "final_status": event["status"],
        "actual_edtf": actual,
        "actual_start_on": event["start_on"] if is_real else None,
        "actual_end_on": event["end_on"] if is_real else None,
        "slip_low_days": low,
        "slip_high_days": high,
    }


def _rows(rows: Rows) -> list[Row]:
    events = {row["event_id"]: row for row in rows["events"]}
    planned = (step for step in rows["status_steps"] if step["status"] not in TERMINAL or step["planned_edtf"])
    return [_row(step, events[step["event_id"]]) for step in planned]


VIEW = View(_schema, _rows)
