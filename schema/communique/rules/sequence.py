"""Rules on the order in time of events that are related (R506…)."""

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

from communique.dates import Bounds
from communique.rules.catalogue import Failures, Rows, grouped, rule
from communique.rules.facts import Day, certainly_before, lives, occurrences, when

_FIRST_IS_EARLIER = frozenset({"prepares", "announces", "invites_to", "produces"})
_FIRST_IS_LATER = frozenset(
    {"follows_up", "after", "responds_to", "retaliates_for", "implements", "brings_into_force", "reciprocates"}
)
_LATER_THAN_THE_BEGINNING = frozenset({"caused_by", "suspends", "revives", "cites"})
_NUMBERED = re.compile(r"(?P<stem>.+?)-(?P<year>\d{4})(?:-(?P<letter>[a-z]))?")


def _happened(rows: Rows) -> dict[str, Bounds]:
    return {event: when(step["date_edtf"]) for event, step in occurrences(rows).items()}


def _began(rows: Rows) -> dict[str, Bounds]:
    return {event: when(steps[0]["date_edtf"]) for event, steps in lives(rows).items()}


@rule("R506", "error")
def relations_hold_in_time(rows: Rows) -> Failures:
    """What prepares comes before, what follows or answers comes after, and a part lies within its whole.

    Causes precede effects. Only events that occurred are compared, and only by what is certain of their days.
    """
    happened, began = _happened(rows), _began(rows)
    for row in rows["relations"]:
        term, start, end = row["relation"], row["from_event_id"], row["to_event_id"]
        first, second = happened.get(start), happened.get(end)
        wrong = False
        if first and second:
            is_late, is_early = certainly_before(second, first), certainly_before(first, second)
            wrong = (is_late and term in {*_FIRST_IS_EARLIER, "part_of"}) or (
                is_early and term in {*_FIRST_IS_LATER, "part_of"}
            )
        if first and term in _LATER_THAN_THE_BEGINNING and end in began:
            wrong = certainly_before(first, began[end])
        if wrong:
            yield "relations", row["relation_id"], f"{term}, but the days of the two say otherwise"


@rule("R507", "warning")
def names_of_a_series_rise(rows: Rows) -> Failures:
    """Within a series the years and letters in the ids of events rise with the days on which their plans began.

    The ids are the series' only numbers: …-2010-b comes after …-2010. (An id is immutable, hence a warning.)
    """
    began = _began(rows)
    named = [(row, _NUMBERED.fullmatch(row["event_id"])) for row in rows["events"] if row["series_id"]]
    numbered = [
        {"stem": (row["series_id"], match["stem"]), "number": (match["year"], match["letter"] or ""), "row": row}
        for row, match in named
        if match and row["event_id"] in began
    ]
    for same in grouped(numbered, "stem").values():
        ordered = [item["row"]["event_id"] for item in sorted(same, key=lambda item: item["number"])]
        for before, after in pairwise(ordered):
            if certainly_before(began[after], began[before]):
                yield "events", after, f"began {began[after].end} or before, {before} began {began[before].start}"


class _Instances:
    """The events of one series that occurred, so ordered that one between two days is found in logarithmic time."""

    def __init__(self, days: dict[str, Bounds]) -> None:
        known = sorted((start, end, event) for event, (start, end) in days.items() if start and end)
        self._starts = [start for start, _, _ in known]
        # From each place on, the event that was certainly over first.
        self._soonest = list(accumulate(reversed([(end, event) for _, end, event in known]), min))[::-1]

    def between(self, earlier: Day, later: Day) -> str | None:
        """An event that certainly began after one day and was certainly over before another."""
        place = bisect_right(self._starts, earlier)
        if place < len(self._soonest) and self._soonest[place][0] < later:
            return self._soonest[place][1]
        return None


@rule("R508", "error")
def what_resumes_follows_a_gap(rows: Rows) -> Failures:
    """What resumes another comes after it, and no other event of their series lies certainly between the two.

    Where the series went on, there was no gap, and nothing to resume.
    """
    happened = _happened(rows)
    series = {row["event_id"]: row["series_id"] for row in rows["events"]}
    days: dict[str, dict[str, Bounds]] = {}
    for event, day in happened.items():
        days.setdefault(series[event] or "", {})[event] = day
    instances = {series_id: _Instances(content) for series_id, content in days.items() if series_id}
    for row in rows["relations"]:
        start, end = row["from_event_id"], row["to_event_id"]
        if row["relation"] != "resumes" or start not in happened or end not in happened:
            continue
        before, after = happened[end], happened[start]
        if before.start and after.end and after.end <= before.start:
            yield "relations", row["relation_id"], f"{start} does not come after {end}"
        elif before.end and after.start and series[start] and series[start] == series[end]:
            between = instances[series[start]].between(before.end, after.start)
            if between:
                yield "relations", row["relation_id"], f"no gap: {between} lies between"


@rule("R509", "error")
def causes_precede_their_steps(rows: Rows) -> Failures:
    """The event that caused a step is another one, and had certainly not begun only after the step.

    What came later cannot have been the reason.
    """
    began = _began(rows)
    for step in rows["status_steps"]:
        cause = step["because_event_id"]
        if cause == step["event_id"]:
            yield "status_steps", step["step_id"], "is caused by its own event"
        elif cause in began and certainly_before(when(step["date_edtf"]), began[cause]):
            yield "status_steps", step["step_id"], f"{cause} began {began[cause].start} or later"
