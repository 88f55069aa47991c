"""The sections of a record, from the rows of one event: steps, participants, relations, outcomes."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from communique.derive import step_order
from communique.vocabulary import rank
from communique_tools.collapse.citations import Citations, Data
from communique_tools.collapse.implied import Implied, is_placed, participant_key
from communique_tools.record_keys import OUTCOME, PARTICIPANT, RELATION, STEP
from communique_tools.records import Row


def slug_of(row_id: str) -> str:
    """What follows the event in a row's id."""
    return row_id.partition("/")[2]


def typed_values(row: Row, columns: Mapping[str, str]) -> Data:
    """The values of a row under their short keys, as they are typed; what is missing is left out."""
    return {key: _text(row[column]) for key, column in columns.items() if row[column] is not None}


def _text(value: Any) -> Any:
    """A day as ISO text, a whole number without a point."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def without(typed: Data, **defaults: str) -> Data:
    """The typed values but for those that say what holds anyway."""
    return {key: value for key, value in typed.items() if defaults.get(key) != value}


def steps(rows: list[Row], citations: Citations) -> Data:
    """The life of the event, in the order of its dates."""
    placed = sorted((row for row in rows if is_placed(row)), key=step_order)
    others = sorted((row for row in rows if not is_placed(row)), key=lambda row: str(row["step_id"]))
    section = {}
    for row in (*placed, *others):
        slug = slug_of(row["step_id"])
        typed = without(typed_values(row, STEP), status=slug.replace("-", "_"))
        section[slug] = {**typed, **citations.cited("status_steps", row["step_id"])}
    return section


def participants(rows: list[Row], citations: Citations, derived: Implied) -> Data:
    """Who took part, by role and name; one row is a table, several are a list.

    Raises:
        CollapseError: when a participant's id tells no key.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_by_role):
        groups[participant_key(row)].append(row)
    section: Data = {}
    for key in sorted(groups, key=lambda key: (min(rank("role", row["role"]) for row in groups[key]), key)):
        entries = [_participant(row, citations, derived) for row in groups[key]]
        section[key] = entries[0] if len(entries) == 1 else entries
    return section


def _by_role(row: Row) -> tuple[bool, int, int]:
    """The order of one participant's rows: what was expected before what was."""
    attendance = row["attendance"]
    return attendance != "expected", rank("role", row["role"]), rank("attendance", attendance)


def _participant(row: Row, citations: Citations, derived: Implied) -> Data:
    row_id = row["participant_id"]
    typed = typed_values(row, PARTICIPANT)
    for key, column, build in (("party", "party_id", derived.parties), ("office", "office_id", derived.offices)):
        if row[column] == build[row_id]:
            typed.pop(key, None)
    return {**typed, **citations.cited("participants", row_id)}


def relations(rows: list[Row], citations: Citations) -> Data:
    """What the event stands in relation to, as a list for each term."""
    section: Data = {}
    for row in sorted(rows, key=lambda row: (rank("relation", row["relation"]), str(row["to_event_id"]))):
        typed = without(typed_values(row, RELATION), basis="stated")
        entry = {**typed, **citations.cited("relations", row["relation_id"])}
        section.setdefault(row["relation"], []).append(entry)
    return section


def outcomes(rows: list[Row], citations: Citations) -> Data:
    """What came of the event."""
    section = {}
    for row in sorted(rows, key=lambda row: str(row["outcome_id"])):
        typed = without(typed_values(row, OUTCOME), standing="actual")
        section[slug_of(row["outcome_id"])] = {**typed, **citations.cited("outcomes", row["outcome_id"])}
    return section
