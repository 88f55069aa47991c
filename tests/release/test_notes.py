"""The notes answer what a reader asks: what changed, why, what is to go, and what to be careful with."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from communique.report import Finding, Report
from communique.version import __version__
from communique_tools.release import notices
from communique_tools.release.edition import Content, Edition
from communique_tools.release.notes import notes, write

VERSION = "2026.11.0"


def having(edition: Edition, table: str, *rows: dict[str, Any]) -> Edition:
    """The edition with these rows in a table; columns that are not given are null."""
    schema = edition.tables[table].schema
    complete = [{column.name: row.get(column.name) for column in schema.columns} for row in rows]
    return replace(edition, tables={**edition.tables, table: Content(schema, edition.tables[table].table, complete)})


def test_the_first_release_says_so_and_how_large_it_is(edition: Edition) -> None:
    text = notes(replace(edition, changelog="Briefly: the first."))
    assert text.startswith(
        f"# Communique {VERSION}\n\nBriefly: the first.\n\nSchemas {__version__}; 1 events, 2 status_steps"
    )
    assert "## What changed\n\nThis is the first release.\n" in text


def test_a_section_that_has_nothing_to_say_is_left_out(edition: Edition) -> None:
    assert [line for line in notes(edition).splitlines() if line.startswith("## ")] == ["## What changed", "## Figures"]


def test_corrections_and_retired_ids_of_this_release_give_their_reasons(edition: Edition) -> None:
    change = {
        "table_name": "events",
        "row_id": "a",
        "change_kind": "correction",
        "reason": "Wrong.",
        "release_id": VERSION,
    }
    told = having(edition, "changes", change, {**change, "release_id": "2026.10.0", "reason": "Older."})
    retired = {"old_id": "a", "retired_state": "merged", "into_id": "b", "reason": "Twice.", "release_id": VERSION}
    text = notes(having(told, "retired_ids", retired))
    assert "## Corrections\n\n- `events a` (correction): Wrong.\n" in text
    assert "## Retired ids\n\n- `a` (merged into `b`): Twice.\n" in text
    assert "Older." not in text


def test_many_values_changed_for_one_reason_are_counted(edition: Edition) -> None:
    rows = [
        {
            "change_id": f"c-{number}",
            "table_name": "statements",
            "row_id": f"a/{number}",
            "column_name": "act",
            "change_kind": "recoding",
            "reason": "A rule was mended.",
            "release_id": VERSION,
        }
        for number in range(12)
    ]
    text = notes(having(edition, "changes", *rows))
    assert "- 12 of `statements.act` (recoding): A rule was mended.\n" in text
    assert "a/3" not in text


def test_what_is_to_go_is_told_a_release_ahead(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices.NOTICES, "places.naming_note", "Use note.")
    assert "## Columns and tables that are to go\n\n- `places.naming_note`: Use note.\n" in notes(edition)


def test_coverage_and_warnings_are_told(edition: Edition) -> None:
    scope = {"scope_id": "east", "years": "2008/2023", "completeness": "census", "searched_on": "2026-11-24"}
    warned = replace(edition, report=Report((Finding("S299", "events", "a", "stale", "warning"),)))
    text = notes(having(warned, "coverage", scope))
    assert "## Coverage\n\n- `east`, 2008/2023: census, searched 2026-11-24\n" in text
    assert "## Warnings\n\n- S299: 1\n" in text


def test_findings_are_published_one_by_one(edition: Edition, tmp_path: Path) -> None:
    finding = Finding("S299", "events", "a", "stale", "warning")
    write(replace(edition, report=Report((finding,))), tmp_path)
    published = json.loads((tmp_path / "validation.json").read_text(encoding="utf-8"))
    assert published["counts"] == {"S299": 1}
    assert published["findings"][0]["message"] == "stale"


def _coding(unit: str, coder: str, field: str, coded: str) -> dict[str, Any]:
    given = {"unit_id": unit, "coder": coder, "field": field, "coded": coded}
    return {**given, "is_blind": coder == "b", "coding_round": 1}


def test_reliability_is_told_as_it_came_out(edition: Edition) -> None:
    modes = [
        _coding(*row.split()) for row in ("t1 a mode video", "t1 b mode phone", "t2 a mode phone", "t2 b mode phone")
    ]
    found = [_coding(*row.split()) for row in ("t1 a unitising present", "t1 b unitising absent")]
    text = notes(having(edition, "codings", *modes, *found))
    section = text.split("## Reliability\n\n")[1].split("\n\n##")[0]
    unit, table = section.strip().split("\n\n")
    assert unit == "- round 1: 0 of 1 units found by all coders, share 0.000, 95 % interval –"
    assert table.splitlines()[2] == "| 1 | mode | nominal | 2 | 2 | 4 | 2 | 0.500 | 0.000 | -0.500 to 0.000 |"
