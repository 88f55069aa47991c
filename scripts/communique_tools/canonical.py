"""The one way in which a record is written, so that a review shows what changed and nothing else.

Sections and keys stand in a fixed order, rows in the order in which they were typed, one row on one line::

    [steps]
    occurred = { date = "2023-09-26", place = "seoul", mode = "in_person", spans = ["e1"] }

Nothing that TOML holds is lost: what a record says before and after is equal. Comments are not part of what it
says and do not survive; a ``note`` does. Whether a key or a value is allowed is not judged here.
"""

import datetime
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from communique_tools.record_keys import EVENT, OUTCOME, RELATION, SECTIONS, SPAN, SPEECH_ROLES, STEP
from communique_tools.records import Record

_PARTICIPANT = ("role", "attendance", "party", "office", "vote", "is_veto", "spans")
_ABOUT = ("about_event", "about_statement", "about")
_SPOKEN = (*SPEECH_ROLES, "attribution", "said", "setting")

VOICE_ORDER = (
    "speaker",
    "description",
    "affiliation",
    "anonymity_reason",
    "subject",
    "addressee",
    "relayer",
    "attribution",
    "said",
    "setting",
    "act",
    *_ABOUT,
    "certainty",
    "gist",
    "remarks",
)
REMARK_ORDER = ("act", *_ABOUT, "certainty", *_SPOKEN, "description", "anonymity_reason", "spans", "gist")
ROW_ORDER = {
    "steps": (*STEP, "spans"),
    "participants": _PARTICIPANT,
    "relations": (*RELATION, "spans"),
    "outcomes": (*OUTCOME, "spans"),
    "remarks": REMARK_ORDER,
    "evidence": ("span", "contradicts", "attribution", "note"),
    "spans": SPAN,
}

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')


def canonical(record: Record) -> str:
    """The text of a record in its one layout: reading it again yields the same data and the same text."""
    data = record.data
    event = [f"{key} = {value_text(data[key])}" for key in EVENT if key in data]
    blocks = [event] if event else []
    for section in (section for section in SECTIONS if section in data):
        blocks += _voices(data[section]) if section == "voices" else [_section(section, data[section])]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def value_text(value: Any, order: Iterable[str] = ()) -> str:
    """A value as TOML, on one line; the keys of a table, or of each table in a list, stand in the given order.

    Raises:
        TypeError: when TOML has no such value.
    """
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {value_text(value[key])}" for key in _ordered(value, order))
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        inside = ", ".join(value_text(item, order) for item in value)
        return f"[ {inside} ]" if any(isinstance(item, dict) and item for item in value) else f"[{inside}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else f"{'-' * (value < 0)}inf"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    raise TypeError(f"{value!r} is no value of TOML")


def _string(text: str) -> str:
    """A basic string: only what TOML forbids inside its quotes is escaped."""
    escaped = _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text)
    return f'"{escaped}"'


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _ordered(row: dict[str, Any], order: Iterable[str]) -> list[str]:
    known = [key for key in order if key in row]
    return [*known, *(key for key in row if key not in known)]


def _section(section: str, rows: dict[str, Any]) -> list[str]:
    depth = 3 if section == "evidence" else 1
    return [f"[{section}]", *_lines("", rows, ROW_ORDER[section], depth)]


def _voices(voices: dict[str, Any]) -> list[list[str]]:
    """A block for each voice; what is no voice at all stays where it was typed, for the reader to refuse."""
    strays = {name: voice for name, voice in voices.items() if not isinstance(voice, dict)}
    blocks = [["[voices]", *_lines("", strays, (), 1)]] if strays or not voices else []
    return blocks + [_voice(name, voice) for name, voice in voices.items() if name not in strays]


def _voice(name: str, voice: dict[str, Any]) -> list[str]:
    lines = [f"[voices.{_key(name)}]"]
    for key in _ordered(voice, VOICE_ORDER):
        lines += _lines("", {key: voice[key]}, REMARK_ORDER, 2 if key == "remarks" else 1)
    return lines


def _lines(prefix: str, rows: dict[str, Any], order: Iterable[str], depth: int) -> Iterator[str]:
    """One line a row; tables that only group rows, down to a depth, become dotted keys."""
    for key, row in rows.items():
        name = prefix + _key(key)
        if depth > 1 and isinstance(row, dict) and row:
            yield from _lines(f"{name}.", row, order, depth - 1)
        else:
            yield f"{name} = {value_text(row, order)}"
