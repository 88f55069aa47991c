"""What the build derives from what people typed: offices and parties, bounds of dates, publicity, standing.

Works on rows (a list of dictionaries per table), so that records, imported tables and a dataset cut at a
day go through the same rules. No derived value is ever typed; each rule is one function.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from communique.dates import bounds, precision
from communique.publicity import row_days
from communique.vocabulary import rank, terms

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TERMINAL = frozenset({"occurred", "cancelled", "rejected", "lapsed", "disproved"})
PASSING = frozenset({"date_proposed", "date_refused"})
"""Statuses that leave a plan's standing as it was."""
DELEGATES = frozenset({"host", "guest", "chair", "participant"})
LEVELLED = frozenset({"meeting", "visit", "call", "ceremony"})
"""The families of events that have a level: those with heads of delegations."""
_BY_SOURCE_KIND = {
    "readout": "document",
    "joint_statement": "document",
    "press_conference": "spokesperson",
    "analysis": "editorial",
}
_FAR = datetime.date.max
_ROW_TABLES = {
    "status_steps": "step_id",
    "participants": "participant_id",
    "statements": "statement_id",
    "relations": "relation_id",
    "outcomes": "outcome_id",
}


def _fill_bounds(row: Row, date: str, start: str, end: str) -> None:
    text = row.get(date)
    row[start], row[end] = bounds(text) if text else (None, None)


def step_order(step: Row) -> tuple[datetime.date, datetime.date, int, str]:
    """The order of an event's steps: by the latest day, then the earliest, then the life of a plan."""
    start, end = bounds(step["date_edtf"])
    stage = rank("status", step["status"]) + 100 * (step["status"] in TERMINAL)
    return end or _FAR, start or datetime.date.min, stage, step["step_id"]


def _state_of(actor_id: str | None, actors: dict[str, Row]) -> str | None:
    """The state to which a body belongs; the highest body where there is no state above it."""
    seen = set()
    while actor_id in actors and actor_id not in seen:
        seen.add(actor_id)
        parent = actors[actor_id].get("parent_id")
        if actors[actor_id]["actor_kind"] == "state" or not parent:
            return actor_id
        actor_id = parent
    return actor_id


def _could_hold(tenure: Row, start: datetime.date | None, end: datetime.date | None) -> bool:
    began = bounds(tenure["start_edtf"]).start
    ended = bounds(tenure["end_edtf"]).end if tenure.get("end_edtf") else None
    return not (began and end and began > end) and not (ended and start and ended < start)


def _had_begun(tenure: Row, day: datetime.date | None) -> bool:
    """Whether the tenure had certainly begun by a day; one that only may have yields to it."""
    began = bounds(tenure["start_edtf"]).end
    return bool(began and day and began <= day)


def offices_held(step: Row, tenures: Iterable[Row], offices: Mapping[str, Row]) -> set[str]:
    """The offices of the highest level that a person's tenures allow on the day of a step: more than one on a tie."""
    start, end = bounds(step["date_edtf"])
    could = [t for t in tenures if _could_hold(t, start, end) and t["office_id"] in offices]
    held = {t["office_id"] for t in could if _had_begun(t, end)} or {t["office_id"] for t in could}
    ranks = {office: rank("level", offices[office]["level"]) for office in held}
    return {office for office in held if ranks[office] == min(ranks.values())}


def _fill_participant(
    row: Row, steps: list[Row], tenures: list[Row], actors: dict[str, Row], offices: dict[str, Row]
) -> None:
    """Who took part and for whom; the first of the steps on whose day an office was held decides."""
    key = row.pop("key", None)
    row.setdefault("person_id", None)
    if key in offices:
        row["office_id"] = row.get("office_id") or key
    elif key is not None and actors.get(key, {}).get("actor_kind", "person") == "person":
        row["person_id"] = key
    elif key is not None:
        row["party_id"] = row.get("party_id") or key
    if row["person_id"] and not row.get("office_id"):
        # Who was expected long before a plan came true held the office then, perhaps no longer at its end.
        days = steps if row.get("attendance") else steps[:1]
        held = next(filter(None, (offices_held(step, tenures, offices) for step in days)), set[str]())
        row["office_id"] = next(iter(held)) if len(held) == 1 else None  # on a tie the coder says which
    office = offices.get(row.get("office_id") or "")
    if not row.get("party_id") and office:
        row["party_id"] = _state_of(office["body_id"], actors)


def _fill_attributions(rows: Rows) -> None:
    kinds = {source["source_id"]: source["source_kind"] for source in rows["sources"]}
    span_kind = {span["span_id"]: kinds.get(span["source_id"]) for span in rows["spans"]}
    for item in rows["evidence"]:
        if not item.get("attribution"):
            item["attribution"] = _BY_SOURCE_KIND.get(span_kind.get(item["span_id"]) or "", "unattributed")


def _confidence(
    step: Row, evidence: Iterable[Row], origin: dict[str, str], kind: dict[str, str], party: dict[str, str]
) -> str | None:
    """How well a step is evidenced: the first that fits."""
    cited = list(evidence)
    if step.get("dispute_note"):
        return "disputed"
    if not cited:
        return None
    if all(item["attribution"] == "anonymous" for item in cited):
        return "anonymous_only"
    sources = {item["source_id"] for item in cited}
    documents = {party[s] for s in sources if kind.get(s) in {"readout", "joint_statement"} and s in party}
    return "confirmed" if len({origin.get(s, s) for s in sources}) > 1 or len(documents) > 1 else "single_origin"


def _level(event: Row, participants: Iterable[Row], offices: dict[str, Row]) -> str | None:
    """That of the lowest head of delegation: of those who were there, or of those expected where nobody was yet."""
    if str(event.get("event_type")).partition(".")[0] not in LEVELLED:
        return None
    there: dict[str, int] = {}
    foreseen: dict[str, int] = {}
    for row in participants:
        office = offices.get(row.get("office_id") or "")
        party = row.get("party_id")
        if not office or not party or row["role"] not in DELEGATES or row.get("attendance") == "absent":
            continue
        heads = foreseen if row.get("attendance") in {"expected", "declined"} else there
        heads[party] = min(heads.get(party, 99), rank("level", office["level"]))
    levels = terms("level")
    lowest = max((there or foreseen).values(), default=len(levels))
    return levels[lowest] if lowest < len(levels) else None


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def derive(rows: Rows) -> Rows:
    """Fill every derived column, in place, and return the rows.

    Raises:
        DateError: when a typed date is none.
    """
    actors = {row["actor_id"]: row for row in rows["actors"]}
    offices = {row["office_id"]: row for row in rows["offices"]}
    tenures = _grouped(rows["tenures"], "person_id")
    for step in rows["status_steps"]:
        _fill_bounds(step, "date_edtf", "start_on", "end_on")
        _fill_bounds(step, "planned_edtf", "planned_start_on", "planned_end_on")
    steps = {
        event: sorted(group, key=step_order) for event, group in _grouped(rows["status_steps"], "event_id").items()
    }
    standing = {
        event: ([s for s in group if s["status"] not in PASSING] or group)[-1] for event, group in steps.items()
    }
    for row in rows["participants"]:
        held = tenures.get(row.get("person_id") or row.get("key") or "", [])
        event_id = row["event_id"]
        deciding = [standing[event_id], *reversed(steps[event_id])] if event_id in standing else []
        _fill_participant(row, deciding, held, actors, offices)
    _fill_attributions(rows)
    days = row_days(rows)
    for table, key in _ROW_TABLES.items():
        if table not in {"relations", "outcomes"}:
            for row in rows[table]:
                row["public_on"] = days.get((table, row[key]))
    _fill_statements(rows)
    _fill_events(rows, steps, standing, offices, actors)
    return rows


def _fill_statements(rows: Rows) -> None:
    cited = _grouped((e for e in rows["evidence"] if e["table_name"] == "statements"), "row_id")
    for row in rows["statements"]:
        given = [item["attribution"] for item in cited.get(row["statement_id"], []) if item["stance"] == "supports"]
        row["attribution"] = min(given, key=lambda term: rank("attribution", term), default=None)


def _fill_events(
    rows: Rows,
    steps: dict[str, list[Row]],
    standing: dict[str, Row],
    offices: dict[str, Row],
    actors: dict[str, Row],
) -> None:
    sources = {row["source_id"]: row for row in rows["sources"]}
    origin = {key: row["origin_id"] for key, row in sources.items()}
    kind = {key: row["source_kind"] for key, row in sources.items()}
    party = {key: _state_of(row["publisher_id"], actors) or key for key, row in sources.items()}
    span_source = {span["span_id"]: span["source_id"] for span in rows["spans"]}
    cited: dict[str, list[Row]] = defaultdict(list)
    for item in rows["evidence"]:
        event_id, slash, _ = (item["row_id"] or "").partition("/")
        if slash:
            cited[event_id].append({**item, "source_id": span_source.get(item["span_id"], "")})
    participants = _grouped(rows["participants"], "event_id")
    for event in rows["events"]:
        event_id = event["event_id"]
        used = {item["source_id"] for item in cited[event_id]}
        step = standing.get(event_id)
        event.update(
            n_sources=len(used),
            n_origins=len({origin.get(source, source) for source in used}),
            level=_level(event, participants.get(event_id, []), offices),
        )
        for column in ("status", "date_edtf", "start_on", "end_on", "place_id", "mode"):
            event[column] = step.get(column) if step else None
        if step is None:
            event.update(date_precision=None, first_public_on=None, is_backfilled=None, confidence=None)
            continue
        supports = [
            item
            for item in cited[event_id]
            if item["row_id"] == step["step_id"] and item["stance"] == "supports" and not item.get("column_name")
        ]
        public = [s["public_on"] for s in steps[event_id] if s["public_on"]]
        first = min(public) if public else None
        happened = step["end_on"]
        event.update(
            date_precision=precision(step["date_edtf"]) if step["date_edtf"] else None,
            first_public_on=first,
            is_backfilled=bool(first and happened and (first - happened).days > 365),
            confidence=_confidence(step, supports, origin, kind, party),
        )
