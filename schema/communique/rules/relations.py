"""Rules on what led to what (R5…)."""

from communique.rules.catalogue import Failures, Rows, rule
from communique.rules.circles import circles

ACYCLIC = ("prepares", "part_of", "implements", "responds_to", "caused_by")


@rule("R501", "error")
def no_event_relates_to_itself(rows: Rows) -> Failures:
    """A relation links two different events.

    An event is no cause or part of itself.
    """
    for row in rows["relations"]:
        if row["from_event_id"] == row["to_event_id"]:
            yield "relations", row["relation_id"], "links an event to itself"


@rule("R502", "error")
def no_circles(rows: Rows) -> Failures:
    """Preparing, being part of, implementing, responding and being caused by form no circle.

    Each of these runs one way; who follows a circle never comes to its beginning.
    """
    for term in ACYCLIC:
        links = [row for row in rows["relations"] if row["relation"] == term]
        circle = circles([(row["from_event_id"], row["to_event_id"]) for row in links])
        for row in links:
            ends = row["from_event_id"], row["to_event_id"]
            if ends[0] != ends[1] and circle[ends[0]] == circle[ends[1]]:
                yield "relations", row["relation_id"], f"closes a circle of {term}"


@rule("R503", "error")
def inferred_relations_say_why(rows: Rows) -> Failures:
    """An inferred relation says in its note why it is inferred.

    No page states it: the coder's reason is all the evidence there is.
    """
    for row in rows["relations"]:
        if row["basis"] == "inferred" and not row["note"]:
            yield "relations", row["relation_id"], "inferred without a note"


@rule("R504", "error")
def no_relation_stands_twice(rows: Rows) -> Failures:
    """Two events are linked by one relation only once.

    A second row would be counted as a second link; its words belong to the first.
    """
    first: dict[tuple[str, str, str], str] = {}
    for row in sorted(rows["relations"], key=lambda row: str(row["relation_id"])):
        link = row["from_event_id"], row["relation"], row["to_event_id"]
        if link in first:
            yield "relations", row["relation_id"], f"says what {first[link]} says"
        first.setdefault(link, row["relation_id"])


@rule("R505", "error")
def no_relation_has_an_inverse_twin(rows: Rows) -> Failures:
    """Where one event has a relation to another, that other does not have the same relation to it.

    No relation runs both ways: one of the two has its ends exchanged, or says what the other says.
    """
    known = {(row["from_event_id"], row["relation"], row["to_event_id"]) for row in rows["relations"]}
    for row in rows["relations"]:
        start, term, end = row["from_event_id"], row["relation"], row["to_event_id"]
        if term not in ACYCLIC and start > end and (end, term, start) in known:
            yield "relations", row["relation_id"], f"{end} already {term} {start}"
