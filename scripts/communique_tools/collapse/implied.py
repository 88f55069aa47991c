"""What the build says where a curator types nothing: the values that a record leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass

from communique.derive import derive
from communique.vocabulary import terms
from communique_tools.record_keys import EVENT_TABLES
from communique_tools.records import Row, Rows

_TYPED = ("participant_id", "event_id", "role", "attendance")


class CollapseError(ValueError):
    """A row that no record can hold."""


@dataclass(frozen=True)
class Implied:
    """Derived values: of participants by their id, of evidence in the order of its rows."""

    offices: Mapping[str, str | None]
    parties: Mapping[str, str | None]
    attributions: tuple[str | None, ...]


def participant_key(row: Row) -> str:
    """The key under which a record holds a participant, whose id is ``<event_id>/<key>-<role>[-<attendance>]``.

    Raises:
        CollapseError: when the id is none of that form.
    """
    slug = row["participant_id"].partition("/")[2]
    ending = "".join(f"-{row[name]}" for name in ("role", "attendance") if row.get(name)).replace("_", "-")
    key = slug.removesuffix(ending)
    if not key or (ending and key == slug):
        raise CollapseError(f"participant_id: {row['participant_id']!r}; expected {row['event_id']}/<key>{ending}")
    return str(key)


def is_placed(step: Row) -> bool:
    """Whether a step has the date and the status that give it a place in its event's life."""
    return bool(step.get("date_edtf")) and step.get("status") in terms("status")


def implied(rows: Rows) -> Implied:
    """What :func:`communique.derive.derive` fills in when neither office, party nor attribution is typed.

    Raises:
        CollapseError: when a participant's id tells no key.
    """
    bare = {
        **rows,
        **{table: [dict(row) for row in rows[table]] for table in EVENT_TABLES},
        "status_steps": [dict(step) for step in rows["status_steps"] if is_placed(step)],
        "evidence": [{**item, "attribution": None} for item in rows["evidence"]],
    }
    people = [{**{name: row[name] for name in _TYPED}, "key": participant_key(row)} for row in rows["participants"]]
    # A party follows from the office, so it is derived a second time from the office that the row has.
    holders = [
        {**row, "office_id": whole["office_id"]} for row, whole in zip(people, rows["participants"], strict=True)
    ]
    derive({**bare, "participants": people})
    derive({**bare, "participants": holders})
    return Implied(
        {row["participant_id"]: row.get("office_id") for row in people},
        {row["participant_id"]: row.get("party_id") for row in holders},
        tuple(item["attribution"] for item in bare["evidence"]),
    )
