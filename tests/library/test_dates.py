"""What a date in EDTF allows."""

import contextlib
import datetime

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from communique.dates import Bounds, DateError, bounds, precision

D = datetime.date


@pytest.mark.parametrize(
    ("text", "expected", "how"),
    [
        ("2023-09-26", Bounds(D(2023, 9, 26), D(2023, 9, 26)), "day"),
        ("2023-09", Bounds(D(2023, 9, 1), D(2023, 9, 30)), "month"),
        ("2024", Bounds(D(2024, 1, 1), D(2024, 12, 31)), "year"),
        ("2010-05-29/2010-05-30", Bounds(D(2010, 5, 29), D(2010, 5, 30)), "interval"),
        ("[2023-03-10..2023-05-10]", Bounds(D(2023, 3, 10), D(2023, 5, 10)), "bounded"),
        ("[..2023-09-26]", Bounds(None, D(2023, 9, 26)), "bounded"),
        ("[2023-09-26..]", Bounds(D(2023, 9, 26), None), "bounded"),
        ("2023-22", Bounds(D(2023, 6, 1), D(2023, 8, 31)), "bounded"),
        ("2023-09~", Bounds(D(2023, 9, 1), D(2023, 9, 30)), "month"),
        ("[2008-07..2008-09-01]", Bounds(D(2008, 7, 1), D(2008, 9, 1)), "bounded"),
        ("2008/2009-03", Bounds(D(2008, 1, 1), D(2009, 3, 31)), "interval"),
        ("1648-10-24", Bounds(D(1648, 10, 24), D(1648, 10, 24)), "day"),
    ],
)
def test_a_date_has_bounds_and_a_precision(text: str, expected: Bounds, how: str) -> None:
    assert bounds(text) == expected
    assert precision(text) == how


@pytest.mark.parametrize(
    "text", ["", "NO", "2023-02-30", "26.9.2023", "2023-13", "2023-00", "2023-9", "2024-05/2023-01", "[..]", "/"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        bounds(text)


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_plain_day_is_read_as_the_parser_reads_it(day: datetime.date) -> None:
    parsed = parse_edtf(day.isoformat())
    assert (
        bounds(day.isoformat())
        == Bounds(D(*parsed.lower_strict()[:3]), D(*parsed.upper_strict()[:3]))
        == Bounds(day, day)
    )


def test_a_date_not_given_allows_every_day() -> None:
    assert bounds(None) == Bounds(None, None)


def test_a_date_is_short() -> None:
    with pytest.raises(DateError, match="too long"):
        bounds("2023-" * 1_000_000)


@pytest.mark.parametrize("text", ["2023-0X", "2023-X9", "../198X"])
def test_the_parser_prints_nothing(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    bounds.cache_clear()
    with contextlib.suppress(DateError):
        bounds(text)
    assert capsys.readouterr().out == ""
