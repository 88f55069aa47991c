"""The check of a whole dataset: the real one is clean, and rules are asked only of what is well formed."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.check import check, check_rows
from communique.dataset import Dataset
from communique.derive import derive
from communique.rules import RULES
from communique.schemas import table_schemas
from communique_tools.rule_fixtures import read_valid

ROOT = Path(__file__).parents[2]

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows(dataset: Dataset) -> Rows:
    return dataset.rows()


def test_the_dataset_is_clean(dataset: Dataset) -> None:
    assert check(dataset).errors == ()


def test_rows_and_frames_are_judged_alike(dataset: Dataset, rows: Rows) -> None:
    assert check_rows(rows) == check(dataset)


def test_rules_are_not_asked_of_what_is_not_well_formed(rows: Rows) -> None:
    broken = copy.deepcopy(rows)
    broken["status_steps"][0].update(event_id="nowhere", status="occured")
    assert {finding.code for finding in check_rows(broken).findings} == {"C003", "K102"}


@pytest.mark.parametrize(
    ("table", "changed", "code"),
    [
        ("evidence", {"row_id": None}, "C002"),
        ("evidence", {"table_name": "nowhere"}, "E402"),
        ("spans", {"source_id": None}, "C002"),
        ("sources", {"source_id": None}, "C002"),
        ("tenures", {"start_edtf": None, "office_id": None}, "C002"),
        ("status_steps", {"status": None, "date_edtf": None}, "C002"),
        ("status_steps", {"date_edtf": "9999-12-31"}, "D"),
    ],
)
def test_rows_that_nobody_checked_can_be_derived(rows: Rows, table: str, changed: dict[str, Any], code: str) -> None:
    broken = copy.deepcopy(rows)
    broken[table][0].update(changed)
    codes = {finding.code for finding in check_rows(derive(broken)).errors}
    assert any(found.startswith(code) for found in codes), codes


def test_the_report_counts_and_sorts(rows: Rows) -> None:
    broken = copy.deepcopy(rows)
    broken["events"][5]["title"] += " "
    broken["events"][3]["title"] += " "
    found = [finding for finding in check_rows(broken).findings if finding.code == "N001"]
    assert [finding.key for finding in found] == [rows["events"][3]["event_id"], rows["events"][5]["event_id"]]
    assert check_rows(broken).counts()["N001"] == 2


_NULLABLE = [(table, c.name) for table, schema in table_schemas().items() for c in schema.columns if c.nullable]
_DATES = [(table, c.name) for table, schema in table_schemas().items() for c in schema.columns if c.format == "edtf"]
_VALID = read_valid(ROOT)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(holes=st.lists(st.sampled_from(_NULLABLE), min_size=1, max_size=6))
def test_no_rule_fails_on_missing_values(holes: list[tuple[str, str]]) -> None:
    holed = {table: [dict(row) for row in content] for table, content in _VALID.items()}
    for table, column in holes:
        for row in holed[table]:
            row[column] = None
    assert {finding.code for finding in check_rows(holed).findings} <= RULES.keys()


@pytest.mark.parametrize("text", ["late 2008", "2023-02-30", "2023-13", "[..]", "9/10/2023"])
@pytest.mark.parametrize(("table", "column"), _DATES)
def test_no_rule_fails_on_a_date_that_is_none(table: str, column: str, text: str) -> None:
    broken = {**_VALID, table: [{**row, column: text} for row in _VALID[table]]}
    found = [finding.table for finding in check_rows(broken).findings if finding.code == "D101"]
    assert found == [table] * len(_VALID[table])
