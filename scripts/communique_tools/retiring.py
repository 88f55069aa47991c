"""What becomes of published ids when two rows become one: a row of ``retired_ids`` for each that goes."""

from pathlib import Path

from communique.schemas import table_schemas
from communique_tools.errors import CannotRun
from communique_tools.merging import Merger
from communique_tools.records import Row, Rows


def retired_rows(folder: Path, after: Rows, merger: Merger, reason: str) -> list[Row]:
    """The rows for every published id that is no longer there, each with the id that it went into.

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
        for old in sorted({row[key] for row in published.get(table, [])} - ids - known):
            found.append(
                {
                    "old_id": old,
                    "retired_state": "merged",
                    "into_id": _successor(table, old, ids, after, candidate.rows, merger),
                    "reason": reason,
                    "release_id": candidate.version,
                }
            )
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
