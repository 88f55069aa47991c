"""The rows that a record stands for, by table.

What a row implies (a person's office, bounds of dates, the day on which it became public) is left to
:mod:`communique.derive`.
"""

from collections.abc import Iterator

from communique.columns import shown
from communique.schemas import table_schema
from communique_tools.record_keys import (
    COLUMNS_OF,
    EVENT,
    EVENT_TABLES,
    OUTCOME,
    PARTICIPANT,
    RELATION,
    REMARK,
    SECTIONS,
    SPAN,
    SPEECH_ROLES,
    STEP,
    TABLE_OF,
    VOICE,
)
from communique_tools.records import Record, Row, Rows
from communique_tools.typed import Entry

_EVENT_COLUMNS = {"event_type": "event_type", "title": "title", "series": "series_id", "note": "note"}
_EVIDENCE = ("span", "contradicts", "attribution", "note")


class _Expansion:
    """The rows of one record, growing section by section."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.event_id = record.event_id
        self.rows: Rows = {table: [] for table in EVENT_TABLES}
        self.span_ids: dict[str, str] = {}

    def row_id(self, slug: str) -> str:
        return f"{self.event_id}/{slug.replace('_', '-')}"

    def section(self, name: str) -> Entry:
        """A section as the table of its rows."""
        return Entry(self.record, name, "", self.record.data.get(name, {}))

    def rows_of(self, name: str) -> Iterator[Entry]:
        """The rows of a section that holds one under each key."""
        section = self.section(name)
        return (section.table(key) for key in section.typed)

    def lists_of(self, name: str) -> Iterator[Entry]:
        """The rows of a section that holds one, or a list of them, under each key."""
        section = self.section(name)
        return (entry for key in section.typed for entry in section.tables(key))

    def columns(self, entry: Entry, names: dict[str, str]) -> Row:
        entry.only(*names, "spans")
        return {column: entry.value(key, TABLE_OF[entry.section], column) for key, column in names.items()}

    def cite(self, entry: Entry, table: str, row_id: str, attribution: str | None = None) -> None:
        for cited in entry.texts("spans"):
            name, _, own = cited.partition(" ")
            typed = {"span": name, "attribution": own or attribution}
            self.evidence(Entry(self.record, entry.section, entry.key, typed), table, row_id)

    def evidence(self, entry: Entry, table: str, row_id: str, column: str | None = None) -> None:
        name = entry.required("span", "evidence", "span_id")
        if name not in self.span_ids:
            raise entry.error(f"cites span {shown(name)}, which [spans] does not hold")
        self.rows["evidence"].append(
            {
                "table_name": table,
                "row_id": row_id,
                "column_name": column,
                "span_id": self.span_ids[name],
                "stance": "contradicts" if "contradicts" in entry.typed else "supports",
                "attribution": entry.value("attribution", "evidence", "attribution"),
                "contradicting": entry.value("contradicts", "evidence", "contradicting"),
                "note": entry.value("note", "evidence", "note"),
            }
        )

    def event(self) -> None:
        event = Entry(self.record, "", "", self.record.data)
        event.only(*EVENT, *SECTIONS)
        columns = {column: event.value(key, "events", column) for key, column in _EVENT_COLUMNS.items()}
        self.rows["events"].append({"event_id": self.event_id, **columns})
        self.rows["event_topics"] += [{"event_id": self.event_id, "topic": topic} for topic in event.texts("topics")]

    def spans(self) -> None:
        for entry in self.rows_of("spans"):
            entry.only(*SPAN)
            source = entry.required("source", "spans", "source_id")
            digest = entry.required("sha256", "spans", "sha256")
            self.span_ids[entry.key] = f"{source}-{digest[:12]}"
            self.rows["spans"].append(
                {
                    "span_id": self.span_ids[entry.key],
                    "source_id": source,
                    "words": entry.value("words", "spans", "words"),
                    "sha256": digest,
                    "locator": entry.value("locator", "spans", "locator"),
                }
            )

    def steps(self) -> None:
        for entry in self.rows_of("steps"):
            columns = self.columns(entry, STEP)
            columns["status"] = columns["status"] or entry.key.replace("-", "_")
            step_id = self.row_id(entry.key)
            self.rows["status_steps"].append({"step_id": step_id, "event_id": self.event_id, **columns})
            self.cite(entry, "status_steps", step_id)

    def participants(self) -> None:
        for entry in self.lists_of("participants"):
            roles = entry.texts("role") if isinstance(entry.typed.get("role"), list) else [entry.typed.get("role")]
            if not roles:
                raise entry.error("is an empty list, expected a role or a list of roles", "role")
            for role in roles:
                one = Entry(self.record, entry.section, entry.key, {**entry.typed, "role": role})
                columns = self.columns(one, PARTICIPANT)
                row_id = self.row_id("-".join(filter(None, [entry.key, role, columns["attendance"]])))
                row = {"participant_id": row_id, "event_id": self.event_id, "key": entry.key}
                self.rows["participants"].append({**row, **columns})
                self.cite(entry, "participants", row_id)

    def relations(self) -> None:
        for entry in self.lists_of("relations"):
            columns = self.columns(entry, RELATION)
            columns["basis"] = columns["basis"] or "stated"
            row_id = self.row_id(f"{entry.key}-{columns['to_event_id']}")
            row = {"relation_id": row_id, "from_event_id": self.event_id, "relation": entry.key}
            self.rows["relations"].append({**row, **columns})
            self.cite(entry, "relations", row_id)

    def outcomes(self) -> None:
        for entry in self.rows_of("outcomes"):
            columns = self.columns(entry, OUTCOME)
            columns["standing"] = columns["standing"] or "actual"
            row_id = self.row_id(entry.key)
            self.rows["outcomes"].append({"outcome_id": row_id, "event_id": self.event_id, **columns})
            self.cite(entry, "outcomes", row_id)

    def voices(self) -> None:
        for voice in self.rows_of("voices"):
            defaults = Entry(self.record, f"voices.{voice.key}", "", voice.typed)
            defaults.only(*VOICE, *REMARK)
            if "remarks" not in defaults.typed:
                continue
            remarks = defaults.table("remarks")
            for slug in remarks.typed:
                self.remark(voice.key, slug, defaults, remarks.table(slug, f"remarks.{slug}"))

    def remark(self, voice: str, slug: str, defaults: Entry, remark: Entry) -> None:
        remark.only(*(key for key in VOICE if key != "remarks"), *REMARK, "spans")
        common = {key: value for key, value in defaults.typed.items() if key != "remarks"}
        entry = Entry(self.record, remark.section, remark.key, {**common, **remark.typed})
        row_id = self.row_id(slug)
        names = {"description": "description", "anonymity_reason": "anonymity_reason", **REMARK}
        columns = {column: entry.value(key, "statements", column) for key, column in names.items()}
        about = columns["about_statement_id"]
        columns["about_statement_id"] = about if about is None or "/" in about else self.row_id(about)
        row = {"statement_id": row_id, "event_id": self.event_id, "voice": voice}
        self.rows["statements"].append({**row, **columns})
        self.rows["statement_actors"] += [
            {"statement_id": row_id, "actor_id": actor, "speech_role": role}
            for role in SPEECH_ROLES
            for actor in entry.texts(role)
        ]
        self.cite(entry, "statements", row_id, entry.value("attribution", "evidence", "attribution"))

    def column_evidence(self) -> None:
        section = self.section("evidence")
        section.only(*TABLE_OF)
        for kind, table in TABLE_OF.items():
            names = COLUMNS_OF[kind]
            known = (*names, *(column.name for column in table_schema(table).columns))
            rows = section.table(kind, kind) if kind in section.typed else Entry(self.record, "evidence", kind, {})
            for slug in rows.typed:
                columns = rows.table(slug, f"{kind}.{slug}")
                columns.only(*known)
                for short in columns.typed:
                    for entry in columns.tables(short):
                        cited = Entry(self.record, "evidence", f"{kind}.{slug}.{short}", entry.typed)
                        cited.only(*_EVIDENCE)
                        self.evidence(cited, table, self.row_id(slug), names.get(short, short))


def expand(record: Record) -> Rows:
    """The rows that a record holds, by table; participants still carry the typed ``key``.

    Raises:
        RecordError: on an unknown key, a value of another type, or a cited span that the record does not hold.
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
