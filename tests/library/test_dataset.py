"""The dataset in a reader's hands: tables by name, what became of an id, and the day that it is asked about."""

from typing import Any

import pandas as pd
import pytest

from communique.asof import as_of
from communique.dataset import Dataset, Resolution
from communique.tables import TABLES


def with_retired(*retired: tuple[str, str | None, str]) -> Dataset:
    rows: dict[str, list[dict[str, Any]]] = {
        "events": [{"event_id": "b", "event_type": "vote", "title": "A vote"}],
        "actors": [{"actor_id": "li-ming", "actor_kind": "person", "name": "Li Ming"}],
        "retired_ids": [
            {"old_id": old, "retired_state": "merged" if into else "withdrawn", "into_id": into, "reason": reason,
             "release_id": "2026.12.0"}
            for old, into, reason in retired
        ],
    }  # fmt: skip
    return Dataset.from_rows(rows)


def test_every_table_stands_under_its_name(dataset: Dataset) -> None:
    assert list(dataset) == list(TABLES)
    for table in TABLES:
        assert getattr(dataset, table) is dataset[table]
        assert isinstance(dataset[table], pd.DataFrame)
    with pytest.raises(AttributeError, match="the dataset has no table 'evnts'"):
        _ = dataset.evnts


def test_ids_of_every_sort_are_active(dataset: Dataset) -> None:
    for name in ("cjk-som-2023", "cjk-som-2023/occurred", "wang-yi", "chn-foreign-minister", "seoul", "yonhap"):
        assert dataset.resolve(name) == Resolution("active"), name
    assert dataset.resolve(dataset.sources["source_id"][0]).state == "active"
    assert dataset.resolve(dataset.tenures["tenure_id"][0]).state == "active"


def test_what_names_rows_of_others_is_no_id(dataset: Dataset) -> None:
    for name in ("", "trade", "meeting.summit", "cjk-som-2032"):
        with pytest.raises(KeyError):
            dataset.resolve(name)


def test_a_merged_id_is_followed_to_its_last_successor() -> None:
    dataset = with_retired(("a", "a2", "the same talks"), ("a2", "b", "named after its outcome"), ("x", "y", "twice"))
    assert dataset.resolve("a2") == Resolution("merged", "b", "named after its outcome")
    assert dataset.resolve("a") == Resolution("merged", "b", "the same talks; named after its outcome")
    assert dataset.resolve("x") == Resolution("merged", "y", "twice")


def test_a_person_may_have_been_merged_too() -> None:
    assert with_retired(("ming-li", "li-ming", "one man")).resolve("ming-li") == Resolution(
        "merged", "li-ming", "one man"
    )


def test_an_id_whose_successor_was_withdrawn_is_withdrawn() -> None:
    dataset = with_retired(("a", "a2", "the same"), ("a2", None, "never held"))
    assert dataset.resolve("a") == Resolution("withdrawn", None, "the same; never held")


def test_an_id_in_use_is_active_whatever_was_said_of_it() -> None:
    assert with_retired(("b", "a", "by mistake")).resolve("b") == Resolution("active")


def test_successors_in_a_circle_are_told() -> None:
    dataset = with_retired(("a", "c", "x"), ("c", "d", "y"), ("d", "c", "z"))
    with pytest.raises(ValueError, match="a: its successors lead in a circle"):
        dataset.resolve("a")


def test_as_of_is_the_function_of_that_name(dataset: Dataset) -> None:
    day = "2019-12-01"
    assert dataset.as_of(day).rows() == as_of(dataset, day).rows()
    with pytest.raises(ValueError):
        dataset.as_of("last spring")
