"""The JSON Schema of a record: current, complete, true of every record, and strict about what is wrong."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.vocabulary import terms
from communique_tools.record_keys import COLUMNS_OF, EVENT, REMARK, SECTIONS, SPAN, VOICE
from communique_tools.record_schema import constraints, record_json_schema

ROOT = Path(__file__).parents[2]
RECORDS = sorted((ROOT / "dataset" / "records").rglob("*.toml"))
SCHEMA = record_json_schema()
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str, date),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
CHECKED = {
    *("$ref", "type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "items", "properties"),
    *("additionalProperties", "propertyNames", "required", "allOf", "anyOf"),
}
ANNOTATIONS = {"$schema", "$defs", "title", "description", "format"}


def failures(value: Any, schema: Any, at: str = "") -> Iterator[str]:
    """Where a value breaks a schema: a small reading of those keywords of JSON Schema that ours uses."""
    if schema is False:
        yield f"{at} is not allowed"
        return
    if "$ref" in schema:
        yield from failures(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    for each in schema.get("allOf", []):
        yield from failures(value, each, at)
    if "anyOf" in schema and all(any(failures(value, each, at)) for each in schema["anyOf"]):
        yield f"{at} fits none of anyOf"
    yield from plain_failures(value, schema, at)
    for number, item in enumerate(value if isinstance(value, list) else []):
        yield from failures(item, schema.get("items", {}), f"{at}[{number}]")
    for key, inner in value.items() if isinstance(value, dict) else []:
        yield from failures(key, schema.get("propertyNames", {}), f"{at}.{key}")
        own = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
        yield from failures(inner, own, f"{at}.{key}")


def plain_failures(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    kind = schema.get("type")
    if kind and not (isinstance(value, TYPES[kind]) and isinstance(value, bool) <= (kind == "boolean")):
        yield f"{at} is no {kind}"
    if value not in schema.get("enum", [value]):
        yield f"{at} is {value!r}"
    if isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{at} does not match"
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{at} has {len(value)} characters"
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at} is {value}"
    if isinstance(value, dict):
        yield from (f"{at} lacks {key}" for key in schema.get("required", []) if key not in value)


def keywords(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for keyword, inside in schema.items():
            yield keyword
            named = keyword in ("properties", "$defs")
            for each in inside.values() if named else inside if isinstance(inside, list) else [inside]:
                yield from keywords(each)


def test_these_tests_understand_every_keyword_of_the_schema() -> None:
    assert set(keywords(SCHEMA)) <= CHECKED | ANNOTATIONS


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_record_fits_the_schema(path: Path) -> None:
    assert list(failures(tomllib.loads(path.read_text(encoding="utf-8")), SCHEMA)) == []


def test_every_key_that_the_reader_knows_is_in_the_schema() -> None:
    definitions = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == {*EVENT, *SECTIONS}
    assert set(definitions["span"]["properties"]) == set(SPAN)
    assert set(definitions["voice"]["properties"]) == {*VOICE, *REMARK}
    for section in ("steps", "participants", "relations", "outcomes"):
        assert set(definitions[section.removesuffix("s")]["properties"]) == {*COLUMNS_OF[section], "spans"}


def test_every_key_says_what_it_means() -> None:
    for name in ("step", "participant", "relation", "outcome", "voice", "span"):
        for key, schema in SCHEMA["$defs"][name]["properties"].items():
            told = schema["anyOf"][0] if "anyOf" in schema else schema
            assert told.get("description") or "$ref" in told, f"{name}.{key}"


def test_what_a_key_may_hold_is_read_from_its_column() -> None:
    step = SCHEMA["$defs"]["step"]["properties"]
    assert step["mode"]["enum"] == list(terms("mode"))
    assert step["place"]["pattern"] == constraints("places", "place_id")["pattern"]
    assert SCHEMA["properties"]["title"]["maxLength"] == 140
    assert SCHEMA["$defs"]["span"]["required"] == ["source", "words", "sha256"]


SPAN_ROW = {"source": "efe-som-2023", "words": 21, "sha256": "0" * 64}
BASE: dict[str, Any] = {"event_id": "a-b", "event_type": "vote", "title": "A vote"}


@pytest.mark.parametrize(
    ("typed", "failure"),
    [
        ({"title": ""}, ".title has 0 characters"),
        ({"event_id": "A_b"}, ".event_id does not match"),
        ({"event_type": "votes"}, ".event_type is 'votes'"),
        ({"titel": "x"}, ".titel is not allowed"),
        ({"topics": ["securty"]}, ".topics[0] is 'securty'"),
        ({"steps": {"occurred": {}}}, ".steps.occurred lacks date"),
        ({"steps": {"agreed-place": {"date": "2023"}}}, ".steps.agreed-place lacks status"),
        ({"steps": {"occurred": {"date": "2023", "spans": ["m1 documents"]}}}, "spans[0] does not match"),
        ({"participants": {"chn": [{}]}}, ".participants.chn fits none of anyOf"),
        ({"relations": {"follow_up": {"to": "x"}}}, ".relations.follow_up is 'follow_up'"),
        ({"outcomes": {"x": {"kind": "tally"}}}, ".outcomes.x lacks title"),
        ({"outcomes": {"x": {"kind": "tally", "title": "x", "quantity_low": True}}}, "quantity_low is no number"),
        ({"voices": {"v": {"remarks": {"r": {"act": "aim"}}}}}, ".voices.v fits none of anyOf"),
        ({"spans": {"m1": {**SPAN_ROW, "words": 7}}}, ".spans.m1.words is 7"),
        ({"spans": {"m1": {**SPAN_ROW, "sha256": "0"}}}, ".spans.m1.sha256 does not match"),
        ({"evidence": {"steps": {"occurred": {"dates": {"span": "m1"}}}}}, ".dates is 'dates'"),
    ],
)
def test_what_is_wrong_does_not_fit(typed: dict[str, Any], failure: str) -> None:
    assert any(message.endswith(failure) for message in failures({**BASE, **typed}, SCHEMA))


@pytest.mark.parametrize(
    "typed",
    [
        {"steps": {"agreed-place": {"status": "agreed", "date": "[..2023]", "spans": ["m1 document"]}}},
        {"participants": {"chn": {"role": ["host", "chair"], "spans": ["m1"]}}},
        {"relations": {"after": {"to": "x"}}},
        {"voices": {"v": {"act": "aim", "gist": "A default.", "remarks": {"r": {"spans": ["m1"]}}}}},
        {"outcomes": {"x": {"kind": "tally", "title": "x", "adopted_on": date(2023, 9, 26)}}},
    ],
)
def test_what_the_reader_fills_in_need_not_be_typed(typed: dict[str, Any]) -> None:
    assert list(failures({**BASE, **typed}, SCHEMA)) == []
