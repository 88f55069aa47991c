"""The compiled pass says of every value what the Pandera model says."""

import copy
import datetime
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from communique.check import check_table
from communique.columns import column_findings, key_findings
from communique.frames import arrow_table, to_frame, to_rows
from communique.schemas import Column, table_schema, table_schemas
from communique.vocabulary import terms

Row = dict[str, Any]


def _values(column: Column) -> st.SearchStrategy[Any]:
    """Values of the column's type, good and bad alike."""
    match column.type:
        case "int64":
            values: st.SearchStrategy[Any] = st.integers(-200, 200)
        case "double":
            values = st.floats(-200, 200)
        case "bool":
            values = st.booleans()
        case "date32":
            values = st.dates(datetime.date(1600, 1, 1))
        case _:
            known = list(terms(column.vocabulary)) if column.vocabulary else ["an-id", "an-event/a-row"]
            odd = ["", "NA", "an id", "an-id\n", "a" * 300, "é", "Upper", "a--b", "0" * 64]
            values = st.sampled_from([*known[:3], *odd]) | st.text(max_size=12)
    return st.none() | values


def _rows(table: str) -> st.SearchStrategy[list[Row]]:
    columns = {column.name: _values(column) for column in table_schema(table).columns}
    return st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=4)


@pytest.mark.parametrize("table", table_schemas())
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(data=st.data())
def test_the_compiled_pass_agrees_with_pandera_row_by_row(table: str, data: st.DataObject) -> None:
    schema = table_schema(table)
    frame = to_frame(arrow_table(table, data.draw(_rows(table))))
    rows = to_rows(frame, schema)
    compiled = {(one.code, one.key, one.column) for one in column_findings(schema, rows)}
    reference = {(one.code, one.key, one.column) for one in check_table(table, frame) if one.code != "K101"}
    assert {(key, column) for _, key, column in compiled} == {(key, column) for _, key, column in reference}


def test_the_real_rows_are_right_by_both(truth: dict[str, list[Row]]) -> None:
    for table, rows in truth.items():
        assert not list(column_findings(table_schema(table), rows)), table


def test_an_unknown_term_is_told_with_the_nearest_right_one() -> None:
    schema = table_schema("event_topics")
    [found] = column_findings(schema, [{"event_id": "an-event", "topic": "securty"}])
    assert (found.code, found.column) == ("C003", "topic")
    assert found.message.endswith("did you mean 'security'?")


def test_a_key_that_stands_twice_is_told_once() -> None:
    schema = table_schema("event_topics")
    row = {"event_id": "an-event", "topic": "security"}
    assert [one.code for one in key_findings(schema, [row, copy.copy(row)])] == ["K101"]
