"""Each reason to refuse a release, alone."""

from dataclasses import replace
from typing import Any

import pytest

from communique.report import Finding, Report
from communique_tools.release.refusals import Candidate, refusals, section

Rows = dict[str, list[dict[str, Any]]]
EVENT = "chn-jpn-working-2024"
NEXT = "2026.12.0"


def without(rows: Rows, table: str, column: str, value: str) -> Rows:
    return {**rows, table: [row for row in rows[table] if row[column] != value]}


def with_row(rows: Rows, table: str, **row: Any) -> Rows:
    return {**rows, table: [*rows[table], row]}


def retitled(rows: Rows) -> Rows:
    return {**rows, "events": [{**rows["events"][0], "title": "Talks"}]}


def change(rows: Rows, **other: Any) -> Rows:
    row = {"table_name": "events", "row_id": EVENT, "column_name": "title", "release_id": NEXT, "reason": "typo"}
    return with_row(rows, "changes", change_id="c1", change_kind="correction", **{**row, **other})


def test_an_unchanged_dataset_may_be_released(candidate: Candidate) -> None:
    assert refusals(candidate) == ()


def test_a_finding_that_is_an_error_refuses(candidate: Candidate) -> None:
    report = Report((Finding("S201", "events", EVENT, "has no step"),))
    assert refusals(replace(candidate, report=report)) == (f"events {EVENT}  S201  has no step",)


def test_a_warning_does_not_refuse(candidate: Candidate) -> None:
    report = Report((Finding("S201", "events", EVENT, "looks odd", "warning"),))
    assert refusals(replace(candidate, report=report)) == ()


def test_an_id_gone_without_a_tombstone_refuses(candidate: Candidate) -> None:
    rows = without(candidate.rows, "actors", "actor_id", "per")
    [reason] = refusals(replace(candidate, rows=rows))
    assert reason == "actors per: published and gone; expected a row in retired_ids"


def test_an_id_gone_with_a_tombstone_may(candidate: Candidate) -> None:
    rows = without(candidate.rows, "actors", "actor_id", "per")
    assert refusals(replace(candidate, rows=with_row(rows, "retired_ids", old_id="per", reason="x"))) == ()


def test_the_tombstone_of_an_event_covers_its_rows(candidate: Candidate) -> None:
    tables = ("events", "status_steps", "participants", "statements", "event_topics", "evidence")
    rows = {**candidate.rows, **{table: [] for table in tables}}
    assert len(refusals(replace(candidate, rows=rows))) == 12
    assert refusals(replace(candidate, rows=with_row(rows, "retired_ids", old_id=EVENT, reason="x"))) == ()


def test_a_row_without_an_id_gone_needs_a_change(candidate: Candidate) -> None:
    rows = {**candidate.rows, "event_topics": []}
    [reason] = refusals(replace(candidate, rows=rows))
    assert reason.startswith(f"event_topics {EVENT} trade: published and gone; expected a row in changes")
    told = change(rows, table_name="event_topics", row_id=f"{EVENT} trade", column_name=None)
    assert refusals(replace(candidate, rows=told)) == ()


def test_a_value_changed_without_a_change_refuses(candidate: Candidate) -> None:
    [reason] = refusals(replace(candidate, rows=retitled(candidate.rows)))
    assert reason.startswith(f"events {EVENT} title: was 'China–Japan working talks', is 'Talks'")


@pytest.mark.parametrize("column", ["title", None])
def test_a_value_changed_with_a_change_may(candidate: Candidate, column: str | None) -> None:
    rows = change(retitled(candidate.rows), column_name=column)
    assert refusals(replace(candidate, rows=rows)) == ()


@pytest.mark.parametrize("other", [{"release_id": "2026.11.0"}, {"column_name": "note"}, {"row_id": "x"}])
def test_a_change_of_something_else_excuses_nothing(candidate: Candidate, other: dict[str, str]) -> None:
    assert len(refusals(replace(candidate, rows=change(retitled(candidate.rows), **other)))) == 1


def test_a_filled_null_is_no_change(candidate: Candidate) -> None:
    rows = {**candidate.rows, "events": [{**candidate.rows["events"][0], "note": "More."}]}
    assert refusals(replace(candidate, rows=rows)) == ()


def test_a_derived_value_follows_without_a_change(candidate: Candidate) -> None:
    rows = {**candidate.rows, "events": [{**candidate.rows["events"][0], "n_sources": 9}]}
    assert refusals(replace(candidate, rows=rows)) == ()


@pytest.mark.parametrize("text", ["", f"## {NEXT}\n", f"## {NEXT}\n\n## 2026.11.0\n\nOld.\n", f"see ## {NEXT}\nx\n"])
def test_a_changelog_without_the_section_refuses(candidate: Candidate, text: str) -> None:
    [reason] = refusals(replace(candidate, changelog=text))
    assert reason == f"CHANGELOG.md: expected a section '## {NEXT}' with a text"


def test_a_section_ends_where_the_next_begins() -> None:
    text = "## 2026.12.10\n\nb\n\n## 2026.12.1 (a note)\n\nBriefly.\n\n### Data\n\n- x\n\n## 2026.11.0\n\na\n"
    assert section(text, "2026.12.1") == "Briefly.\n\n### Data\n\n- x"


@pytest.mark.parametrize("version", ["2026.10.9", "2025.12.0"])
def test_a_version_that_does_not_grow_refuses(candidate: Candidate, version: str) -> None:
    rows = with_row(candidate.rows, "actors", actor_id="prk")
    found = refusals(replace(candidate, rows=rows, version=version, changelog=f"## {version}\n\nx\n"))
    assert found == (f"version {version}: expected a later one than 2026.11.0",)


def test_a_published_version_may_be_built_again_but_not_changed(candidate: Candidate) -> None:
    again = replace(candidate, version="2026.11.0", changelog="## 2026.11.0\n\nx\n")
    assert refusals(again) == ()
    rows = {**again.rows, "events": [{**again.rows["events"][0], "note": "New."}, *again.rows["events"][1:]]}
    assert refusals(replace(again, rows=rows)) == ("version 2026.11.0: expected a later one than 2026.11.0",)


def test_a_release_may_be_built_again_from_the_same_rows(candidate: Candidate) -> None:
    again = replace(candidate, version="2026.11.0", changelog="## 2026.11.0\n\nx\n")
    assert again.is_rebuild
    assert refusals(again) == ()


def test_versions_grow_as_numbers(candidate: Candidate) -> None:
    assert candidate.previous is not None
    previous = replace(candidate.previous, version="2026.12.9")
    later = replace(candidate, version="2026.12.10", changelog="## 2026.12.10\n\nx\n", previous=previous)
    assert refusals(later) == ()


@pytest.mark.parametrize("version", ["1.0", "2026.13.0", "2026.01.0", "v2026.1.0", "2026.1.0\n"])
def test_a_version_of_another_form_refuses(candidate: Candidate, version: str) -> None:
    assert any(reason.startswith("version ") for reason in refusals(replace(candidate, version=version)))
