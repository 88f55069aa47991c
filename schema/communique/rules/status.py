"""Rules on the life of a plan (S2…)."""

import datetime
from itertools import pairwise

from communique.derive import PASSING, TERMINAL
from communique.rules.catalogue import Failures, Row, Rows, rule
from communique.rules.facts import (
    FORESEEABLE,
    certainly_before,
    family,
    last_read,
    lives,
    occurrences,
    planned,
    standing,
    supports,
    when,
)

_STAGES = ("rumoured", "proposed", "agreed", "scheduled", "under_way")
"""The open stages of a plan, in order; the steps that end it may follow any."""
_CHANGES = ("planned_edtf", "planned_note", "place_id", "mode", "by_id", "reason", "because_event_id")
_TOGETHER = frozenset({"meeting", "visit", "call", "ceremony", "letter"})
_TOGETHER_TYPES = frozenset({"agreement.signed", "envoy.summoned", "protest.note"})
"""The families and types of events that bring people together, in a room, on a line or in writing."""
_SLACK = datetime.timedelta(days=1)
_SILENCE = datetime.timedelta(days=180)


@rule("S201", "error")
def every_event_has_a_step(rows: Rows) -> Failures:
    """Every event has at least one step.

    Dates, places and standing live in the steps alone; without one an event says nothing.
    """
    stepped = {step["event_id"] for step in rows["status_steps"]}
    for event in rows["events"]:
        if event["event_id"] not in stepped:
            yield "events", event["event_id"], "has no step; give it at least one under [steps]"


@rule("S202", "error")
def nothing_follows_a_terminal_step(rows: Rows) -> Failures:
    """Nothing follows a terminal step but its disproof.

    A plan that is taken up after it ended is a new event, which revives the old one: else one id would have two ends.
    """
    for steps in lives(rows).values():
        for before, after in pairwise(steps):
            if before["status"] in TERMINAL and after["status"] != "disproved":
                message = f"{after['status']} follows {before['status']}; a plan taken up again is a new event"
                yield "status_steps", after["step_id"], message


@rule("S203", "error")
def a_plan_goes_back_only_through_postponed(rows: Rows) -> Failures:
    """A plan does not certainly run backwards: to an earlier stage it returns only through postponed.

    Once parties have agreed they no longer propose; a new offer of a date is date_proposed.
    """
    for steps in lives(rows).values():
        reached: dict[int, Row] = {}
        for step in steps:
            if step["status"] == "postponed":
                reached = {}
            if step["status"] not in _STAGES:
                continue
            stage = _STAGES.index(step["status"])
            for higher, before in reached.items():
                if higher > stage and certainly_before(when(before["date_edtf"]), when(step["date_edtf"])):
                    yield "status_steps", step["step_id"], f"{step['status']} follows {before['status']}"
                    break
            reached.setdefault(stage, step)


@rule("S204", "error")
def a_postponed_plan_had_a_plan(rows: Rows) -> Failures:
    """What is postponed had been proposed, agreed or scheduled before, or its planned date is known.

    Postponing gives up a date that stood; where none did, the plan was never more than proposed.
    """
    for steps in lives(rows).values():
        seen = False
        for step in steps:
            if step["status"] == "postponed" and not seen and not step["planned_edtf"]:
                yield "status_steps", step["step_id"], "postponed, but nothing before it was planned"
            seen = seen or step["status"] not in PASSING


@rule("S205", "error")
def a_cancelled_plan_says_by_whom(rows: Rows) -> Failures:
    """A cancelled step says who cancelled.

    Calling off is somebody's act; a plan that ran out without one has lapsed.
    """
    for step in rows["status_steps"]:
        if step["status"] == "cancelled" and not step["by_id"]:
            yield "status_steps", step["step_id"], "cancelled without `by`"


@rule("S206", "error")
def in_person_has_a_place(rows: Rows) -> Failures:
    """What occurred in person has a place.

    People who met were somewhere; a country is enough where no page names the town.
    """
    for step in rows["status_steps"]:
        if step["status"] == "occurred" and step["mode"] == "in_person" and not step["place_id"]:
            yield "status_steps", step["step_id"], "occurred in person without `place`"


@rule("S207", "warning")
def a_repeated_step_changes_something(rows: Rows) -> Failures:
    """A step that repeats the standing changes a date, a place, a mode, a cause or a party.

    Two pages that report one fact are one step with two pieces of evidence.
    """
    for steps in lives(rows).values():
        for before, after in pairwise([step for step in steps if step["status"] not in PASSING]):
            if before["status"] == after["status"] and all(before[name] == after[name] for name in _CHANGES):
                yield "status_steps", after["step_id"], f"repeats {before['step_id']} and changes nothing"


@rule("S208", "warning")
def a_date_is_proposed_for_a_plan(rows: Rows) -> Failures:
    """A date that is proposed or refused, and a disproof, have a step before them or on their day.

    Whoever offers a date offers a plan first; whoever disproves, disproves something.
    """
    for steps in lives(rows).values():
        first = next((step for step in steps if step["status"] not in {*PASSING, "disproved"}), None)
        for step in steps:
            if step is first:
                break
            if first is None or certainly_before(when(step["date_edtf"]), when(first["date_edtf"])):
                yield "status_steps", step["step_id"], f"{step['status']}, but no plan stood then"


@rule("S209", "error")
def occurred_is_reported_as_past(rows: Rows) -> Failures:
    """What occurred rests on a page that reports it as past: one no older than its end, but for a day of time zones.

    A page written on the first of three days shows that something is under way, not that it has taken place.
    """
    cited = supports(rows)
    for step in occurrences(rows).values():
        page = cited.get(("status_steps", step["step_id"]))
        ended = when(step["date_edtf"].rpartition("/")[2]).start
        if page and ended and page.last < ended - _SLACK:
            yield "status_steps", step["step_id"], f"its latest page is of {page.last}, it ended {ended} or later"


@rule("S210", "error")
def a_plan_lapses_after_its_window(rows: Rows) -> Failures:
    """A plan lapses only when the time planned for it has passed.

    Until then it may still happen; whoever says earlier that it will not, cancels it.
    """
    for steps in lives(rows).values():
        window = None
        for step in steps:
            window = step["planned_edtf"] or window
            ended, lapsed = when(window).end, when(step["date_edtf"]).end
            if step["status"] == "lapsed" and ended and lapsed and lapsed < ended:
                yield "status_steps", step["step_id"], f"lapsed by {lapsed}, but was planned until {ended}"


@rule("S211", "warning")
def open_plans_are_not_silent(rows: Rows) -> Failures:
    """An open plan has not been silent for 180 days past its window, or past its last step where it has none.

    Nobody may have looked: search for what became of it, or let it lapse.
    """
    today = last_read(rows)
    for event_id, steps in lives(rows).items():
        if standing(steps)["status"] in TERMINAL:
            continue
        windows = [step["planned_edtf"] for step in steps if step["planned_edtf"]]
        known = [when(date).end for date in (*(step["date_edtf"] for step in steps), *windows[-1:])]
        silent_since = max((day for day in known if day), default=today)
        if today - silent_since > _SILENCE:
            yield "events", event_id, f"open and silent since {silent_since}; the last page was read on {today}"


@rule("S212", "error")
def only_what_brings_people_together_has_a_mode(rows: Rows) -> Failures:
    """Only what brings people together has a mode: meetings, visits, calls, ceremonies, signings, notes and letters.

    A sanction is not imposed in person; where some coders give a mode all the same, the column compares nothing.
    """
    events = {event["event_id"]: event for event in rows["events"]}
    for step in rows["status_steps"]:
        event = events.get(step["event_id"])
        if step["mode"] and event and family(event) not in _TOGETHER and event["event_type"] not in _TOGETHER_TYPES:
            yield "status_steps", step["step_id"], f"mode {step['mode']} on {event['event_type']}; leave `mode` out"


@rule("S213", "warning")
def what_was_held_had_been_planned(rows: Rows) -> Failures:
    """A meeting or visit that was held has a step from before, or an exclusion says that none was found.

    People who meet have agreed to: the plan is half of the event, and whoever forecasts needs it.
    """
    held = occurrences(rows)
    told = planned(rows) | {row["event_id"] for row in rows["exclusions"]}
    for event in rows["events"]:
        event_id = event["event_id"]
        if family(event) in FORESEEABLE and event_id in held and event_id not in told:
            yield "events", event_id, "was held, and nothing tells of its plan; search for its announcement"
