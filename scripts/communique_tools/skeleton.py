"""The first text of a new record: what must be typed, and beside it every key that may be, with its meaning.

Those keys are comments, there for the person who fills them in; they go when the record is formatted.
"""

import difflib
import re
from textwrap import wrap
from typing import Any

from communique_tools.canonical import ROW_ORDER, VOICE_ORDER, value_text
from communique_tools.record_keys import EVENT
from communique_tools.record_schema import constraints, record_json_schema

_WIDTH = 108
_ALWAYS = ("steps", "participants", "spans")
_EXAMPLES = {
    "steps": 'scheduled = { date = "2023-09-19", planned = "2023-09-26", place = "seoul", spans = ["m1"] }',
    "participants": 'wang-yi = { role = "host", spans = ["m1"] }',
    "relations": 'follows_up = [ { to = "an-earlier-event", spans = ["m1"] } ]',
    "outcomes": 'statement = { kind = "joint_statement", title = "In our own words", spans = ["m1"] }',
    "voices": 'remarks.thanks = { act = "thank", spans = ["m1"], gist = "In our own words." }',
    "evidence": 'steps.scheduled.planned = [ { span = "m1", contradicts = "2023-09-27" } ]',
    "spans": 'm1 = { source = "a-source", words = 24, sha256 = "...", locator = "paragraph 1" }',
}


def misfit(table: str, column: str, value: str) -> str | None:
    """Why a text cannot stand in a column, with what could; None when it can."""
    allowed = constraints(table, column)
    if value not in allowed.get("enum", [value]):
        begun = [term for term in allowed["enum"] if value and term.startswith(value)]
        near = begun or difflib.get_close_matches(value, allowed["enum"], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(allowed['enum'])}"
        return f"{value!r} is no term of {column}; {hint}"
    if not re.search(allowed.get("pattern", ""), value):
        example = "; expected small letters and digits with single hyphens between, such as cjk-som-2023"
        return f"{value!r} does not match {allowed['pattern']}{example if '[a-z0-9]+(-' in allowed['pattern'] else ''}"
    if not allowed.get("minLength", 0) <= len(value) <= allowed.get("maxLength", len(value)):
        return f"{len(value)} characters; expected {allowed.get('minLength', 0)} to {allowed['maxLength']}"
    return None


def skeleton(event_id: str, event_type: str, title: str) -> str:
    """The text of a record of which no more is known than its name, type and title."""
    schema = record_json_schema()
    properties, definitions = schema["properties"], schema["$defs"]
    typed = {"event_id": event_id, "event_type": event_type, "title": title}
    lines: list[str] = []
    for key, value in typed.items():
        lines += [f"# {key}: {properties[key]['description']}", f"{key} = {value_text(value)}"]
    for key in EVENT[len(typed) :]:
        lines += _comment(key, properties[key], definitions)
    for section in _EXAMPLES:
        lines += ["", *_section(section, definitions)]
    return "\n".join(lines) + "\n"


def _section(section: str, definitions: dict[str, Any]) -> list[str]:
    definition = definitions[section.removesuffix("s")]
    properties = definition.get("anyOf", [definition])[0]["properties"]
    order = VOICE_ORDER if section == "voices" else ROW_ORDER[section]
    header = "[voices.minister]" if section == "voices" else f"[{section}]"
    keys = [line for key in order for line in _comment(key, properties[key], definitions)]
    return [header if section in _ALWAYS else f"# {header}", f"# {_EXAMPLES[section]}", *keys]


def _comment(key: str, schema: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    """A key, its meaning and its terms, as a comment of as many lines as it takes."""
    schema = definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    schema = schema.get("anyOf", [schema])[0]
    told = schema if "description" in schema else schema["items"]
    terms = f" One of: {', '.join(told['enum'])}." if "enum" in told else ""
    return wrap(f"{key}: {told['description']}{terms}", _WIDTH, initial_indent="# ", subsequent_indent="#   ")
