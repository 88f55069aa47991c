"""The way back from tables to records: rows of the event tables as a curator would have typed them.

It is the inverse of :func:`communique_tools.records.expand` followed by :func:`communique.derive.derive`. Tables
do not tell how a record was laid out, so one form is chosen here, which ``communique fmt`` gives every record:

- steps stand in the order of their dates; participants by role and name, expected before real; relations by term
  and target; spans by page and place on it, and so do those that a row cites; all else by name;
- a span is called by the first word of its source and the first digits of its hash (``kyodo-96bd``), a name that
  no later span moves;
- a voice holds who speaks, through whom, when and where, as far as all of its remarks agree, and the commonest
  attribution of its evidence; what was said, about whom and to whom stands with the remark;
- what the build derives anyway (an office, a party, an attribution, a default) is not typed.
"""

from collections import defaultdict
from collections.abc import Iterable

from communique_tools.collapse.citations import Citations, Data
from communique_tools.collapse.implied import Implied, implied
from communique_tools.collapse.sections import outcomes, participants, relations, slug_of, steps, typed_values
from communique_tools.collapse.voices import Speech, voices
from communique_tools.record_keys import TABLE_OF
from communique_tools.records import Row, Rows

_KEYS = {
    "steps": "step_id",
    "participants": "participant_id",
    "relations": "relation_id",
    "outcomes": "outcome_id",
    "remarks": "statement_id",
}


def collapse(rows: Rows) -> dict[str, Data]:
    """The data of each event's record, from the complete rows of every table.

    A span that no row cites is in no record, for nothing tells of which it would be.

    Raises:
        CollapseError: when a participant's id tells no key.
    """
    derived = implied(rows)
    spans = {span["span_id"]: span for span in rows["spans"]}
    evidence = _grouped(
        {**item, "implied": attribution, "event_id": item["row_id"].partition("/")[0]}
        for item, attribution in zip(rows["evidence"], derived.attributions, strict=True)
    )
    speech: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows["statement_actors"]:
        speech[row["statement_id"]][row["speech_role"]].append(row["actor_id"])
    topics = _grouped(rows["event_topics"])
    own = {
        section: _grouped(rows[table], "from_event_id" if section == "relations" else "event_id")
        for section, table in TABLE_OF.items()
    }
    records = {}
    for event in rows["events"]:
        event_id = event["event_id"]
        citations = Citations(evidence[event_id], spans)
        sections = {section: group[event_id] for section, group in own.items()}
        head = _head(event, topics[event_id])
        records[event_id] = {**head, **_sections(sections, citations, derived, speech)}
    return records


def _grouped(rows: Iterable[Row], column: str = "event_id") -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _head(event: Row, topics: list[Row]) -> Data:
    columns = {"event_id": "event_id", "event_type": "event_type", "title": "title", "series": "series_id"}
    named = {"topics": sorted(row["topic"] for row in topics)} if topics else {}
    return {**typed_values(event, columns), **named, **typed_values(event, {"note": "note"})}


def _sections(rows: Rows, citations: Citations, derived: Implied, speech: Speech) -> Data:
    evidence = {
        section: found
        for section, key in _KEYS.items()
        if (found := _column_evidence(section, [row[key] for row in rows[section]], citations))
    }
    sections = {
        "steps": steps(rows["steps"], citations),
        "participants": participants(rows["participants"], citations, derived),
        "relations": relations(rows["relations"], citations),
        "outcomes": outcomes(rows["outcomes"], citations),
        "voices": voices(rows["remarks"], citations, speech),
        "evidence": evidence,
        "spans": citations.section(),
    }
    return {name: section for name, section in sections.items() if section}


def _column_evidence(section: str, row_ids: list[str], citations: Citations) -> Data:
    found = {slug_of(row_id): citations.columns(section, row_id) for row_id in sorted(row_ids)}
    return {slug: columns for slug, columns in found.items() if columns}
