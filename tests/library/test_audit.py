"""Audits: precision from verdicts, with Wilson's interval, apart from the agreement of coders."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.audit import audit, audit_of, wilson
from communique.dataset import Dataset
from communique.frames import Row
from communique.reliability import reliability_of


def verdict(unit: str, coded: str | None, field: str = "audit_day") -> Row:
    return {"unit_id": unit, "coder": "a", "field": field, "coded": coded, "is_blind": False, "coding_round": 1}


def test_precision_is_right_among_the_decided() -> None:
    [row] = audit_of(
        [verdict("a", "right"), verdict("b", "wrong"), verdict("c", "right"), verdict("d", "unclear")]
    ).to_dict("records")
    assert (row["field"], row["n_units"], row["n_right"], row["n_wrong"], row["n_unclear"]) == ("day", 4, 2, 1, 1)
    assert row["precision"] == pytest.approx(2 / 3)


def test_nothing_decided_has_no_precision() -> None:
    [row] = audit_of([verdict("a", "unclear")]).to_dict("records")
    assert math.isnan(row["precision"])
    assert math.isnan(row["low"])


def test_wilson_as_published() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 and 15 of 148, 0 of 20, 1 of 29
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0000, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@given(trials=st.integers(min_value=1, max_value=10**6), data=st.data())
def test_the_interval_holds_the_share(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(min_value=0, max_value=trials))
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= high <= 1


def test_a_verdict_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"codings a, a, audit_day: 'yes' is no verdict; expected one of 'right'"):
        audit_of([verdict("a", "yes")])


def test_verdicts_are_no_codings() -> None:
    assert reliability_of([verdict("a", "right"), {**verdict("a", "wrong"), "coder": "b"}]).empty


def test_without_an_audit_there_is_no_row(dataset: Dataset) -> None:
    rows = [row for row in dataset.rows()["codings"] if not row["field"].startswith("audit_")]
    assert audit_of(rows).empty
    assert list(audit(dataset).columns)[-3:] == ["precision", "low", "high"]
