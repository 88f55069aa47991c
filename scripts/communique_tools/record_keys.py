"""What the keys of a record stand for: the sections, and the column that each short key fills.

The short keys drop ``_id``, ``_edtf`` and the table's own prefix: ``place`` is ``place_id``.
"""

STEP = {
    "status": "status",
    "date": "date_edtf",
    "planned": "planned_edtf",
    "planned_note": "planned_note",
    "place": "place_id",
    "mode": "mode",
    "by": "by_id",
    "reason": "reason",
    "because": "because_event_id",
    "dispute_note": "dispute_note",
}
PARTICIPANT = {
    "party": "party_id",
    "office": "office_id",
    "role": "role",
    "attendance": "attendance",
    "vote": "vote",
    "is_veto": "is_veto",
}
RELATION = {"to": "to_event_id", "basis": "basis", "note": "note"}
OUTCOME = {
    "kind": "outcome_kind",
    "standing": "standing",
    "title": "title",
    "quantity_low": "quantity_low",
    "quantity_high": "quantity_high",
    "unit": "unit",
    "adopted_on": "adopted_on",
}
REMARK = {
    "act": "act",
    "certainty": "certainty",
    "said": "said_edtf",
    "about": "about_edtf",
    "setting": "setting",
    "about_event": "about_event_id",
    "about_statement": "about_statement_id",
    "gist": "gist",
}
SPEECH_ROLES = ("speaker", "affiliation", "subject", "addressee", "relayer")
VOICE = ("description", "anonymity_reason", "attribution", "remarks", *SPEECH_ROLES)
EVENT = ("event_id", "event_type", "title", "series", "topics", "note")
SECTIONS = ("steps", "participants", "relations", "outcomes", "voices", "evidence", "spans")
SPAN = ("source", "words", "sha256", "locator")
TABLE_OF = {
    "steps": "status_steps",
    "participants": "participants",
    "relations": "relations",
    "outcomes": "outcomes",
    "remarks": "statements",
}
COLUMNS_OF = {
    "steps": STEP,
    "participants": PARTICIPANT,
    "relations": RELATION,
    "outcomes": OUTCOME,
    "remarks": REMARK,
}
EVENT_TABLES = (
    "events",
    "status_steps",
    "participants",
    "statements",
    "statement_actors",
    "relations",
    "outcomes",
    "event_topics",
    "spans",
    "evidence",
)
