"""Alpha gives the published values, and what must hold for any codings holds."""

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.alpha import INTERVAL_SCALE, NOMINAL, ORDINAL, SET, Agreement, Scale, agreement, resamples

Units = list[list[int]]
SCALES = pytest.mark.parametrize("scale", [NOMINAL, ORDINAL, INTERVAL_SCALE], ids=lambda scale: scale.name)
MISSING = "."
FOUR_OBSERVERS = ("123321412...", "1233224125..", ".33323422513", "12332441251.")
"""Data C of Krippendorff (2011): four observers, twelve units, seven codings missing."""
CODED = st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=12)


def units(*coders: str) -> Units:
    """The values of each unit, from what each coder gave to unit after unit."""
    return [[ord(value) for value in unit if value != MISSING] for unit in zip(*coders, strict=True)]


def measure(coded: list[Any], scale: Scale, replicates: int = 0) -> Agreement:
    return agreement(coded, scale, replicates=replicates, seed=1)


def comparable(coded: Units) -> set[int]:
    return {value for unit in coded if len(unit) > 1 for value in unit}


@pytest.mark.parametrize(
    ("coders", "scale", "published"),
    [
        (("0100000010", "1110010000"), NOMINAL, 0.095),
        (("aabbdcccedda", "babbbccceddd"), NOMINAL, 0.692),
        (FOUR_OBSERVERS, NOMINAL, 0.743),
        (FOUR_OBSERVERS, ORDINAL, 0.815),
        (FOUR_OBSERVERS, INTERVAL_SCALE, 0.849),
    ],
    ids=["two-values", "five-values", "missing", "missing-ordinal", "missing-interval"],
)
def test_the_examples_of_krippendorff_2011_come_out(coders: tuple[str, ...], scale: Scale, published: float) -> None:
    assert measure(units(*coders), scale).alpha == pytest.approx(published, abs=0.0005)


def test_units_that_one_coder_coded_have_no_part() -> None:
    found = measure(units(*FOUR_OBSERVERS), NOMINAL)
    assert (found.n_units, found.n_codings) == (11, 40)


def test_agreement_is_the_share_of_agreeing_pairs_averaged_over_units() -> None:
    assert measure([[1, 1, 1], [1, 1, 2], [1, 2], [1]], NOMINAL).agreement == pytest.approx((1 + 1 / 3 + 0) / 3)


def test_sets_differ_by_the_members_that_only_one_has() -> None:
    # Within: 1/3 once, 0 once. All four values: the pair of each half differs by 1/3, every other pair by 1 or 0.
    coded = [[("chn", "jpn"), ("chn", "jpn", "kor")], [("usa",), ("usa",)]]
    observed = 2 * (1 / 3) / 4
    expected = 2 * (1 / 3 + 4 * 1) / (4 * 3)
    assert measure(coded, SET).alpha == pytest.approx(1 - observed / expected)
    assert measure([[(), ()], [("chn",), ("chn",)]], SET).alpha == 1


@SCALES
@given(coded=CODED)
def test_alpha_is_at_most_one_and_defined_where_values_vary(scale: Scale, coded: Units) -> None:
    alpha = measure(coded, scale).alpha
    assert math.isnan(alpha) == (len(comparable(coded)) < 2)
    assert math.isnan(alpha) or alpha <= 1


@SCALES
@given(pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(2, 4)), min_size=2))
def test_perfect_agreement_is_one_and_so_is_its_interval(scale: Scale, pairs: list[tuple[int, int]]) -> None:
    found = measure([[value] * coders for value, coders in pairs], scale, replicates=200)
    assert found.agreement == 1
    if len({value for value, _ in pairs}) > 1:
        assert (found.alpha, found.low, found.high) == (1, 1, 1)


@SCALES
@given(coded=CODED, seed=st.integers(0, 99))
def test_the_order_of_coders_and_units_changes_nothing(scale: Scale, coded: Units, seed: int) -> None:
    shuffled = [random.Random(seed).sample(unit, len(unit)) for unit in coded]
    assert measure(shuffled, scale, 50) == pytest.approx(measure(coded, scale, 50), nan_ok=True)
    random.Random(seed).shuffle(shuffled)
    assert measure(shuffled, scale).alpha == pytest.approx(measure(coded, scale).alpha, nan_ok=True)


@given(coded=CODED, names=st.permutations(range(5)))
def test_other_names_for_nominal_values_change_nothing(coded: Units, names: list[int]) -> None:
    renamed = [[names[value] for value in unit] for unit in coded]
    assert measure(renamed, NOMINAL, 50) == pytest.approx(measure(coded, NOMINAL, 50), nan_ok=True)


@given(coded=CODED, step=st.integers(1, 9), start=st.integers(-9, 9))
def test_an_interval_scale_has_no_unit_and_an_ordinal_one_no_distances(coded: Units, step: int, start: int) -> None:
    stretched = [[start + step * value for value in unit] for unit in coded]
    assert measure(stretched, INTERVAL_SCALE).alpha == pytest.approx(measure(coded, INTERVAL_SCALE).alpha, nan_ok=True)
    squared = [[value**2 for value in unit] for unit in coded]
    assert measure(squared, ORDINAL).alpha == pytest.approx(measure(coded, ORDINAL).alpha, nan_ok=True)


@SCALES
def test_the_interval_of_a_replicate_is_the_alpha_of_the_units_drawn(scale: Scale) -> None:
    coded = [unit for unit in units(*FOUR_OBSERVERS) if len(unit) > 1]
    [drawn] = resamples(len(coded), 1, 1).astype(int)
    again = [unit for unit, times in zip(coded, drawn, strict=True) for _ in range(times)]
    found = measure(coded, scale, replicates=1)
    assert found.low == found.high == pytest.approx(measure(again, scale).alpha)


def test_the_interval_is_the_same_whenever_it_is_computed() -> None:
    first, again = (measure(units(*FOUR_OBSERVERS), NOMINAL, 2000) for _ in range(2))
    assert first == again
    assert first.low < first.alpha < first.high
    # These numbers may not change with a version of NumPy.
    assert resamples(3, 2, 2011).tolist() == [[2, 1, 0], [1, 2, 0]]


def test_what_is_not_defined_is_nan() -> None:
    assert math.isnan(measure([[1, 1], [1, 1]], NOMINAL, 9).alpha)
    assert math.isnan(measure([[1, 2]], NOMINAL, 9).low)
    nothing = measure([[1], []], NOMINAL, 9)
    assert nothing.n_units == 0
    assert math.isnan(nothing.agreement)
