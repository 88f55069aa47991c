"""Rules on the parties between which an event is (P301, P304)."""

import re
from collections.abc import Iterator

from communique.derive import DELEGATES
from communique.rules.catalogue import Failures, Row, Rows, rule
from communique.rules.facts import family, states

_MEETINGS = frozenset({"meeting", "call"})


def _delegations(rows: Rows) -> dict[str, set[str]]:
    """The parties of each event that count: those of hosts, guests, chairs and participants."""
    found: dict[str, set[str]] = {}
    for row in rows["participants"]:
        if row["role"] in DELEGATES and row["party_id"] and row["attendance"] not in {"absent", "declined"}:
            found.setdefault(row["event_id"], set()).add(row["party_id"])
    return found


@rule("P301", "error")
def a_meeting_has_two_parties(rows: Rows) -> Failures:
    """A meeting or call that occurred is between at least two parties.

    What a party does alone is a statement or an act; mediators and observers are no side.
    """
    parties = _delegations(rows)
    for event in rows["events"]:
        here = parties.get(event["event_id"], set())
        if family(event) in _MEETINGS and event["status"] == "occurred" and len(here) < 2:
            yield "events", event["event_id"], f"has the parties {sorted(here)}, expected two or more"


def _named_states(rows: Rows) -> Iterator[tuple[Row, list[str]]]:
    """Each event whose title, or else whose series, begins with states joined by dashes, and those states."""
    by_name = {row["name"]: row["actor_id"] for row in rows["actors"] if row["actor_kind"] == "state"}
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True) if "–" not in name)
    chain = re.compile(rf"(?:{names or '(?!)'})(?:–(?:{names or '(?!)'}))+\b")
    series = {row["series_id"]: row["name"] for row in rows["series"]}
    for event in rows["events"]:
        match = chain.match(event["title"]) or chain.match(series.get(event["series_id"], ""))
        if match:
            yield event, [by_name[name] for name in match[0].split("–")]


@rule("P304", "error")
def a_meeting_has_the_parties_of_its_name(rows: Rows) -> Failures:
    """A meeting or call named after states, itself or by its series, is between these; between two, no third joins.

    A China–Japan meeting has two parties and a China–Japan–South Korea one three: if the rows say otherwise, a
    delegation is missing or the name is wrong.
    """
    parties, state = _delegations(rows), states(rows)
    for event, named in _named_states(rows):
        if family(event) not in _MEETINGS or event["status"] != "occurred":
            continue
        here = {state.get(party, party) for party in parties.get(event["event_id"], set())}
        if not here >= set(named) or (len(named) == 2 and len(here) > 2):
            yield "events", event["event_id"], f"has the parties {sorted(here)}, expected {sorted(named)}"
