"""Rules on the persons who took part: for whom, when and where (P3…)."""

from collections.abc import Container, Iterator

from communique.rules.catalogue import Failures, Row, Rows, grouped, rule
from communique.rules.distance import kilometres
from communique.rules.facts import (
    ATTENDED,
    Day,
    certain_day,
    excludes,
    lives,
    occurrences,
    standing,
    states,
)

_APART = 300
_SPEAKING = frozenset({"speaker", "affiliation", "addressee", "relayer"})


def _attended(rows: Rows) -> Iterator[Row]:
    """Who really took part, in what occurred."""
    occurred = occurrences(rows)
    for row in rows["participants"]:
        if row["event_id"] in occurred and row["attendance"] in ATTENDED:
            yield row


@rule("P302", "error")
def persons_stand_for_a_party(rows: Rows) -> Failures:
    """A person who takes part for a party holds one office then that is the highest, or the party is typed.

    A person whom no tenure ties to a state counts for no pair of states; of two offices of one level the coder says in
    which the person acted.
    """
    for row in rows["participants"]:
        if row["person_id"] and not row["party_id"]:
            message = (
                f"no tenure of {row['person_id']} fits the day, or several do; add one, or type `office` or `party`"
            )
            yield "participants", row["participant_id"], message


@rule("P303", "error")
def a_participation_names_someone(rows: Rows) -> Failures:
    """A participation names a person, an office or a party.

    A row about nobody says nothing.
    """
    for row in rows["participants"]:
        if not (row["person_id"] or row["party_id"] or row["office_id"]):
            yield "participants", row["participant_id"], "names nobody"


@rule("P307", "warning")
def nobody_is_in_two_places(rows: Rows) -> Failures:
    """Nobody attends in person, on one day, at two places 300 km apart.

    It can be done by air; far more often a day, a place or a person is wrong.
    """
    occurred = occurrences(rows)
    places = {row["place_id"]: row for row in rows["places"] if row["lat"] is not None and row["lon"] is not None}
    there: dict[tuple[str, Day], dict[str, Row]] = {}
    for row in _attended(rows):
        step = occurred[row["event_id"]]
        day, place = certain_day(step), step["place_id"]
        if row["person_id"] and not row["attendance"] and day and place in places and step["mode"] == "in_person":
            seen = there.setdefault((row["person_id"], day), {})
            for other in seen:
                apart = kilometres(places[place], places[other])
                if apart > _APART:
                    message = f"{row['person_id']} is at {place} and at {other} on {day}, {apart:.0f} km apart"
                    yield "participants", row["participant_id"], message
                    break
            seen.setdefault(place, row)


def _acts(rows: Rows, mortal: Container[str]) -> Iterator[tuple[str, str, str, str | None]]:
    """Table, key, actor and date of whatever actors who have a beginning or an end did."""
    last = {event: standing(steps)["date_edtf"] for event, steps in lives(rows).items()}
    for row in rows["participants"]:
        for actor in (row["person_id"], row["party_id"]):
            if actor in mortal and row["attendance"] in ATTENDED:
                yield "participants", row["participant_id"], actor, last.get(row["event_id"])
    for row in rows["status_steps"]:
        if row["by_id"] in mortal:
            yield "status_steps", row["step_id"], row["by_id"], row["date_edtf"]
    remarks = {row["statement_id"]: row for row in rows["statements"]}
    for row in rows["statement_actors"]:
        if row["actor_id"] in mortal and row["speech_role"] in _SPEAKING:
            remark = remarks[row["statement_id"]]
            said = remark["said_edtf"] or last.get(remark["event_id"])
            yield "statements", row["statement_id"], row["actor_id"], said


@rule("P308", "error")
def actors_existed(rows: Rows) -> Failures:
    """Who took part, took a step, spoke or was spoken to existed on that day.

    A state before its founding or a body after its end is another actor, or the day is wrong.
    """
    mortal = {row["actor_id"]: row for row in rows["actors"] if row["start_edtf"] or row["end_edtf"]}
    for table, key, actor, date in _acts(rows, mortal):
        if excludes(mortal[actor], date):
            yield table, key, f"{actor} did not exist on {date}"


@rule("P309", "error")
def a_visitor_is_abroad_and_a_host_at_home(rows: Rows) -> Failures:
    """At a meeting or visit in person a guest is not at home, and a host is; courtesy calls apart.

    Hosts and guests exchanged turn a visit round. At a courtesy call the higher is the host, even abroad.
    """
    occurred, state = occurrences(rows), states(rows)
    country = {row["place_id"]: row["country_id"] for row in rows["places"]}
    kind = {row["event_id"]: row["event_type"] for row in rows["events"]}
    for row in _attended(rows):
        step = occurred[row["event_id"]]
        here, home = country.get(step["place_id"]), state.get(row["party_id"])
        is_visit = kind[row["event_id"]].startswith(("meeting.", "visit.")) and step["mode"] == "in_person"
        if not (here and home and is_visit) or kind[row["event_id"]] == "meeting.courtesy_call":
            continue
        if row["role"] == "guest" and here == home:
            yield "participants", row["participant_id"], f"is a guest of {home} in {here}"
        if row["role"] == "host" and here != home:
            yield "participants", row["participant_id"], f"is a host of {home} in {here}"


@rule("P310", "error")
def a_group_does_not_double_its_member(rows: Rows) -> Failures:
    """A group and its member do not both speak for one person.

    The person would count as two parties of one event; type the one for which the page lets the person speak.
    """
    memberships = {(row["group_id"], row["member_id"]): row for row in rows["memberships"]}
    groups = {group for group, _ in memberships}
    dates = {event: standing(steps)["date_edtf"] for event, steps in lives(rows).items()}
    spoken = grouped([row for row in rows["participants"] if row["person_id"]], "event_id") if groups else {}
    for event_id, people in spoken.items():
        parties: dict[str, set[str]] = {}
        for row in people:
            parties.setdefault(row["person_id"], set()).add(row["party_id"])
        for row in (row for row in people if row["party_id"] in groups):
            for member in sorted(filter(None, parties[row["person_id"]])):
                membership = memberships.get((row["party_id"], member))
                if membership and not excludes(membership, dates.get(event_id)):
                    message = f"{row['person_id']} speaks for {row['party_id']} and for its member {member}"
                    yield "participants", row["participant_id"], message
