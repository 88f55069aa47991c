"""``event_parties``: one row per event and party, from the rows of those who took part for it."""

from communique.schemas import TableSchema
from communique.views.base import Row, Rows, View, derived, grouped, joined, taken
from communique.vocabulary import terms

_PRESENT = frozenset({None, "remote"})
"""The attendance of those who took part, on the spot or from afar."""


def _schema() -> TableSchema:
    columns = (
        taken("participants", "event_id", is_key=True),
        taken("participants", "party_id", is_key=True, nullable=False),
        derived("party_name", "string", "The name of the party.", nullable=False),
        taken("actors", "actor_kind", description="What sort of actor the party is."),
        derived("roles", "string", "The parts that it played: terms, sorted, joined by '; '.", nullable=False),
        derived("persons", "string", "Who took part for it: names, sorted, joined by '; '."),
        taken("offices", "level", name="highest_level", nullable=True, description="The highest rank among them."),
        derived("has_attended", "bool", "Whether anyone took part, not only was to or stayed away.", nullable=False),
        derived("n_participants", "int64", "Rows in participants.", nullable=False, unit="participations"),
        taken("participants", "public_on", description="The day from which its part was known in public."),
    )
    return TableSchema("event_parties", "One row per event and party that took part in it, or was to.", columns)


def _highest(office_levels: list[str]) -> str | None:
    return min(office_levels, key=terms("level").index, default=None)


def _rows(rows: Rows) -> list[Row]:
    actors = {row["actor_id"]: row for row in rows["actors"]}
    levels = {row["office_id"]: row["level"] for row in rows["offices"]}
    parties = grouped((row for row in rows["participants"] if row["party_id"]), "event_id", "party_id")
    return [
        {
            "event_id": event_id,
            "party_id": party_id,
            "party_name": actors[party_id]["name"],
            "actor_kind": actors[party_id]["actor_kind"],
            "roles": joined(row["role"] for row in here),
            "persons": joined(actors[row["person_id"]]["name"] for row in here if row["person_id"]),
            "highest_level": _highest([levels[row["office_id"]] for row in here if row["office_id"]]),
            "has_attended": any(row["attendance"] in _PRESENT for row in here),
            "n_participants": len(here),
            "public_on": min((row["public_on"] for row in here if row["public_on"]), default=None),
        }
        for (event_id, party_id), here in parties.items()
    ]


VIEW = View(_schema, _rows)
