"""Samples: the same for everyone who draws with the same seed, and what the records say of what was drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.dataset import Dataset
from communique.sampling import EVENT_FIELDS, draw, pages, recorded

IDS = st.sets(st.text(alphabet="abcdef-", min_size=1), min_size=1, max_size=30)


@given(ids=IDS, seed=st.integers(), data=st.data())
def test_the_order_of_the_ids_is_none_and_the_seed_decides(ids: set[str], seed: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(min_value=1, max_value=len(ids)))
    drawn = draw(sorted(ids), size, seed)
    assert drawn == draw(sorted(ids, reverse=True), size, seed) == sorted(drawn)
    assert len(set(drawn)) == size
    assert set(drawn) <= ids


def test_another_seed_draws_another_sample() -> None:
    ids = [f"event-{number}" for number in range(100)]
    assert draw(ids, 10, 1) != draw(ids, 10, 2)


def test_more_than_there_is_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="3 units are to be drawn and only 2 are there"):
        draw(["a", "b"], 3, seed=1)


def test_the_records_say_of_the_first_event_what_the_article_says(dataset: Dataset) -> None:
    said = recorded(dataset.rows(), "events")["cjk-som-2023"]
    assert tuple(said) == EVENT_FIELDS
    assert said["status"] == "occurred"
    assert said["date_edtf"] == "2023-09-26"
    assert said["parties"] == "chn jpn kor"


def test_expected_guests_are_no_parties_yet(dataset: Dataset) -> None:
    plans = dataset.events.query("status == 'lapsed'")["event_id"]
    said = recorded(dataset.rows(), "events")
    assert len(plans) > 0
    assert all(said[event]["parties"] in {None, ""} for event in plans)


def test_the_pages_of_an_event_are_those_that_its_rows_cite(dataset: Dataset) -> None:
    rows = dataset.rows()
    read = pages(rows)
    counted = dataset.events.set_index("event_id")["n_sources"]
    assert "efe-som-2023" in {page["source_id"] for page in read["cjk-som-2023"]}
    assert all(len(read[event]) >= counted[event] for event in counted.index)
