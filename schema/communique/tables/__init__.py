"""One Pandera model per table.

>>> from communique.tables import Events
>>> Events.validate(frame)  # doctest: +SKIP
"""

from communique.tables.actors import ActorCodes, ActorNames, Actors, Memberships, Offices, Tenures
from communique.tables.base import Table
from communique.tables.events import (
    Events,
    EventTopics,
    Outcomes,
    Participants,
    Relations,
    StatementActors,
    Statements,
    StatusSteps,
)
from communique.tables.method import Changes, Codings, Coverage, Exclusions, RetiredIds
from communique.tables.places import Places, SeriesTable
from communique.tables.sources import Evidence, Sources, Spans
from communique.tables.vocabulary import Crosswalk, Terms

TABLES: dict[str, type[Table]] = {
    "events": Events,
    "status_steps": StatusSteps,
    "participants": Participants,
    "statements": Statements,
    "statement_actors": StatementActors,
    "relations": Relations,
    "outcomes": Outcomes,
    "event_topics": EventTopics,
    "actors": Actors,
    "actor_names": ActorNames,
    "actor_codes": ActorCodes,
    "offices": Offices,
    "tenures": Tenures,
    "memberships": Memberships,
    "places": Places,
    "series": SeriesTable,
    "sources": Sources,
    "spans": Spans,
    "evidence": Evidence,
    "coverage": Coverage,
    "exclusions": Exclusions,
    "codings": Codings,
    "changes": Changes,
    "retired_ids": RetiredIds,
    "terms": Terms,
    "crosswalk": Crosswalk,
}
"""Every table by name, in the order in which they are best read."""

__all__ = [
    "TABLES",
    "ActorCodes",
    "ActorNames",
    "Actors",
    "Changes",
    "Codings",
    "Coverage",
    "Crosswalk",
    "EventTopics",
    "Events",
    "Evidence",
    "Exclusions",
    "Memberships",
    "Offices",
    "Outcomes",
    "Participants",
    "Places",
    "Relations",
    "RetiredIds",
    "SeriesTable",
    "Sources",
    "Spans",
    "StatementActors",
    "Statements",
    "StatusSteps",
    "Table",
    "Tenures",
    "Terms",
]
