"""Samples that anyone can draw again, and what the records say of the units drawn.

A second coder codes events and remarks anew for reliability; an auditor judges events and looks for words on their
pages. Both get units drawn by a recorded seed from the sorted ids, so that nobody chose them.
"""

import random
from collections import defaultdict
from collections.abc import Iterable

from communique.frames import Row

Rows = dict[str, list[Row]]

EVENT_FIELDS = ("event_type", "status", "date_edtf", "place_id", "mode", "level", "parties")
STATEMENT_FIELDS = ("act", "certainty", "attribution")
FIELDS = {"events": EVENT_FIELDS, "statements": STATEMENT_FIELDS}
"""What is coded a second time, by the table that a unit is a row of."""
KEYS = {"events": "event_id", "statements": "statement_id", "spans": "span_id"}
PARTY_ROLES = frozenset({"host", "guest", "chair", "participant"})
"""The roles by which a meeting's parties are counted, as the decision rules have it."""


def draw(ids: Iterable[str], size: int, seed: int) -> list[str]:
    """So many of the ids, each with the same chance, in order; the same ids and seed give the same sample.

    Raises:
        ValueError: when fewer ids are there than are to be drawn.
    """
    known = sorted(set(ids))
    if size > len(known):
        raise ValueError(f"{size} units are to be drawn and only {len(known)} are there")
    return sorted(random.Random(seed).sample(known, size))


def _parties(rows: Rows) -> dict[str, str]:
    """The parties of each event that were there, as ids in order."""
    present: dict[str, set[str]] = defaultdict(set)
    for row in rows["participants"]:
        if row["role"] in PARTY_ROLES and row["party_id"] and row["attendance"] in {None, "remote"}:
            present[row["event_id"]].add(row["party_id"])
    return {event: " ".join(sorted(parties)) for event, parties in present.items()}


def recorded(rows: Rows, table: str) -> dict[str, dict[str, str | None]]:
    """What the records say of each event or statement, by unit and field: the coding that others are compared with."""
    parties = _parties(rows) if table == "events" else {}
    return {
        row[KEYS[table]]: {
            name: parties.get(row[KEYS[table]]) if name == "parties" else row[name] for name in FIELDS[table]
        }
        for row in rows[table]
    }


def pages(rows: Rows) -> dict[str, list[Row]]:
    """The sources that each event's rows cite, in the order of their ids: what a coder reads."""
    source_of = {span["span_id"]: span["source_id"] for span in rows["spans"]}
    cited: dict[str, set[str]] = defaultdict(set)
    for item in rows["evidence"]:
        if item["table_name"] != "tenures":
            cited[item["row_id"].split("/")[0]].add(source_of[item["span_id"]])
    sources = {row["source_id"]: row for row in rows["sources"]}
    return {event: [sources[source] for source in sorted(found)] for event, found in cited.items()}
