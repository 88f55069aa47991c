"""Where a finding stands: the file and line of a record or flat table, or the table's file alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from communique.report import Finding
from communique_tools.flat import flat_places
from communique_tools.record_keys import TABLE_OF
from communique_tools.records import Record

SECTION_OF = {table: section for section, table in TABLE_OF.items()}


@dataclass(frozen=True)
class Place:
    """A file, and a line of it where one is known."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


Locate = Callable[[Finding], Place]


def _row_line(record: Record, section: str, slug: str) -> int | None:
    """The line of a row: its slug is its key in the section, or begins with it (participants, relations)."""
    if section == "remarks":
        return next((line for (_, key), line in record.lines.items() if key == f"remarks.{slug}"), None)
    keys = [key for where, key in record.lines if where == section and slug.startswith(key.replace("_", "-"))]
    return record.line(section, max(keys, key=len)) if keys else None


def _row_of(finding: Finding) -> tuple[str, str]:
    """The table and the id of the row of an event on which a finding bears; a piece of evidence stands with its row."""
    first, second, *_ = [*finding.key.split(" "), ""]
    table, row_id = (first, second) if finding.table == "evidence" else (finding.table, first)
    return ("statements" if table == "statement_actors" else table), row_id


def _spans(records: dict[str, Record]) -> dict[str, Place]:
    """Where each span of the records stands."""
    return {
        f"{span['source']}-{span['sha256'][:12]}": Place(str(record.path), record.line("spans", name))
        for record in records.values()
        for name, span in record.data.get("spans", {}).items()
    }


def in_records(dataset: Path, records: dict[str, Record]) -> Locate:
    """How findings are located in a checkout: rows of events in their record, others in their CSV file."""
    known: dict[tuple[str, str], tuple[Path, int]] = {}

    def locate(finding: Finding) -> Place:
        table, row_id = _row_of(finding)
        event_id, _, slug = row_id.partition("/")
        record = records.get(event_id)
        section = SECTION_OF.get(table, "")
        if record is not None:
            line = _row_line(record, section, slug) if slug else record.line("", finding.column or "event_id")
            return Place(str(record.path), line or 1)
        if table == "spans" and row_id in (spans := _spans(records)):
            return spans[row_id]
        if not known:  # read again only when something is wrong there
            known.update(flat_places(dataset))
        path, line = known.get((finding.table, finding.key), (dataset / finding.table, None))
        return Place(str(path), line)

    return locate


def in_file(path: Path) -> Locate:
    """How findings are located in one file: by the file alone, since rows have keys, not lines."""
    return lambda _: Place(str(path))


def in_tables(folder: Path) -> Locate:
    """How findings are located in a folder of tables: by the table's file."""
    inner = folder / "parquet"
    home = inner if inner.is_dir() else folder
    return lambda finding: Place(str(home / f"{finding.table}.parquet"))
