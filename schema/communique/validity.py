"""What had begun and what had ended by a day: actors, series, their codes and members, and who held which office.

A date that may lie after the day is not known on that day.
"""

import datetime

from communique.dates import bounds
from communique.publicity import NEVER, Publicity, Row, Rows

Day = datetime.date


def _ended(date: str | None, day: Day) -> str | None:
    """A date, or None where it may lie after the day; of "not before" it counts when that was."""
    start, end = bounds(date)
    return date if (end or start or NEVER) <= day else None


def cut_ends(rows: Rows, day: Day) -> None:
    """Beginnings and ends that may lie after the day are not known; what only begins after it is not there."""
    for table in ("actors", "series"):
        for row in rows[table]:
            row.update(start_edtf=_ended(row["start_edtf"], day), end_edtf=_ended(row["end_edtf"], day))
    rows["memberships"] = [row for row in rows["memberships"] if _ended(row["start_edtf"], day)]
    for row in (*rows["memberships"], *rows["tenures"]):
        row["end_edtf"] = _ended(row["end_edtf"], day)
    rows["actor_codes"] = [row for row in rows["actor_codes"] if row["valid_from_on"] <= day]
    for row in rows["actor_codes"]:
        row["valid_to_on"] = row["valid_to_on"] if (row["valid_to_on"] or NEVER) <= day else None


def _known(row: Row, first: Day, late: dict[str, Day], day: Day) -> Row:
    """A tenure as it was known on a day, having been public since ``first``; ``late`` says when its dates were."""
    start, end = bounds(row["start_edtf"])
    is_dated = late.get("start_edtf", Day.min) <= day
    known = dict(row)
    if not is_dated or (end is not None and end > day):  # "not before" tells nothing of what came later
        earliest = start if is_dated and start else ""
        known["start_edtf"] = f"[{earliest}..{max(first, start or Day.min)}]"
    if late.get("end_edtf", Day.min) > day:
        known["end_edtf"] = None
    return known


def cut_tenures(rows: Rows, public: Publicity, day: Day) -> None:
    """Tenures that a page of the day or a participation shows, and that had begun; no office held only later."""
    shown: dict[tuple[str, str], list[Day]] = {}
    for row in rows["participants"]:
        shown.setdefault((row["person_id"], row["office_id"]), []).append(row["public_on"])
    kept = []
    for row in rows["tenures"]:
        key = ("tenures", row["tenure_id"])
        first = min([public.rows.get(key, NEVER), *shown.get((row["person_id"], row["office_id"]), [])])
        if first <= day and (bounds(row["start_edtf"]).start or Day.min) <= day:
            kept.append(_known(row, first, public.columns.get(key, {}), day))
    typed = {(row["person_id"], row["office_id"]) for row in rows["tenures"]}
    now = {(row["person_id"], row["office_id"]) for row in kept}
    for row in rows["participants"]:
        held = (row["person_id"], row["office_id"])
        row["office_id"] = None if held in typed - now else row["office_id"]
    rows["tenures"] = kept
