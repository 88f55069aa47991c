"""Why a release is refused: pure functions, each of which yields one line per reason.

A value that was null and is filled now is no change of a published value, and derived columns follow from
others: neither needs an entry in ``changes``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from communique.diff import Change, DatasetDiff, diff_rows, follows_merger, is_retired
from communique.report import Report
from communique.schemas import TableSchema, table_schemas
from communique_tools.explanations import FILE, Identity, unanswered
from communique_tools.release.edition import Comparison, Row
from communique_tools.release.notices import stale
from communique_tools.release.published import Published

Rows = dict[str, list[Row]]
VERSION = re.compile(r"(\d{4})\.([1-9]|1[0-2])\.(0|[1-9]\d*)")


@dataclass(frozen=True)
class Candidate:
    """What is to be released, and all that decides whether it may be."""

    version: str
    schema_version: str
    rows: Rows
    report: Report
    changelog: str
    previous: Published | None = None
    schemas: Mapping[str, TableSchema] = field(default_factory=table_schemas)
    explanations: Mapping[Identity, str] = field(default_factory=dict)

    @cached_property
    def diff(self) -> DatasetDiff:
        """What differs from the last release; nothing when there was none."""
        return diff_rows(self.previous.rows(), self.rows) if self.previous else DatasetDiff()

    @property
    def is_rebuild(self) -> bool:
        """Whether this is the last release itself, built once more from the same rows."""
        return self.previous is not None and self.version == self.previous.version and not self.diff

    @property
    def comparison(self) -> Comparison | None:
        """The release before and what differs from it; of a release built again, what it was compared with then."""
        if self.previous is None:
            return None
        return self.previous.comparison if self.is_rebuild else Comparison(self.previous.version, self.diff)


def findings(candidate: Candidate) -> Iterator[str]:
    """A finding is an error."""
    for finding in candidate.report.errors:
        yield f"{finding.table} {finding.key}  {finding.code}  {finding.message}"


def stale_explanations(candidate: Candidate) -> Iterator[str]:
    """A warning is explained that is not there."""
    if not candidate.report.errors:  # they hide the warnings
        for code, table, row in unanswered(candidate.explanations, candidate.report.findings):
            yield f"{table} {row}: {FILE} explains {code} of it, but there is no such warning; take the row out"


def versions(candidate: Candidate) -> Iterator[str]:
    """The version is no YYYY.M.P, or does not grow although something changed: a release may be built again."""
    new = VERSION.fullmatch(candidate.version)
    if not new:
        yield f"version {candidate.version!r}: expected YYYY.M.P, such as 2026.11.0"
    elif candidate.previous and not candidate.is_rebuild:
        last = VERSION.fullmatch(candidate.previous.version)
        if last and [*map(int, new.groups())] <= [*map(int, last.groups())]:
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


def vanished_ids(candidate: Candidate) -> Iterator[str]:
    """A published id is gone without a row in retired_ids, or a row without an id without one in changes."""
    for change in unexplained(candidate):
        if change.kind == "removed":
            expected = "retired_ids" if len(candidate.schemas[change.table].key) == 1 else _entry(candidate)
            yield f"{change.table} {change.key}: published and gone; expected a row in {expected}"


def changed_values(candidate: Candidate) -> Iterator[str]:
    """A published value is another now, without a row in changes for this release."""
    for change in unexplained(candidate):
        if change.kind == "changed":
            yield (
                f"{change.table} {change.key} {change.column}: was {change.before!r}, is {change.after!r}; "
                f"expected a row in {_entry(candidate)}"
            )


def _entry(candidate: Candidate) -> str:
    return f"changes with release_id {candidate.version}"


def unexplained(candidate: Candidate) -> Iterator[Change]:
    """The published rows that are gone and the published values that are others now, and of which nothing says why."""
    retired = {row["old_id"]: row for row in candidate.rows.get("retired_ids", [])}
    told: dict[tuple[str, str], set[str | None]] = {}
    for row in candidate.rows.get("changes", []):
        if row["release_id"] == candidate.version:
            told.setdefault((row["table_name"], row["row_id"]), set()).add(row["column_name"])
    for change in candidate.diff.changes:
        if change.table not in candidate.schemas or not _is_published(change, candidate):
            continue
        has_id = change.kind == "removed" and len(candidate.schemas[change.table].key) == 1
        is_told = not has_id and bool({None, change.column} & told.get((change.table, change.key), set()))
        if not (is_told or is_retired(change, retired) or follows_merger(change, retired)):
            yield change


def _is_published(change: Change, candidate: Candidate) -> bool:
    """Whether a change takes a row or a typed value that was published; a null that is filled was none."""
    if change.kind != "changed":
        return change.kind == "removed"
    column = next((c for c in candidate.schemas[change.table].columns if c.name == change.column), None)
    return change.before is not None and column is not None and not column.is_derived


def _may_break(candidate: Candidate, previous: Published) -> bool:
    """Whether the schemas grew by a version that may break: a major one, or a minor one before 1.0."""
    old = [int(part) for part in previous.schema_version.split(".")]
    new = [int(part) for part in candidate.schema_version.split(".")]
    return new[0] > old[0] or (new[0] == old[0] == 0 and new[1] > old[1])


def _broken(candidate: Candidate, previous: Published) -> Iterator[tuple[str, str | None, str]]:
    """Table, column (None: all of it) and fate of each that is gone or has another type; a renamed one is gone."""
    for name, table in previous.tables.items():
        if name not in candidate.schemas:
            yield name, None, "is gone"
            continue
        types = {column.name: column.arrow for column in candidate.schemas[name].columns}
        for published in table.schema:
            if published.name not in types:
                yield name, published.name, "is gone"
            elif types[published.name] != published.type:
                yield name, published.name, f"was {published.type}, is {types[published.name]}"


def columns(candidate: Candidate) -> Iterator[str]:
    """A table or column went, was renamed or retyped without a breaking schema version and a release of notice."""
    previous = candidate.previous
    if previous is None:
        return
    for table, column, fate in _broken(candidate, previous):
        name = f"column {table}.{column}" if column else f"table {table}"
        if not _may_break(candidate, previous):
            yield f"{name} {fate}, but the schemas are still {candidate.schema_version}; expected a major version"
        if not (previous.notice(table, column) or previous.notice(table)):
            yield f"{name} {fate}, but {previous.version} gave no notice; expected one in NOTICES a release ahead"


def notices(candidate: Candidate) -> Iterator[str]:
    """A notice is about a column that is no longer there."""
    for name in stale({table: [c.name for c in schema.columns] for table, schema in candidate.schemas.items()}):
        yield f"notice for {name}: there is no such table or column; take it out of NOTICES"


REFUSALS = (versions, changelog, findings, stale_explanations, columns, notices, vanished_ids, changed_values)


def refusals(candidate: Candidate) -> tuple[str, ...]:
    """Every reason against the release; none when it may go out."""
    return tuple(reason for refuse in REFUSALS for reason in refuse(candidate))
