"""The JSON Schema of a record, for editors that complete and check TOML while a curator types.

It is composed from the key maps of :mod:`communique_tools.record_keys` and, for what a key may hold, from the table
models: descriptions, terms, patterns, lengths. It knows one record only; what needs a second look (whether an
actor exists, whether dates run backwards) is left to the rules.
"""

from collections.abc import Iterable
from typing import Any

from communique.schemas import Column, table_schema
from communique.vocabulary import all_terms, terms
from communique_tools.record_keys import COLUMNS_OF, OUTCOME, PARTICIPANT, RELATION, REMARK, STEP, TABLE_OF

Schema = dict[str, Any]

# What the reader fills in: the status is the step's slug, a relation is stated, an outcome actual.
IMPLIED = frozenset({"status", "basis", "standing"})
EVENT_COLUMNS = {
    "event_id": "event_id",
    "event_type": "event_type",
    "title": "title",
    "series": "series_id",
    "note": "note",
}
SPAN_COLUMNS = {"source": "source_id", "words": "words", "sha256": "sha256", "locator": "locator"}
EVIDENCE_COLUMNS = {"contradicts": "contradicting", "attribution": "attribution", "note": "note"}
VOICE_COLUMNS = {"description": "description", "anonymity_reason": "anonymity_reason", **REMARK}

_TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean", "date32": "string"}
# A status may be a slug as it is (under_way); in the row's id its underscore becomes a hyphen.
SLUG = {"pattern": r"^[a-z0-9]+([-_][a-z0-9]+)*$"}
TEXT: Schema = {"type": "string", "minLength": 1}
ACTORS: Schema = {"type": "array", "items": {"$ref": "#/$defs/actor"}}
CITED: Schema = {"$ref": "#/$defs/cited"}


def _column(table: str, name: str) -> Column:
    return table_schema(table).column(name)


def constraints(table: str, name: str) -> Schema:
    """What a column's checks demand, in the words of JSON Schema; of a reference what its target's key demands."""
    column = _column(table, name)
    if column.foreign_key and not column.is_key:
        return constraints(column.foreign_key, table_schema(column.foreign_key).key[0])
    found: Schema = {
        "enum": list(terms(column.vocabulary)) if column.vocabulary else None,
        "pattern": column.pattern,
        "minLength": column.min_length,
        "maxLength": column.max_length,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    return {keyword: value for keyword, value in found.items() if value is not None}


def column_schema(table: str, name: str) -> Schema:
    """What a key of a record may hold, when it stands for this column."""
    column = _column(table, name)
    schema: Schema = {"description": column.description, "type": _TYPES[column.type]}
    if column.type == "date32":
        schema["format"] = "date"
    elif column.format:
        schema["format"] = column.format
    return schema | constraints(table, name)


def _object(properties: Schema, required: Iterable[str] = (), **more: Any) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    needed = list(required)
    return schema | ({"required": needed} if needed else {}) | more


def _map(of: Schema, keys: Schema, **more: Any) -> Schema:
    return {"type": "object", "propertyNames": keys, "additionalProperties": of, **more}


def _one_or_many(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "array", "items": of}]}


def _columns(table: str, keys: dict[str, str]) -> Schema:
    return {key: column_schema(table, column) for key, column in keys.items()}


def _required(table: str, keys: dict[str, str]) -> list[str]:
    return [key for key, name in keys.items() if key not in IMPLIED and not _column(table, name).nullable]


def _row(table: str, keys: dict[str, str], **typed: Schema) -> Schema:
    properties = {**_columns(table, keys), "spans": CITED, **typed}
    return _object(properties, _required(table, keys), description=table_schema(table).description)


def _speech() -> Schema:
    """What a voice and its remarks have in common: a voice's keys are the defaults of its remarks."""
    attribution = column_schema("evidence", "attribution")
    roles = [term for term in all_terms() if term.vocabulary == "speech_role"]
    actors = {role.term: {"description": role.definition, **ACTORS} for role in roles}
    about = {**column_schema("statements", "about_statement_id"), "pattern": r"^[a-z0-9/_-]+$"}
    return {**_columns("statements", VOICE_COLUMNS), "about_statement": about, **actors, "attribution": attribution}


def _voice() -> Schema:
    remark = _object({**_speech(), "spans": CITED})
    remarks = _map(remark, SLUG, description="What it said; the keys of the voice are the defaults of each remark.")
    voice = _object({**_speech(), "remarks": remarks}, description="One voice of the event, and what it said.")
    each = [
        {"anyOf": [{"required": [key]}, {"properties": {"remarks": {"additionalProperties": {"required": [key]}}}}]}
        for key in _required("statements", REMARK)
    ]
    return voice | {"allOf": each}


def _evidence(section: str) -> Schema:
    return _map(_map({"$ref": "#/$defs/evidence"}, {"enum": list(COLUMNS_OF[section])}), SLUG)


def _definitions() -> Schema:
    attributions = "|".join(terms("attribution"))
    role = column_schema("participants", "role")
    span = {"description": "The words: a name in [spans].", **TEXT}
    entry = _object({"span": span, **_columns("evidence", EVIDENCE_COLUMNS)}, ["span"])
    return {
        "actor": {"type": "string", **constraints("actors", "actor_id")},
        "cited": {
            "description": "The words that support it: names in [spans], each with its own attribution if need be.",
            "type": "array",
            "items": {"type": "string", "pattern": rf"^\S+( ({attributions}))?$"},
        },
        "step": _row("status_steps", STEP),
        "participant": _row("participants", PARTICIPANT, role=_one_or_many(role)),
        "relation": _row("relations", RELATION),
        "outcome": _row("outcomes", OUTCOME),
        "voice": _voice(),
        "evidence": _one_or_many(entry),
        "span": _object(_columns("spans", SPAN_COLUMNS), _required("spans", SPAN_COLUMNS)),
    }


def _sections() -> Schema:
    step: Schema = {"$ref": "#/$defs/step"}
    named = dict.fromkeys([form for term in terms("status") for form in (term, term.replace("_", "-"))], step)
    voice = {"maxLength": constraints("statements", "voice")["maxLength"]}
    typed = {"allOf": [step, {"required": ["status"]}]}
    return {
        "steps": _map(typed, SLUG, properties=named),
        "participants": _map(_one_or_many({"$ref": "#/$defs/participant"}), constraints("actors", "actor_id")),
        "relations": _map(_one_or_many({"$ref": "#/$defs/relation"}), {"enum": list(terms("relation"))}),
        "outcomes": _map({"$ref": "#/$defs/outcome"}, SLUG),
        "voices": _map({"$ref": "#/$defs/voice"}, voice),
        "evidence": _object({section: _evidence(section) for section in TABLE_OF}),
        "spans": _map({"$ref": "#/$defs/span"}, {"pattern": r"^\S+$"}),
    }


def record_json_schema() -> Schema:
    """The JSON Schema (2020-12) of a record: what a file in ``dataset/records`` may hold."""
    topics = {"type": "array", "items": column_schema("event_topics", "topic")}
    event = {**_columns("events", EVENT_COLUMNS), "topics": topics}
    required = _required("events", EVENT_COLUMNS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A communique record",
        **_object({**event, **_sections()}, required, description=table_schema("events").description),
        "$defs": _definitions(),
    }
