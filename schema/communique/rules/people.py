"""Rules on who took part (P3…)."""

from communique.derive import DELEGATES
from communique.rules.catalogue import Failures, Rows, grouped, rule


@rule("P301", "error")
def a_meeting_has_two_parties(rows: Rows) -> Failures:
    """A meeting, visit or call that occurred is between at least two parties."""
    parties = grouped([p for p in rows["participants"] if p["role"] in DELEGATES and p["party_id"]], "event_id")
    for event in rows["events"]:
        family = event["event_type"].split(".")[0]
        if family in {"meeting", "call"} and event["status"] == "occurred":
            here = {p["party_id"] for p in parties.get(event["event_id"], [])}
            if len(here) < 2:
                yield "events", event["event_id"], f"has the parties {sorted(here)}, expected two or more"


@rule("P302", "error")
def persons_hold_an_office(rows: Rows) -> Failures:
    """A person who takes part for a party holds an office then, or the party is typed."""
    for row in rows["participants"]:
        if row["person_id"] and not row["party_id"]:
            message = f"no tenure of {row['person_id']} fits the day; add one, or type `party`"
            yield "participants", row["participant_id"], message


@rule("P303", "error")
def a_participation_names_someone(rows: Rows) -> Failures:
    """A participation names a person, an office or a party."""
    for row in rows["participants"]:
        if not (row["person_id"] or row["party_id"] or row["office_id"]):
            yield "participants", row["participant_id"], "names nobody"
