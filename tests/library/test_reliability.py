"""Reliability field by field: which scale, what is missing, what is blind, and rounds that are never pooled."""

import random
from typing import Any

import pandas as pd
import pytest

from communique.alpha import INTERVAL_SCALE, agreement
from communique.columns import key_findings
from communique.dataset import Dataset
from communique.reliability import REPLICATES, SEED, reliability, reliability_of
from communique.schemas import table_schema
from communique.unitising import unitising, unitising_of

Row = dict[str, Any]


def codings(field: str, *units: dict[str, str | None], coding_round: int = 1, blind: str = "b") -> list[Row]:
    """What each coder gave to unit after unit; a coder that is not there did not code the unit."""
    return [
        {
            "unit_id": f"unit-{number:02}",
            "coder": coder,
            "field": field,
            "coded": coded,
            "is_blind": coder in blind,
            "coding_round": coding_round,
        }
        for number, unit in enumerate(units)
        for coder, coded in unit.items()
    ]


def pair(left: str | None, right: str | None) -> dict[str, str | None]:
    return {"a": left, "b": right}


def measured(rows: list[Row]) -> dict[str, Row]:
    """The rows of the table by scale; the codings are of one field."""
    found = reliability_of(rows, replicates=50).to_dict("records")
    return {row["scale"]: {str(name): value for name, value in row.items()} for row in found}


MODES = codings("mode", pair("in_person", "in_person"), pair("video", "in_person"), pair("phone", None), {"a": "phone"})


def test_each_field_of_each_round_is_a_row_of_its_own() -> None:
    rows = MODES + codings("mode", pair("video", "video"), pair("phone", "phone"), coding_round=2)
    rows += codings("event_type", pair("meeting.summit", "meeting.summit"))
    found = reliability_of(rows, replicates=50)
    assert found[["coding_round", "field"]].values.tolist() == [[1, "event_type"], [1, "mode"], [2, "mode"]]
    assert found["agreement"].tolist() == pytest.approx([1, 1 / 3, 1])
    assert reliability_of(rows, coding_round=2)["alpha"].tolist() == [1]
    assert reliability_of(rows, coding_round=3).empty


def test_counts_are_of_what_was_compared() -> None:
    row = measured(MODES)["nominal"]
    assert [row[name] for name in ("n_units", "n_coders", "n_codings", "n_blind")] == [3, 2, 6, 3]


def test_a_coder_who_found_none_agrees_with_another_who_did_and_with_nobody_else() -> None:
    found = measured(codings("place", pair(None, None), pair("seoul", "seoul"), pair("tokyo", None)))
    assert found["nominal"]["agreement"] == pytest.approx(2 / 3)


def test_a_level_is_compared_by_its_rank_too() -> None:
    same = [pair("head_of_state", "head_of_state"), pair("ambassador", "ambassador")]
    near = measured(codings("level", pair("minister", "vice_minister"), *same))
    far = measured(codings("level", pair("minister", "ambassador"), *same))
    assert near["ordinal"]["alpha"] > far["ordinal"]["alpha"]
    assert near["nominal"]["agreement"] == far["nominal"]["agreement"] == pytest.approx(2 / 3)
    unranked = measured(codings("level", pair("minister", "king"), *same))
    assert [unranked[scale]["n_units"] for scale in ("nominal", "ordinal")] == [3, 2]


def test_dates_are_compared_as_written_and_by_the_days_between_them() -> None:
    dates = [pair("2024-05", "2024-05-16"), pair("2024-06-01", "2024-06-11"), pair("2023", "2023")]
    found = measured(codings("date", *dates))
    assert found["nominal"]["agreement"] == pytest.approx(1 / 3)
    days = [[0.0, 0.0], [16.0, 26.0], [-319.0, -319.0]]  # from 16 May 2024, the middle of that month
    expected = agreement(days, INTERVAL_SCALE, replicates=0, seed=SEED)
    assert found["interval"]["alpha"] == pytest.approx(expected.alpha)


@pytest.mark.parametrize("unplaced", [None, "../2024", "some day", "2024-02-31"])
def test_what_has_no_place_among_days_counts_only_as_it_is_written(unplaced: str | None) -> None:
    found = measured(codings("planned_edtf", pair("2024-05-01", unplaced), pair("2024-05-02", "2024-05-02")))
    assert [found[scale]["n_units"] for scale in ("nominal", "interval")] == [2, 1]


def test_parties_are_sets_in_any_order() -> None:
    found = measured(codings("parties", pair("chn jpn", "jpn chn"), pair("chn kor", "chn"), pair(None, None)))
    assert list(found) == ["set"]
    assert found["set"]["agreement"] == pytest.approx(2 / 3)


def test_rows_in_another_order_give_the_same_table() -> None:
    rows = MODES + codings("date_edtf", pair("2024-05-01", "2024-05-03"), pair("2024-06", "2024-06"))
    shuffled = random.Random(1).sample(rows, len(rows))
    pd.testing.assert_frame_equal(reliability_of(shuffled), reliability_of(rows))
    assert REPLICATES == 2000


def test_a_dataset_without_codings_has_an_empty_table_with_every_column(dataset: Dataset) -> None:
    rows = {**dataset.rows(), "codings": []}
    none = Dataset.from_rows(rows)
    assert reliability(none).empty
    assert {"field", "alpha", "low", "high"} <= set(reliability(none).columns)
    assert unitising(none).empty


def test_a_dataset_is_measured_by_its_codings() -> None:
    coded = Dataset.from_rows({"codings": MODES})
    pd.testing.assert_frame_equal(reliability(coded), reliability_of(MODES))


FOUND = codings(
    "unitising",
    pair("present", "present"),
    pair("present", "present"),
    pair("present", "absent"),
    pair("absent", "present"),
    pair("absent", "absent"),
    {"a": "present"},
)


def test_units_found_by_all_are_a_share_of_those_found_by_any() -> None:
    [row] = unitising_of(FOUND).to_dict("records")
    assert [row[name] for name in ("n_units", "n_single", "n_coders", "n_found_by_all", "share")] == [4, 1, 2, 2, 0.5]
    assert 0 <= row["low"] < 0.5 < row["high"] <= 1


def test_finding_units_is_no_field_and_fields_are_no_finding() -> None:
    assert reliability_of(FOUND).empty
    assert unitising_of(MODES).empty


def test_a_word_that_is_neither_present_nor_absent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"codings unit-00, b: unitising is 'Present'; expected 'present' or 'absent'"):
        unitising_of(codings("unitising", pair("present", "Present")))


def test_two_rounds_of_one_coder_have_two_keys() -> None:
    schema = table_schema("codings")
    rows = MODES + codings("mode", pair("video", "video"), coding_round=2)
    assert list(key_findings(schema, rows)) == []
    assert list(key_findings(schema, rows + rows[:1])) != []
