"""Rules on the life of a plan (S2…)."""

from itertools import pairwise

from communique.derive import PASSING, TERMINAL, step_order
from communique.rules.catalogue import Failures, Rows, grouped, rule


def _lives(rows: Rows) -> list[list[dict[str, object]]]:
    return [sorted(steps, key=step_order) for steps in grouped(rows["status_steps"], "event_id").values()]


@rule("S201", "error")
def every_event_has_a_step(rows: Rows) -> Failures:
    """Every event has at least one step."""
    stepped = {step["event_id"] for step in rows["status_steps"]}
    for event in rows["events"]:
        if event["event_id"] not in stepped:
            yield "events", event["event_id"], "has no step; give it at least one under [steps]"


@rule("S202", "error")
def nothing_follows_a_terminal_step(rows: Rows) -> Failures:
    """Nothing follows a terminal step but its disproof."""
    for steps in _lives(rows):
        for before, after in pairwise(steps):
            if before["status"] in TERMINAL and after["status"] != "disproved":
                message = f"{after['status']} follows {before['status']}; a plan taken up again is a new event"
                yield "status_steps", str(after["step_id"]), message


@rule("S204", "error")
def a_postponed_plan_had_a_plan(rows: Rows) -> Failures:
    """What is postponed had been proposed, agreed or scheduled before, or its planned date is known."""
    for steps in _lives(rows):
        seen = False
        for step in steps:
            if step["status"] == "postponed" and not seen and not step["planned_edtf"]:
                yield "status_steps", str(step["step_id"]), "postponed, but nothing before it was planned"
            seen = seen or step["status"] not in PASSING


@rule("S205", "error")
def a_cancelled_plan_says_by_whom(rows: Rows) -> Failures:
    """A cancelled step says who cancelled."""
    for step in rows["status_steps"]:
        if step["status"] == "cancelled" and not step["by_id"]:
            yield "status_steps", step["step_id"], "cancelled without `by`"


@rule("S206", "error")
def in_person_has_a_place(rows: Rows) -> Failures:
    """What occurred in person has a place."""
    for step in rows["status_steps"]:
        if step["status"] == "occurred" and step["mode"] == "in_person" and not step["place_id"]:
            yield "status_steps", step["step_id"], "occurred in person without `place`"
