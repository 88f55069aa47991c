"""Rules on events that may be one and the same (U8…)."""

from communique.derive import DELEGATES
from communique.rules.catalogue import Failures, Row, Rows, rule
from communique.rules.facts import inner, occurrences


def _alike(rows: Rows) -> dict[tuple[str, frozenset[str]], list[Row]]:
    """The events that occurred, by family and parties."""
    occurred = occurrences(rows)
    parties: dict[str, set[str]] = {}
    for row in rows["participants"]:
        if row["role"] in DELEGATES and row["party_id"] and row["attendance"] in {None, "remote"}:
            parties.setdefault(row["event_id"], set()).add(row["party_id"])
    found: dict[tuple[str, frozenset[str]], list[Row]] = {}
    for event in rows["events"]:
        event_id = event["event_id"]
        start, end = inner(occurred[event_id]["date_edtf"]) if event_id in occurred else (None, None)
        if event_id in parties and start and end and start <= end:
            alike = event["event_type"].partition(".")[0], frozenset(parties[event_id])
            found.setdefault(alike, []).append({**event, "start": start, "end": end})
    return found


@rule("U801", "warning")
def no_event_stands_twice(rows: Rows) -> Failures:
    """Two events of one family and the same parties on one day are related, of two series, or a note explains them.

    Two pages about one meeting easily become two events; two real ones on a day are worth a word.
    """
    related = {frozenset((row["from_event_id"], row["to_event_id"])) for row in rows["relations"]}
    for events in _alike(rows).values():
        last: Row | None = None
        for event in sorted(events, key=lambda row: (row["start"], row["event_id"])):
            if last and event["start"] <= last["end"]:
                pair = frozenset((last["event_id"], event["event_id"]))
                series = {last["series_id"], event["series_id"]} - {None}
                if pair not in related and len(series) < 2 and not (last["note"] or event["note"]):
                    yield "events", event["event_id"], f"may be {last['event_id']}; relate them, or explain in a note"
            last = event if last is None or event["end"] >= last["end"] else last
