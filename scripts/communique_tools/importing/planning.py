"""From merged rows to the files that would hold them, each proved before it is written.

The new text is read again: it must yield exactly the rows that were wanted, and those must pass every rule that
the truth passes now.
"""

from dataclasses import dataclass
from pathlib import Path

from communique.check import check_rows
from communique.columns import column_findings
from communique.derive import derive
from communique.diff import diff_rows
from communique.loading import read_tables
from communique.report import Finding
from communique.schemas import table_schema, table_schemas
from communique_tools.canonical import canonical
from communique_tools.collapse.implied import CollapseError
from communique_tools.errors import UnreadableError
from communique_tools.expansion import expand
from communique_tools.importing.given import Given
from communique_tools.importing.merging import Merged, merge
from communique_tools.importing.sheet import Problem, shown
from communique_tools.importing.texts import FlatFile, changed_records, flat_parts
from communique_tools.importing.writing import FileChange
from communique_tools.records import Record, Rows
from communique_tools.truth import read_truth


@dataclass(frozen=True)
class Plan:
    """What an import would do: files to write, rows added, filled and known already; or why it cannot be."""

    changes: tuple[FileChange, ...]
    problems: tuple[Problem, ...]
    added: int = 0
    filled: int = 0
    known: int = 0


def plan(dataset: Path, given: list[Given], scope: str) -> Plan:
    """How the files of a dataset folder would change; the record of a new event goes into the folder of the scope.

    Raises:
        UnreadableError: when a file of the truth cannot be read.
        OSError, ValueError: when the last release is not whole.
    """
    typed, records = read_truth(dataset)
    before = _complete(typed)
    merged = merge(typed, before, _published(dataset / "tables"), given)
    places = {(one.table, one.key): one.place for one in given}
    problems = merged.problems or _misfits(merged, places)
    if problems:
        return Plan((), tuple(problems))
    wanted = _complete(merged.rows)
    known = set(check_rows(before).errors)
    found = [finding for finding in check_rows(wanted).errors if finding not in known]
    if found:
        return Plan((), tuple(_problem(finding, places) for finding in found))
    try:
        changed = changed_records(dataset, merged, wanted, records, scope)
        flat = flat_parts(dataset, merged)
        final = _complete(_reread(flat, {**records, **{record.event_id: record for record in changed}}))
    except UnreadableError as error:
        return Plan((), (Problem(f"{error.path}:{error.line}", error.message),))
    except CollapseError as error:
        return Plan((), (Problem(str(dataset), str(error)),))
    problems = _losses(wanted, final, given)
    texts = {record.path: canonical(record) for record in changed}
    texts |= {part.path: part.text() for part in flat if part.is_changed}
    changes = [FileChange.of(path, text) for path, text in sorted(texts.items())]
    return Plan(
        () if problems else tuple(change for change in changes if change.before != change.after),
        tuple(problems),
        len(merged.added),
        len(merged.filled),
        len(given) - len(merged.touched),
    )


def _published(folder: Path) -> Rows:
    """The rows of the last release; none before the first."""
    tables = read_tables(folder) if folder.is_dir() else {}
    return {name: table.to_pylist() for name, table in tables.items()}


def _complete(typed: Rows) -> Rows:
    """The rows with all that is derived; the typed ones stay as they are."""
    return derive({table: [dict(row) for row in rows] for table, rows in typed.items()})


def _misfits(merged: Merged, places: dict[tuple[str, str], str]) -> list[Problem]:
    """What is wrong with the values of the rows that changed; only what fits can be derived from."""
    found: list[Finding] = []
    for table in sorted({table for table, _ in merged.touched}):
        schema = table_schema(table)
        rows = [row for row in merged.rows[table] if (table, schema.key_of(row)) in merged.touched]
        found += column_findings(schema, rows)
    return [_problem(finding, places) for finding in found]


def _problem(finding: Finding, places: dict[tuple[str, str], str]) -> Problem:
    place = places.get((finding.table, finding.key), f"{finding.table} {finding.key}")
    return Problem(place, f"{finding.code}  {finding.key}: {finding.message}")


def _reread(flat: list[FlatFile], records: dict[str, Record]) -> Rows:
    """The typed rows that the files hold."""
    read: Rows = {table: [] for table in table_schemas()}
    for part in flat:
        read[part.table] += part.rows
    for record in records.values():
        for table, content in expand(record).items():
            read[table] += content
    read["spans"] = list({span["span_id"]: span for span in read["spans"]}.values())
    return read


def _losses(wanted: Rows, final: Rows, given: list[Given]) -> list[Problem]:
    """What a record cannot say: given values that are not read back, and anything else that would be another."""
    problems = []
    held = {table: {table_schema(table).key_of(row): row for row in final[table]} for table in {g.table for g in given}}
    for one in given:
        row = held[one.table].get(one.key)
        if row is None:
            hint = "; no row cites it" if one.table == "spans" else ""
            problems.append(Problem(one.place, f"{one.key!r}: no record can hold this row{hint}"))
            continue
        for column, value in one.values.items():
            if row.get(column) != value:
                message = f"{column}: {shown(value)}, but a record can only say {shown(row.get(column))} here"
                problems.append(Problem(one.place, message))
    if not problems:
        for change in diff_rows(wanted, final).changes:
            where = f"{change.column}: " if change.column else ""
            problems.append(Problem(f"{change.table} {change.key}", f"{where}would be {change.kind} by its record"))
    return problems
