"""Rules on offices and those who held them (P305, P306)."""

from communique.derive import DELEGATES
from communique.rules.catalogue import Failures, Row, Rows, grouped, rule
from communique.rules.facts import ATTENDED, Day, excludes, lives, standing, when

SOLE = frozenset({"head_of_state", "head_of_government", "minister", "ambassador"})
"""The levels at which one person holds an office at a time."""


@rule("P305", "error")
def the_office_was_held_that_day(rows: Rows) -> Failures:
    """A delegate who takes part in an office held it that day; whoever else, on the day of some step.

    The office decides the level of an event, typed or derived; a former minister is not one. (Who was expected, invited
    or carried the letter may have left the office before the day came.)
    """
    held: dict[tuple[str, str], list[Row]] = {}
    for row in rows["tenures"]:
        held.setdefault((row["person_id"], row["office_id"]), []).append(row)
    steps = lives(rows)
    for row in rows["participants"]:
        life = steps.get(row["event_id"])
        if not (row["person_id"] and row["office_id"] and life):
            continue
        was_there = row["role"] in DELEGATES and row["attendance"] in ATTENDED
        days = [step["date_edtf"] for step in ([standing(life)] if was_there else life)]
        tenures = held.get((row["person_id"], row["office_id"]), [])
        if all(excludes(tenure, day) for tenure in tenures for day in days):
            known = ", ".join(f"{t['start_edtf']}–{t['end_edtf'] or ''}" for t in tenures) or "no tenure"
            message = f"{row['person_id']} did not hold {row['office_id']} then: {known}"
            yield "participants", row["participant_id"], message


@rule("P306", "error")
def an_office_has_one_holder(rows: Rows) -> Failures:
    """Substantive heads of state and government, ministers and ambassadors of one office do not certainly overlap.

    Two presidents at a time are an acting one, a missing end, or two offices under one name; the day of handing over is
    shared. (A ministry may well have several vice ministers and spokespersons.)
    """
    sole = {row["office_id"] for row in rows["offices"] if row["level"] in SOLE}
    held_alone = [row for row in rows["tenures"] if row["tenure_kind"] == "substantive" and row["office_id"] in sole]
    for tenures in grouped(held_alone, "office_id").values():
        last = (Day.min, "")
        for start, end, tenure_id in sorted((*_certainly_held(row), row["tenure_id"]) for row in tenures):
            if start < last[0] and start <= end:
                yield "tenures", tenure_id, f"began by {start}, while {last[1]} lasted until {last[0]} or later"
            last = max(last, (end, tenure_id))


def _certainly_held(tenure: Row) -> tuple[Day, Day]:
    """The first and last day on which an office was certainly held; where no end is known, the first day alone."""
    start = when(tenure["start_edtf"]).end or Day.max
    return start, when(tenure["end_edtf"]).start or start
