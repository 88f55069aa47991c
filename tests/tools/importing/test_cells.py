"""A cell becomes a value of its column only where nothing else can be meant."""

import datetime
from typing import Any

import pytest

from communique.schemas import table_schema, table_schemas
from communique_tools.importing.cells import value
from communique_tools.importing.sheet import Formula, Unreadable
from communique_tools.release.csv import cell as written

COLUMNS = {
    "text": ("events", "note"),
    "term": ("events", "event_type"),
    "date": ("status_steps", "date_edtf"),
    "day": ("sources", "retrieved_on"),
    "words": ("spans", "words"),
    "lat": ("places", "lat"),
    "flag": ("places", "is_disputed"),
    "code": ("actor_codes", "code"),
}


def read(name: str, cell: Any, *, from_csv: bool = True) -> Any:
    table, column = COLUMNS[name]
    return value(table_schema(table).column(column), cell, from_csv=from_csv)


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [
        ("text", None, None),
        ("text", "Seoul", "Seoul"),
        ("text", "'=SUM", "=SUM"),
        ("text", "''+1", "'+1"),
        ("text", "'tis so", "'tis so"),
        ("term", "meeting.summit", "meeting.summit"),
        ("date", "[..2023-09-26]", "[..2023-09-26]"),
        ("date", datetime.date(2023, 9, 26), "2023-09-26"),
        ("day", "2023-09-26", datetime.date(2023, 9, 26)),
        ("day", datetime.date(2023, 9, 1), datetime.date(2023, 9, 1)),
        ("words", "21", 21),
        ("words", 21, 21),
        ("words", 21.0, 21),
        ("lat", "-12.05", -12.05),
        ("lat", 12, 12.0),
        ("flag", "TRUE", True),
        ("flag", False, False),
        ("code", "NA", "NA"),
        ("code", "'-", "-"),
        ("code", "004", "004"),
    ],
)
def test_what_fits_is_taken(name: str, cell: Any, expected: Any) -> None:
    found = read(name, cell)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("name", "cell", "message"),
    [
        ("text", "=1+1", "note: '=1+1' is a formula to a spreadsheet; put an apostrophe before it"),
        ("text", "@x", "note: '@x' is a formula to a spreadsheet; put an apostrophe before it"),
        ("text", Formula(), "note: holds a formula; paste its value instead"),
        ("text", Unreadable("a time"), "note: is a time, which no column holds"),
        ("text", "NA", "note: 'NA' stands for a missing value; leave the cell empty"),
        ("text", "#N/A", "note: '#N/A' stands for a missing value; leave the cell empty"),
        ("text", "-99", "note: '-99' is a formula to a spreadsheet; put an apostrophe before it"),
        ("text", "'-99", "note: '-99' stands for a missing value; leave the cell empty"),
        ("text", " x", "note: ' x' begins or ends with a space"),
        ("text", "a\x1b[2Jb", "note: 'a\\x1b[2Jb' holds a control character"),
        ("text", "e\u0301", "note: 'e\u0301' is not in Unicode's normal form C"),
        ("text", 4, "note: 4 is no text and may have lost digits; type it as text"),
        ("text", "=" * 999, f"note: '{'=' * 59}… is a formula to a spreadsheet; put an apostrophe before it"),
        ("term", "vot", "event_type: 'vot' is no term of event_type; did you mean 'vote'?"),
        ("term", "NA", "event_type: 'NA' stands for a missing value; leave the cell empty"),
        ("date", "26.9.2023", "date_edtf: '26.9.2023' is no EDTF date"),
        ("date", "9999", "date_edtf: '9999' stands for a missing value; leave the cell empty"),
        ("date", 2023, "date_edtf: 2023 is no text and may have lost digits; type it as text"),
        ("date", datetime.date(2023, 9, 1), "date_edtf: 2023-09-01 may have been typed as a month; type it as text"),
        ("day", "20230926", "retrieved_on: '20230926' is no day such as 2023-09-26"),
        ("day", "2023-02-30", "retrieved_on: '2023-02-30' is not a day such as 2023-09-26"),
        ("day", 45195, "retrieved_on: 45195 is no day such as 2023-09-26"),
        ("words", "1_000", "words: '1_000' is no whole number"),
        ("words", "２１", "words: '２１' is no whole number"),
        ("words", "21.0", "words: '21.0' is no whole number"),
        ("words", 21.5, "words: 21.5 is no whole number"),
        ("words", True, "words: True is no whole number"),
        ("words", -99.0, "words: '-99' stands for a missing value; leave the cell empty"),
        ("lat", "nan", "lat: 'nan' stands for a missing value; leave the cell empty"),
        ("lat", float("nan"), "lat: 'nan' stands for a missing value; leave the cell empty"),
        ("lat", "1,5", "lat: '1,5' is no number"),
        ("flag", "yes", "is_disputed: 'yes' is no true or false"),
        ("flag", 1, "is_disputed: 1 is no true or false"),
        ("code", 4, "code: 4 is no text and may have lost digits; type it as text"),
    ],
)  # fmt: skip
def test_what_might_mean_something_else_is_refused(name: str, cell: Any, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read(name, cell)
    assert str(refused.value) == message


def test_only_a_text_of_csv_is_guarded_by_an_apostrophe() -> None:
    assert read("text", "=1+1", from_csv=False) == "=1+1"
    assert read("text", "'=1+1", from_csv=False) == "'=1+1"


def test_every_value_of_the_dataset_comes_back_from_its_cell(truth: dict[str, list[dict[str, Any]]]) -> None:
    for table, schema in table_schemas().items():
        for row in truth[table]:
            for column in schema.columns:
                if (typed := row.get(column.name)) is not None:
                    assert value(column, written(typed), from_csv=True) == typed
