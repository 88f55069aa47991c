"""What became known of an id, and when, tells the same as the dataset of each day."""

import datetime
from typing import Any

import pandas as pd
import pytest

from communique.asof import first_public_days
from communique.dataset import Dataset
from communique.history import history, released_on
from communique.publicity import EVIDENCED

DAY = datetime.date
EVENT = "chn-jpn-talks-2024"


def small(**others: list[dict[str, Any]]) -> Dataset:
    """An event that was planned, reported late, and has a date with pages of its own."""
    spans = {"early": DAY(2024, 5, 20), "late": DAY(2024, 5, 28), "latest": DAY(2024, 6, 2)}
    rows: dict[str, list[dict[str, Any]]] = {
        "events": [{"event_id": key, "event_type": "meeting.working", "title": "Talks"} for key in (EVENT, "other")],
        "status_steps": [
            {"step_id": f"{EVENT}/scheduled", "event_id": EVENT, "status": "scheduled", "date_edtf": "2024-05-20"},
            {"step_id": f"{EVENT}/occurred", "event_id": EVENT, "status": "occurred", "date_edtf": "2024-05-27"},
            {"step_id": "other/occurred", "event_id": "other", "status": "occurred", "date_edtf": "2024-06-01"},
        ],
        "relations": [
            {"relation_id": "other/after", "from_event_id": "other", "relation": "after", "to_event_id": EVENT,
             "basis": "inferred", "note": "Same agenda."}
        ],
        "actors": [{"actor_id": "wire", "actor_kind": "publisher", "name": "Wire"}],
        "sources": [
            {"source_id": key, "publisher_id": "wire", "published_edtf": str(day), "source_kind": "news_report",
             "origin_id": key, "retrieved_on": DAY(2026, 11, 24), "extent": "whole"}
            for key, day in spans.items()
        ],
        "spans": [{"span_id": key, "source_id": key, "words": 9, "sha256": "a" * 64} for key in spans],
        "evidence": [
            {"table_name": "status_steps", "row_id": row, "column_name": column, "span_id": span, "stance": "supports"}
            for row, column, span in (
                (f"{EVENT}/scheduled", None, "early"), (f"{EVENT}/occurred", None, "late"),
                (f"{EVENT}/occurred", "mode", "late"), (f"{EVENT}/occurred", "place_id", "latest"),
                ("other/occurred", None, "latest"),
            )
        ],
    }  # fmt: skip
    return Dataset.from_rows(rows | others)


def told(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    whole = frame.astype(object).where(frame.notna(), None)
    return [tuple(row) for row in whole.itertuples(index=False)]


def test_a_row_appears_with_its_page_and_a_column_with_its_own() -> None:
    assert told(small().history(EVENT)) == [
        (DAY(2024, 5, 20), "events", EVENT, None, "appeared", None),
        (DAY(2024, 5, 20), "status_steps", f"{EVENT}/scheduled", None, "appeared", None),
        (DAY(2024, 5, 28), "status_steps", f"{EVENT}/occurred", None, "appeared", None),
        (DAY(2024, 6, 2), "status_steps", f"{EVENT}/occurred", "place_id", "appeared", None),
    ]


def test_what_was_inferred_appears_when_both_events_had_ended() -> None:
    assert (DAY(2024, 6, 2), "relations", "other/after", None, "appeared", None) in told(small().history("other"))


def test_a_row_has_a_history_of_its_own() -> None:
    assert [row[2:4] for row in told(small().history(f"{EVENT}/occurred"))] == [
        (f"{EVENT}/occurred", None),
        (f"{EVENT}/occurred", "place_id"),
    ]


CHANGES = [
    {"change_id": name, "table_name": table, "row_id": row, "column_name": column, "change_kind": "correction",
     "reason": "misread", "release_id": "2026.12.0"}
    for name, table, row, column in (
        ("a", "status_steps", f"{EVENT}/occurred", "date_edtf"), ("b", "event_topics", f"{EVENT} trade", None),
        ("c", "status_steps", f"{EVENT}-b/occurred", "date_edtf"),
    )
]  # fmt: skip
RETIRED = [
    {"old_id": old, "retired_state": "merged" if into else "withdrawn", "into_id": into, "reason": f"was {old}",
     "release_id": "2027.2.1"}
    for old, into in (("old", "older"), ("older", EVENT), (f"{EVENT}/proposed", None), ("gone", None), ("past", "gone"))
]  # fmt: skip


def test_changes_and_retired_ids_stand_on_the_day_of_their_release() -> None:
    found = told(small(changes=CHANGES, retired_ids=RETIRED).history(EVENT))
    assert found[4:] == [
        (DAY(2026, 12, 31), "event_topics", f"{EVENT} trade", None, "changed", "correction: misread"),
        (DAY(2026, 12, 31), "status_steps", f"{EVENT}/occurred", "date_edtf", "changed", "correction: misread"),
        (DAY(2027, 2, 28), None, f"{EVENT}/proposed", None, "retired", f"withdrawn: was {EVENT}/proposed"),
        (DAY(2027, 2, 28), None, "old", None, "retired", "merged into older: was old"),
        (DAY(2027, 2, 28), None, "older", None, "retired", f"merged into {EVENT}: was older"),
    ]


def test_a_retired_id_tells_its_own_end_and_what_was_merged_into_it() -> None:
    dataset = small(retired_ids=RETIRED)
    assert [row[2] for row in told(dataset.history("older"))] == ["old", "older"]
    assert told(dataset.history("gone"))[-1] == (
        DAY(2027, 2, 28), None, "past", None, "retired", "merged into gone: was past",
    )  # fmt: skip


def test_an_id_that_never_was_has_no_history() -> None:
    with pytest.raises(KeyError, match="chn-jpn-talks"):
        small().history("chn-jpn-talks")


def test_an_actor_has_a_history_of_changes_alone() -> None:
    change = {**CHANGES[0], "table_name": "actors", "row_id": "wire", "column_name": "name"}
    found = small(changes=[change]).history("wire")
    assert [row[1:5] for row in told(found)] == [("actors", "wire", "name", "changed")]
    assert small().history("wire").empty


def test_a_tenure_appears_with_its_page() -> None:
    tenure = {"tenure_id": "a-b", "person_id": "a", "office_id": "b", "start_edtf": "2020", "tenure_kind": "acting"}
    item = {"table_name": "tenures", "row_id": "a-b", "column_name": None, "span_id": "late", "stance": "supports"}
    found = small(tenures=[tenure], evidence=[item]).history("a-b")
    assert told(found) == [(DAY(2024, 5, 28), "tenures", "a-b", None, "appeared", None)]


def test_the_columns_are_the_same_with_and_without_rows() -> None:
    columns = ["day", "table_name", "row_id", "column_name", "what", "reason"]
    for frame in (small().history(EVENT), small().history("wire")):
        assert list(frame.columns) == columns
        assert [str(kind) for kind in frame.dtypes] == ["date32[day][pyarrow]", *["str"] * 5]


@pytest.mark.parametrize(("release", "day"), [("2026.11.0", DAY(2026, 11, 30)), ("2028.2.13", DAY(2028, 2, 29))])
def test_a_release_is_public_by_the_end_of_its_month(release: str, day: datetime.date) -> None:
    assert released_on(release) == day


def test_nothing_is_known_on_a_day_that_history_puts_later(dataset: Dataset) -> None:
    histories = pd.concat([history(dataset, name) for name in dataset.events["event_id"][::40]], ignore_index=True)
    rows = histories[histories["column_name"].isna()]
    appeared = dict(zip(zip(rows["table_name"], rows["row_id"], strict=True), rows["day"], strict=True))
    for day in first_public_days(dataset)[::150]:
        known = dataset.as_of(day)
        for table, key in {"events": "event_id", **EVIDENCED}.items():
            for row_id in known[table][key]:
                if (table, row_id) in appeared:
                    assert appeared[table, row_id] <= day, (table, row_id)


def test_every_row_of_every_event_appears_once(dataset: Dataset) -> None:
    histories = pd.concat([history(dataset, name) for name in dataset.events["event_id"][::50]], ignore_index=True)
    rows = histories[histories["column_name"].isna() & (histories["what"] == "appeared")]
    found = list(zip(rows["table_name"], rows["row_id"], strict=True))
    events = set(dataset.events["event_id"][::50])
    wanted = [
        (table, row_id)
        for table, key in {"events": "event_id", **EVIDENCED}.items()
        for row_id in dataset[table][key]
        if row_id.split("/")[0] in events
    ]
    assert sorted(found) == sorted(wanted)
