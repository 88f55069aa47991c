"""Records as curators type them: one event, one TOML file, one row one line.

Reading expands a record into rows of the event tables; what a row implies (a person's office, bounds of
dates, the day on which it became public) is left to :mod:`communique.derive`. A record looks like this::

    event_id = "cjk-som-2023"
    [steps]
    occurred = { date = "2023-09-26", place = "seoul", mode = "in_person", spans = ["e1"] }
    [spans]
    e1 = { source = "efe-som-2023", words = 21, sha256 = "...", locator = "paragraph 1" }

The short keys drop ``_id``, ``_edtf`` and the table's own prefix: ``place`` is ``place_id``.
"""

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.dates import DateError, bounds
from communique.schemas import table_schema
from communique_tools.errors import UnreadableError

Row = dict[str, Any]
Rows = dict[str, list[Row]]

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

_HEADER = re.compile(r"^\[([^\]]+)\]")
_KEY = re.compile(r'^(?:"([^"]+)"|([A-Za-z0-9_.-]+))\s*=')


class RecordError(UnreadableError):
    """A record that cannot be read."""


@dataclass(frozen=True)
class Record:
    """A record as typed, with the line on which each section's key stands."""

    path: Path
    data: dict[str, Any]
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def event_id(self) -> str:
        """The event's permanent name, which is also the file's."""
        return str(self.data["event_id"])

    def line(self, section: str, key: str) -> int:
        """The line of a key in a section, else 1."""
        return self.lines.get((section, key), 1)


def _lines(text: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = header[1]
        elif key := _KEY.match(line):
            found.setdefault((section, key[1] or key[2]), number)
    return found


def parse(text: str, path: Path) -> Record:
    """The record that a text holds.

    Raises:
        RecordError: on a TOML syntax error, an unknown key, or an event_id that is not the file's name.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise RecordError(path, int(line[1]) if line else 1, f"no TOML: {error}") from error
    record = Record(path, data, _lines(text))
    for key in data:
        _known(record, "", key, (*EVENT, *SECTIONS))
    for section in SECTIONS:
        if not isinstance(data.get(section, {}), dict):
            raise RecordError(path, record.line("", section), f"{section} must be a table")
    if data.get("event_id") != path.stem:
        message = f"event_id is {data.get('event_id')!r}, expected the file's name, {path.stem!r}"
        raise RecordError(path, record.line("", "event_id"), message)
    return record


def read(path: Path) -> Record:
    """The record in a file.

    Raises:
        RecordError: when the file is not UTF-8 or no record.
    """
    try:
        return parse(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise RecordError(path, 1, f"not UTF-8: {error.reason} at byte {error.start}") from error


def _known(record: Record, section: str, key: str, allowed: tuple[str, ...], row: str | None = None) -> None:
    if key in allowed:
        return
    near = difflib.get_close_matches(key, allowed, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; expected one of {', '.join(allowed)}"
    raise RecordError(record.path, record.line(section, row or key), f"unknown key {key!r}{hint}")


def _table(record: Record, section: str, row: str, typed: object) -> Row:
    if not isinstance(typed, dict):
        raise RecordError(record.path, record.line(section, row), f"{row} must be a table, got {typed!r}")
    return typed


_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "int64": (int,),
    "double": (int, float),
    "bool": (bool,),
    "date32": (datetime.date,),
}


def _value(record: Record, place: tuple[str, str], table: str, column: str, typed: Any) -> Any:
    """A typed value in its column's type; days may be typed as text or as TOML dates."""
    declared = next((c for c in table_schema(table).columns if c.name == column), None)
    if typed is None or declared is None:
        return typed
    value = typed
    if declared.type == "date32" and isinstance(typed, str):
        try:
            value = datetime.date.fromisoformat(typed)
        except ValueError:
            value = None
    fits = isinstance(value, _TYPES[declared.type]) and (declared.type == "bool" or not isinstance(value, bool))
    if not fits:
        message = f"{column}: {typed!r} is no {declared.type}"
        raise RecordError(record.path, record.line(*place), message)
    if declared.format == "edtf":
        try:
            bounds(value)
        except DateError as error:
            raise RecordError(record.path, record.line(*place), f"{column}: {error}") from error
    return value


class _Expansion:
    """The rows of one record, growing section by section."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.data = record.data
        self.event_id = record.event_id
        self.rows: Rows = {table: [] for table in EVENT_TABLES}
        self.span_ids: dict[str, str] = {}

    def row_id(self, slug: str) -> str:
        return f"{self.event_id}/{slug.replace('_', '-')}"

    def columns(self, section: str, row: str, typed: Row, names: dict[str, str]) -> Row:
        for key in typed:
            _known(self.record, section, key, (*names, "spans"), row)
        table = TABLE_OF[section]
        return {
            column: typed.get(key)
            if isinstance(typed.get(key), list)
            else _value(self.record, (section, row), table, column, typed.get(key))
            for key, column in names.items()
        }

    def cite(self, section: str, row: str, row_id: str, typed: Row, attribution: str | None = None) -> None:
        for entry in typed.get("spans", []):
            name, _, own = str(entry).partition(" ")
            self.evidence(section, row, row_id, None, {"span": name, "attribution": own or attribution})

    def evidence(self, section: str, row: str, row_id: str, column: str | None, typed: Row) -> None:
        name = typed.get("span")
        if name not in self.span_ids:
            message = f"{row} cites span {name!r}, which [spans] does not hold"
            raise RecordError(self.record.path, self.record.line(section, row), message)
        self.rows["evidence"].append(
            {
                "table_name": TABLE_OF["remarks" if section.startswith("voices") else section],
                "row_id": row_id,
                "column_name": column,
                "span_id": self.span_ids[name],
                "stance": "contradicts" if "contradicts" in typed else "supports",
                "attribution": typed.get("attribution"),
                "contradicting": typed.get("contradicts"),
                "note": typed.get("note"),
            }
        )

    def event(self) -> None:
        data = self.data
        self.rows["events"].append(
            {
                "event_id": self.event_id,
                "event_type": data.get("event_type"),
                "title": data.get("title"),
                "series_id": data.get("series"),
                "note": data.get("note"),
            }
        )
        topics = data.get("topics", [])
        self.rows["event_topics"] += [{"event_id": self.event_id, "topic": topic} for topic in topics]

    def spans(self) -> None:
        for name, value in self.data.get("spans", {}).items():
            typed = _table(self.record, "spans", name, value)
            for key in typed:
                _known(self.record, "spans", key, SPAN, name)
            source, digest = typed.get("source"), str(typed.get("sha256", ""))
            self.span_ids[name] = f"{source}-{digest[:12]}"
            self.rows["spans"].append(
                {
                    "span_id": self.span_ids[name],
                    "source_id": source,
                    "words": _value(self.record, ("spans", name), "spans", "words", typed.get("words")),
                    "sha256": digest,
                    "locator": typed.get("locator"),
                }
            )

    def steps(self) -> None:
        for slug, value in self.data.get("steps", {}).items():
            typed = _table(self.record, "steps", slug, value)
            columns = self.columns("steps", slug, typed, STEP)
            columns["status"] = columns["status"] or slug.replace("-", "_")
            step_id = self.row_id(slug)
            self.rows["status_steps"].append({"step_id": step_id, "event_id": self.event_id, **columns})
            self.cite("steps", slug, step_id, typed)

    def participants(self) -> None:
        for key, value in self.data.get("participants", {}).items():
            for entry in value if isinstance(value, list) else [value]:
                typed = _table(self.record, "participants", key, entry)
                columns = self.columns("participants", key, typed, PARTICIPANT)
                roles = columns.pop("role")
                for role in roles if isinstance(roles, list) else [roles]:
                    slug = "-".join(filter(None, [key, role, columns["attendance"]]))
                    row_id = self.row_id(slug)
                    row = {"participant_id": row_id, "event_id": self.event_id, "key": key, "role": role}
                    self.rows["participants"].append({**row, **columns})
                    self.cite("participants", key, row_id, typed)

    def relations(self) -> None:
        for term, entries in self.data.get("relations", {}).items():
            for entry in entries if isinstance(entries, list) else [entries]:
                typed = _table(self.record, "relations", term, entry)
                columns = self.columns("relations", term, typed, RELATION)
                columns["basis"] = columns["basis"] or "stated"
                row_id = self.row_id(f"{term}-{columns['to_event_id']}")
                row = {"relation_id": row_id, "from_event_id": self.event_id, "relation": term}
                self.rows["relations"].append({**row, **columns})
                self.cite("relations", term, row_id, typed)

    def outcomes(self) -> None:
        for slug, value in self.data.get("outcomes", {}).items():
            typed = _table(self.record, "outcomes", slug, value)
            columns = self.columns("outcomes", slug, typed, OUTCOME)
            columns["standing"] = columns["standing"] or "actual"
            row_id = self.row_id(slug)
            self.rows["outcomes"].append({"outcome_id": row_id, "event_id": self.event_id, **columns})
            self.cite("outcomes", slug, row_id, typed)

    def voices(self) -> None:
        for voice, value in self.data.get("voices", {}).items():
            section = f"voices.{voice}"
            defaults = _table(self.record, section, voice, value)
            for key in defaults:
                _known(self.record, section, key, (*VOICE, *REMARK))
            for slug, remark in defaults.get("remarks", {}).items():
                self.remark(section, voice, defaults, slug, _table(self.record, section, slug, remark))

    def remark(self, section: str, voice: str, defaults: Row, slug: str, typed: Row) -> None:
        line_key = f"remarks.{slug}"
        for key in typed:
            _known(self.record, section, key, (*VOICE, *REMARK, "spans"), line_key)
        typed = {**{key: value for key, value in defaults.items() if key != "remarks"}, **typed}
        row_id = self.row_id(slug)
        about = typed.get("about_statement")
        self.rows["statements"].append(
            {
                "statement_id": row_id,
                "event_id": self.event_id,
                "voice": voice,
                "description": typed.get("description"),
                "anonymity_reason": typed.get("anonymity_reason"),
                **{
                    column: _value(self.record, (section, line_key), "statements", column, typed.get(key))
                    for key, column in REMARK.items()
                },
                "about_statement_id": about if about is None or "/" in about else self.row_id(about),
            }
        )
        self.rows["statement_actors"] += [
            {"statement_id": row_id, "actor_id": actor, "speech_role": role}
            for role in SPEECH_ROLES
            for actor in typed.get(role, [])
        ]
        self.cite(section, line_key, row_id, typed, typed.get("attribution"))

    def column_evidence(self) -> None:
        for section, rows in self.data.get("evidence", {}).items():
            _known(self.record, "evidence", section, tuple(TABLE_OF))
            for slug, columns in rows.items():
                for short, entries in columns.items():
                    column = COLUMNS_OF[section].get(short, short)
                    for entry in entries if isinstance(entries, list) else [entries]:
                        self.evidence(section, slug, self.row_id(slug), column, entry)


def expand(record: Record) -> Rows:
    """The rows that a record holds, by table; participants still carry the typed ``key``.

    Raises:
        RecordError: on an unknown key, or a cited span that the record does not hold.
    """
    expansion = _Expansion(record)
    expansion.event()
    expansion.spans()
    expansion.steps()
    expansion.participants()
    expansion.relations()
    expansion.outcomes()
    expansion.voices()
    expansion.column_evidence()
    return expansion.rows


def files(folder: Path) -> Iterator[Path]:
    """Every record file below a folder, in order of name."""
    yield from sorted(folder.rglob("*.toml"))
