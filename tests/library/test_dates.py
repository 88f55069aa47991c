"""What a date in EDTF allows."""

import datetime

import pytest

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
        ("1648-10-24", Bounds(D(1648, 10, 24), D(1648, 10, 24)), "day"),
    ],
)
def test_a_date_has_bounds_and_a_precision(text: str, expected: Bounds, how: str) -> None:
    assert bounds(text) == expected
    assert precision(text) == how


@pytest.mark.parametrize("text", ["", "NO", "2023-02-30", "26.9.2023", "2023-13", "2024-05/2023-01"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        bounds(text)
