"""The difference of two datasets, with the reasons that the newer one gives."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.dataset import Dataset
from communique.diff import AmbiguousKeyError, Change, DatasetDiff, diff, diff_rows

Rows = dict[str, list[dict[str, Any]]]
EVENT = "chn-jpn-working-2024"
VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.dates()


def change_row(**other: Any) -> dict[str, Any]:
    row = {"change_id": "c1", "table_name": "actors", "row_id": "chn", "column_name": "name", "reason": "Spelt out."}
    return {**row, "change_kind": "correction", "release_id": "2026.12.0", **other}


@pytest.fixture
def other(small: Dataset, rows: Rows) -> Dataset:  # noqa: ARG001 - small comes first
    rows["actors"][0]["name"] = "China"
    rows["event_topics"][0]["topic"] = "environment"
    return Dataset.from_rows(rows)


def test_a_dataset_does_not_differ_from_itself(small: Dataset) -> None:
    assert not diff(small, small)


def test_every_difference_is_named_by_table_row_and_column(small: Dataset, other: Dataset) -> None:
    assert diff(small, other).changes == (
        Change("event_topics", f"{EVENT} environment", "added"),
        Change("event_topics", f"{EVENT} trade", "removed"),
        Change("actors", "chn", "changed", "name", "CHN", "China"),
    )


def test_the_way_back_is_the_mirror_image(small: Dataset, other: Dataset) -> None:
    back = diff(other, small)
    assert back.counts() == diff(small, other).counts()
    assert back.changes[-1] == Change("actors", "chn", "changed", "name", "China", "CHN")


def reason_of(left: Rows, right: Rows, table: str, key: str) -> str | None:
    [found] = [change for change in diff_rows(left, right).changes if (change.table, change.key) == (table, key)]
    return found.reason


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ([change_row()], "Spelt out."),
        ([change_row(column_name=None)], "Spelt out."),
        ([change_row(), change_row(change_id="c2", reason="And again.")], "Spelt out.; And again."),
        ([change_row(column_name="parent_id")], None),
        ([change_row(row_id="jpn")], None),
        ([change_row(table_name="places")], None),
        ([], None),
    ],
)
def test_a_changed_value_has_the_reason_that_changes_gives(
    small: Dataset, told: list[dict[str, Any]], reason: str | None
) -> None:
    left = small.rows()
    named = [{**row, "name": "China"} if row["actor_id"] == "chn" else row for row in left["actors"]]
    assert reason_of(left, {**left, "actors": named, "changes": told}, "actors", "chn") == reason


def test_a_reason_that_the_older_state_knew_tells_of_something_older(small: Dataset) -> None:
    left = {**small.rows(), "changes": [change_row()]}
    named = [{**row, "name": "China"} if row["actor_id"] == "chn" else row for row in left["actors"]]
    assert reason_of(left, {**left, "actors": named}, "actors", "chn") is None


def test_a_row_that_is_gone_has_the_reason_of_its_tombstone_or_that_of_its_event(small: Dataset) -> None:
    left = small.rows()
    tombs = [{"old_id": EVENT, "reason": "Never took place."}, {"old_id": "per", "reason": "Not needed."}]
    right: Rows = {**left, "events": [], "status_steps": [], "event_topics": [], "retired_ids": tombs}
    right["actors"] = [row for row in left["actors"] if row["actor_id"] != "per"]
    assert reason_of(left, right, "events", EVENT) == "Never took place."
    assert reason_of(left, right, "status_steps", f"{EVENT}/occurred") == "Never took place."
    assert reason_of(left, right, "event_topics", f"{EVENT} trade") == "Never took place."
    assert reason_of(left, right, "actors", "per") == "Not needed."


def test_a_table_or_column_that_one_side_lacks_is_empty_there(small: Dataset) -> None:
    rows = small.rows()
    older = {name: content for name, content in rows.items() if name != "places"}
    older["actors"] = [{k: v for k, v in row.items() if k != "publisher_kind"} for row in rows["actors"]]
    assert diff_rows(older, rows).changes == (
        Change("actors", "wire", "changed", "publisher_kind", None, "wire"),
        Change("places", "lima", "added"),
    )


def test_a_table_that_the_schemas_do_not_know_is_compared_by_whole_rows(small: Dataset) -> None:
    rows = small.rows()
    moods: Rows = {**rows, "moods": [{"mood_id": "a", "mood": "calm"}, {"mood_id": "b", "mood": None}]}
    assert diff_rows(moods, rows).changes == (
        Change("moods", "a calm", "removed"),
        Change("moods", "b ", "removed"),
    )


def test_a_key_that_stands_twice_cannot_be_compared(small: Dataset) -> None:
    rows = small.rows()
    with pytest.raises(AmbiguousKeyError, match="actors chn: the key stands twice"):
        diff_rows(rows, {**rows, "actors": [*rows["actors"], rows["actors"][0]]})


@given(st.lists(st.tuples(st.text(), st.text(), VALUES, VALUES, st.none() | st.text()), max_size=5))
def test_a_document_holds_every_difference(parts: list[tuple[str, str, Any, Any, str | None]]) -> None:
    found = DatasetDiff(tuple(Change(t, k, "changed", "c", before, after, why) for t, k, before, after, why in parts))
    document = json.loads(json.dumps(found.document("a", "b")))
    again = DatasetDiff.from_document(document)
    assert again.document("a", "b") == document
    assert [change.key for change in again.changes] == [change.key for change in found.changes]


@pytest.mark.parametrize("document", [{}, {"changes": 5}, {"changes": [5]}, {"changes": [{"table": "a", "mood": "b"}]}])
def test_what_is_no_document_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is no list of differences"):
        DatasetDiff.from_document(document)


def test_json_holds_days_as_text(small: Dataset) -> None:
    rows = small.rows()
    later = [{**row, "retrieved_on": datetime.date(2024, 6, 1)} for row in rows["sources"]]
    [change] = diff_rows(rows, {**rows, "sources": later}).document("a", "b")["changes"]
    assert (change["before"], change["after"]) == ("2024-05-28", "2024-06-01")
