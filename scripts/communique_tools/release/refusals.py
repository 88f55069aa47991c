"""Why a release is refused: pure functions, each of which yields one line per reason.

A value that was null and is filled now is no change of a published value, and derived columns follow from
others: neither needs an entry in ``changes``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow

from communique.diff import Change, diff_rows
from communique.report import Report
from communique.schemas import TableSchema, table_schema
from communique.tables import TABLES

Rows = dict[str, list[dict[str, Any]]]
VERSION = re.compile(r"(\d{4})\.([1-9]|1[0-2])\.(0|[1-9]\d*)")


@dataclass(frozen=True)
class Published:
    """The last release: its versions and its tables as they were written."""

    version: str
    schema_version: str
    tables: dict[str, pyarrow.Table]

    def rows(self) -> Rows:
        """Its rows by table."""
        return {name: table.to_pylist() for name, table in self.tables.items()}


@dataclass(frozen=True)
class Candidate:
    """What is to be released, and all that decides whether it may be."""

    version: str
    schema_version: str
    rows: Rows
    report: Report
    changelog: str
    previous: Published | None = None

    def changes(self) -> tuple[Change, ...]:
        """What differs from the last release; nothing when there was none."""
        return diff_rows(self.previous.rows(), self.rows).changes if self.previous else ()

    @property
    def is_rebuild(self) -> bool:
        """Whether this is the last release itself, built once more from the same rows."""
        return self.previous is not None and self.version == self.previous.version and not self.changes()


def findings(candidate: Candidate) -> Iterator[str]:
    """A finding is an error."""
    for finding in candidate.report.errors:
        yield f"{finding.table} {finding.key}  {finding.code}  {finding.message}"


def versions(candidate: Candidate) -> Iterator[str]:
    """The version is no YYYY.M.P, or does not grow although something changed: a release may be built again."""
    if not VERSION.fullmatch(candidate.version):
        yield f"version {candidate.version!r}: expected YYYY.M.P, such as 2026.11.0"
    elif candidate.previous:
        last = VERSION.fullmatch(candidate.previous.version)
        new = VERSION.fullmatch(candidate.version)
        if last and new and not candidate.is_rebuild and [*map(int, new.groups())] <= [*map(int, last.groups())]:
            yield f"version {candidate.version}: expected a later one than {candidate.previous.version}"


def changelog(candidate: Candidate) -> Iterator[str]:
    """The changelog lacks the section of the version."""
    if section(candidate.changelog, candidate.version) is None:
        yield f"CHANGELOG.md: expected a section '## {candidate.version}' with a text"


def section(text: str, version: str) -> str | None:
    """The text under ``## <version>``, whatever follows the version on its line; None where there is none."""
    heading = rf"^## \[?{re.escape(version)}\]?(?: [^\n]*)?\n"
    found = re.search(rf"{heading}(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return (found[1].strip() or None) if found else None


def _is_retired(change: Change, retired: set[str]) -> bool:
    if len(table_schema(change.table).key) == 1:
        return bool({change.key, change.key.split("/")[0]} & retired)
    return any({part, part.split("/")[0]} & retired for part in change.key.split(" "))


def vanished_ids(candidate: Candidate) -> Iterator[str]:
    """A published id is gone without a row in retired_ids, or a row without an id without one in changes."""
    retired = {row["old_id"] for row in candidate.rows.get("retired_ids", [])}
    for change in candidate.changes():
        if change.kind != "removed" or _is_retired(change, retired):
            continue
        if len(table_schema(change.table).key) == 1:
            yield f"{change.table} {change.key}: published and gone; expected a row in retired_ids"
        elif not _is_explained(change, candidate):
            yield (
                f"{change.table} {change.key}: published and gone; expected a row in changes "
                f"with release_id {candidate.version}"
            )


def _is_explained(change: Change, candidate: Candidate) -> bool:
    return any(
        (row["table_name"], row["row_id"], row["release_id"]) == (change.table, change.key, candidate.version)
        and row["column_name"] in {None, change.column}
        for row in candidate.rows.get("changes", [])
    )


def changed_values(candidate: Candidate) -> Iterator[str]:
    """A published value is another now, without a row in changes for this release."""
    for change in candidate.changes():
        if change.kind != "changed" or change.before is None:
            continue
        column = next((c for c in table_schema(change.table).columns if c.name == change.column), None)
        if column is None or column.is_derived or _is_explained(change, candidate):
            continue
        yield (
            f"{change.table} {change.key} {change.column}: was {change.before!r}, is {change.after!r}; "
            f"expected a row in changes with release_id {candidate.version}"
        )


def _breaks(candidate: Candidate, previous: Published) -> bool:
    """Whether the schemas grew by a version that may break: a major one, or a minor one before 1.0."""
    old = [int(part) for part in previous.schema_version.split(".")]
    new = [int(part) for part in candidate.schema_version.split(".")]
    return new[0] > old[0] or (new[0] == old[0] == 0 and new[1] > old[1])


def columns(candidate: Candidate, schemas: Callable[[str], TableSchema] = table_schema) -> Iterator[str]:
    """A table or column is gone or has another type, without a version of the schemas that may break."""
    previous = candidate.previous
    if previous is None or _breaks(candidate, previous):
        return
    hint = f"the schemas are still {candidate.schema_version}; expected a major version"
    for name, table in previous.tables.items():
        if name not in TABLES:
            yield f"table {name} is gone, but {hint}"
            continue
        types = {column.name: column.arrow for column in schemas(name).columns}
        for field in table.schema:
            if field.name not in types:
                yield f"column {name}.{field.name} is gone, but {hint}"
            elif types[field.name] != field.type:
                yield f"column {name}.{field.name} was {field.type}, is {types[field.name]}, but {hint}"


REFUSALS = (versions, changelog, findings, columns, vanished_ids, changed_values)


def refusals(candidate: Candidate) -> tuple[str, ...]:
    """Every reason against the release; none when it may go out."""
    return tuple(reason for refuse in REFUSALS for reason in refuse(candidate))
