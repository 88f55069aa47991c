"""What becomes of published ids that go: a row of ``retired_ids`` for each, with what it went into."""

from pathlib import Path
from typing import TYPE_CHECKING

from communique.columns import nearest
from communique.schemas import table_schemas
from communique_tools.errors import CannotRun
from communique_tools.merging import Merger
from communique_tools.records import Row, Rows

if TYPE_CHECKING:
    from communique_tools.release.refusals import Candidate


def retired_row(candidate: "Candidate", old: str, into: str | None, reason: str) -> Row:
    """The row for a published id that the records no longer have: merged into another, or withdrawn.

    Raises:
        CannotRun: when the id was never published, is still in use or retired already, or went into what is not there.
    """
    if any(row["old_id"] == old for row in candidate.rows["retired_ids"]):
        raise CannotRun(f"{old}: is retired already")
    ids = {table: schema.key[0] for table, schema in table_schemas().items() if len(schema.key) == 1}
    here = {table: {row[key] for row in candidate.rows[table]} for table, key in ids.items()}
    if used := next((table for table in ids if old in here[table]), None):
        raise CannotRun(f"{old}: is still in use in {used}; take its row out first")
    published = candidate.previous.rows() if candidate.previous else {}
    known = {table: [row[key] for row in published.get(table, [])] for table, key in ids.items()}
    table = next((table for table in ids if old in known[table]), None)
    if table is None:
        near = nearest(old, [name for names in known.values() for name in names])
        raise CannotRun(f"{old}: was never published, so nothing needs to lead on from it{near}")
    if into is not None and into not in here[table]:
        raise CannotRun(f"--into {into}: no such row of {table}{nearest(into, list(here[table]))}")
    return _retired(old, into, reason, candidate.version)


def _retired(old: str, into: str | None, reason: str, version: str) -> Row:
    return {
        "old_id": old,
        "retired_state": "merged" if into else "withdrawn",
        "into_id": into,
        "reason": reason,
        "release_id": version,
    }


def retired_rows(folder: Path, after: Rows, merger: Merger, reason: str) -> list[Row]:
    """The rows for every published id that a merger takes away, each with the id that it went into.

    Raises:
        CannotRun: when nothing tells what a published id went into.
    """
    from communique_tools.release.candidates import next_candidate

    candidate = next_candidate(folder)
    published = candidate.previous.rows() if candidate.previous else {}
    known = {row["old_id"] for row in candidate.rows["retired_ids"]}
    found = []
    for table, schema in table_schemas().items():
        key, *more = schema.key
        if more:
            continue
        ids = {row[key] for row in after[table]}
        before = {row[key] for row in candidate.rows[table]}
        for old in sorted({row[key] for row in published.get(table, [])} & before - ids - known):
            into = _successor(table, old, ids, after, candidate.rows, merger)
            found.append(_retired(old, into, reason, candidate.version))
    return found


def _successor(table: str, old: str, ids: set[str], after: Rows, before: Rows, merger: Merger) -> str:
    new = merger.new if (table, old) == (merger.table, merger.old) else merger.renamed(old)
    if new in ids:
        return new
    if table == "tenures":
        gone = next(row for row in before["tenures"] if row["tenure_id"] == old)
        office = merger.new if gone["office_id"] == merger.old else gone["office_id"]
        person = merger.new if gone["person_id"] == merger.old else gone["person_id"]
        same: list[str] = [
            r["tenure_id"] for r in after["tenures"] if (r["person_id"], r["office_id"]) == (person, office)
        ]
        if same:
            return same[0]
    raise CannotRun(f"{table} {old}: published, and gone after the merger; nothing tells what it went into")
