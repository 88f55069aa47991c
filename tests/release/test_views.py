"""The generated tables: what each row says follows from the tables."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.dataset import Dataset
from communique.views import VIEWS, event_parties, events_flat, plans, view_rows, view_schemas
from communique.views.plans import slip

EVENT = "chn-jpn-working-2024"
STATA_RESERVED = {
    "_all",
    "_b",
    "byte",
    "_coef",
    "_cons",
    "double",
    "float",
    "if",
    "in",
    "int",
    "long",
    "_n",
    "_N",
    "_pi",
} | {*("_pred", "_rc", "_skip", "str", "strL", "using", "with")}


def test_the_flat_view_tells_an_event_in_one_row(small: Dataset) -> None:
    flat = events_flat(small)
    assert list(flat.columns) == [column.name for column in view_schemas()["events_flat"].columns]
    [row] = flat.to_dict("records")
    assert (row["parties"], row["place_name"], row["country_id"]) == ("chn; jpn", "Lima", "per")
    assert (row["n_steps"], row["n_statements"], row["first_planned_edtf"]) == (2, 1, "2024-05")
    assert str(row["first_planned_end_on"]) == "2024-05-31"


def test_the_flat_view_has_a_row_for_every_real_event(dataset: Dataset) -> None:
    assert events_flat(dataset)["event_id"].tolist() == dataset.events["event_id"].tolist()


def test_a_party_has_one_row_per_event(small: Dataset) -> None:
    [china, japan] = event_parties(small).to_dict("records")
    assert (china["event_id"], china["party_id"], china["party_name"]) == (EVENT, "chn", "CHN")
    assert (japan["roles"], japan["has_attended"], japan["n_participants"]) == ("participant", True, 1)


def test_a_party_that_was_only_expected_has_not_attended(rows: dict[str, list[dict[str, Any]]]) -> None:
    rows["participants"][1]["attendance"] = "expected"
    attended = event_parties(Dataset.from_rows(rows)).set_index("party_id")["has_attended"]
    assert attended.to_dict() == {"chn": True, "jpn": False}


def test_every_party_of_a_real_event_has_a_row(dataset: Dataset) -> None:
    pairs = dataset.participants[["event_id", "party_id"]].dropna().drop_duplicates()
    assert len(event_parties(dataset)) == len(pairs)


def test_a_plan_is_held_against_what_came_of_it(small: Dataset) -> None:
    [plan] = plans(small).to_dict("records")
    assert (plan["step_id"], plan["planned_edtf"], plan["final_status"]) == (
        f"{EVENT}/scheduled",
        "2024-05",
        "occurred",
    )
    assert plan["actual_edtf"] == "2024-05-27"
    assert (plan["slip_low_days"], plan["slip_high_days"]) == (-4, 26)


def test_a_plan_that_died_has_no_slip(rows: dict[str, list[dict[str, Any]]]) -> None:
    rows["status_steps"][1].update(step_id=f"{EVENT}/cancelled", status="cancelled", by_id="chn")
    [plan] = plans(Dataset.from_rows(rows)).to_dict("records")
    assert plan["final_status"] == "cancelled"
    assert plan["actual_edtf"] != plan["actual_edtf"]  # null


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [
        ("2023-09-26", "2023-09-26", (0, 0)),
        ("2023-09-26", "2023-09-25", (-1, -1)),
        ("2020-12", "2024-05-26/2024-05-27", (1242, 1272)),
        ("2024-05-26/2024-05-27", "2024-05-26/2024-05-27", (0, 0)),
        ("[2009-08-21..2009-08-31]", "2009-10-10", (40, 50)),
        ("[..2009-08-31]", "2009-10-10", (40, None)),
        ("2009-08-31/..", "2009-10-10", (40, 40)),
        (None, "2009-10-10", (None, None)),
        ("2009-10-10", None, (None, None)),
    ],
)
def test_slip_counts_days_between_beginnings(
    planned: str | None, actual: str | None, expected: tuple[int | None, int | None]
) -> None:
    assert slip(planned, actual) == expected


@given(st.dates(date(1946, 1, 1), date(2100, 1, 1)), st.integers(-4000, 4000))
def test_slip_between_two_days_is_their_distance(planned: date, days: int) -> None:
    actual = planned + timedelta(days=days)
    assert slip(planned.isoformat(), actual.isoformat()) == (days, days)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_fit_for_stata_and_spreadsheets(name: str, dataset: Dataset) -> None:
    schema = view_schemas()[name]
    names = [column.name for column in schema.columns]
    assert len(names) == len({*names}) <= 60
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column) for column in names)
    assert not STATA_RESERVED & {*names}
    texts = [column.name for column in schema.columns if column.type == "string"]
    longest = max(len(str(row[text] or "").encode()) for row in view_rows(name, dataset.rows()) for text in texts)
    assert longest <= 2045  # the longest text that Stata keeps as str#


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_keeps_its_key_and_what_is_never_null(name: str, dataset: Dataset) -> None:
    schema, rows = view_schemas()[name], view_rows(name, dataset.rows())
    keys = [tuple(row[part] for part in schema.key) for row in rows]
    assert len({*keys}) == len(keys) > 0
    assert keys == sorted(keys)
    for column in schema.columns:
        assert column.nullable or all(row[column.name] is not None for row in rows), column.name


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_gives_a_name_of_the_tables_another_meaning(name: str) -> None:
    from communique.schemas import table_schemas

    types = {column.name: column.type for schema in table_schemas().values() for column in schema.columns}
    for column in view_schemas()[name].columns:
        assert types.get(column.name, column.type) == column.type, column.name
