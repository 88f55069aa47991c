"""Rules on what led to what (R5…)."""

from communique.rules.catalogue import Failures, Rows, rule

ACYCLIC = ("prepares", "part_of", "implements", "responds_to", "caused_by")


@rule("R501", "error")
def no_event_relates_to_itself(rows: Rows) -> Failures:
    """A relation links two different events."""
    for row in rows["relations"]:
        if row["from_event_id"] == row["to_event_id"]:
            yield "relations", row["relation_id"], "links an event to itself"


@rule("R502", "error")
def no_cycles(rows: Rows) -> Failures:
    """Preparing, being part of, implementing, responding and being caused by have no cycles."""
    for term in ACYCLIC:
        links: dict[str, list[tuple[str, str]]] = {}
        for row in rows["relations"]:
            if row["relation"] == term:
                links.setdefault(row["from_event_id"], []).append((row["to_event_id"], row["relation_id"]))
        for start, out in links.items():
            for first, relation_id in out:
                if _reaches(links, first, start):
                    yield "relations", relation_id, f"closes a circle of {term}"


def _reaches(links: dict[str, list[tuple[str, str]]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for there, _ in links.get(here, []):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False


@rule("R503", "error")
def inferred_relations_say_why(rows: Rows) -> Failures:
    """An inferred relation says in its note why it is inferred."""
    for row in rows["relations"]:
        if row["basis"] == "inferred" and not row["note"]:
            yield "relations", row["relation_id"], "inferred without a note"
