"""Parts of the dataset: they stand on their own, and hold what their events rest on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.check import check
from communique.dataset import Dataset
from communique.derive import derive
from communique.schemas import table_schema
from communique.subset import rows_of, subset

FIRST = "cjk-som-2023"
OWNED = ("status_steps", "participants", "statements", "outcomes", "event_topics")


def test_all_events_are_the_dataset_but_for_what_no_event_names(dataset: Dataset) -> None:
    rows = dataset.rows()
    everything = rows_of(rows, set(dataset.events["event_id"]))
    for table in ("events", *OWNED, "relations", "statement_actors"):
        assert everything[table] == rows[table]


@settings(max_examples=10, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_part_passes_the_rules_and_derives_the_same(data: st.DataObject, dataset: Dataset) -> None:
    known = sorted(dataset.events["event_id"])
    chosen = data.draw(st.sets(st.sampled_from(known), min_size=1, max_size=6))
    part = subset(dataset, chosen)
    assert check(part).errors == ()
    assert derive(part.rows()) == part.rows()
    whole = dataset.events.set_index("event_id").loc[sorted(chosen)]
    assert list(part.events["status"]) == list(whole["status"])


def test_a_part_of_a_part_is_the_smaller_part(dataset: Dataset) -> None:
    rows = dataset.rows()
    pair = rows_of(rows, {FIRST, "cjk-summit-2023"})
    assert rows_of(pair, {FIRST}) == rows_of(rows, {FIRST})


def test_the_pages_of_the_first_event_come_with_their_originals(dataset: Dataset) -> None:
    part = subset(dataset, [FIRST])
    sources = set(part.sources["source_id"])
    assert set(part.spans["source_id"]) <= sources
    assert set(part.sources["origin_id"]) <= sources
    assert part.relations.empty


def test_the_rows_of_the_whole_stay_as_they_were(dataset: Dataset) -> None:
    rows = dataset.rows()
    rows_of(rows, {FIRST})
    assert rows == dataset.rows()
    assert set(rows_of(rows, {FIRST})) == set(rows)
    assert table_schema("events").key == ("event_id",)


def test_an_event_that_is_not_there_is_named(dataset: Dataset) -> None:
    with pytest.raises(KeyError, match="no-such-event"):
        subset(dataset, [FIRST, "no-such-event"])
