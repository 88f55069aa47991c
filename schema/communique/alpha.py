"""Krippendorff's alpha: how far coders agree beyond chance, for values of any kind and with codings missing.

With m_u values in unit u, n values in all units of at least two, n_c of them equal to c, and a squared difference δ²:

    α   = 1 − D_o / D_e
    D_o = 1/n · Σ_u 1/(m_u − 1) · Σ_{i≠j} δ²(v_ui, v_uj)        (observed within units)
    D_e = 1/(n(n − 1)) · Σ_c Σ_k n_c n_k δ²(c, k)              (expected from all values)

A unit that fewer than two coders coded has no pair to compare and is left out; nothing is filled in. Where every value
is the same nothing can be expected by chance, and alpha is not defined.

Sources: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), for alpha and its differences;
A. Zapf and others, Measuring inter-rater reliability for nominal data, BMC Medical Research Methodology 16:93 (2016),
for the interval: units are drawn with replacement and alpha is computed anew from each draw.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Units = Sequence[Sequence[Any]]
"""The values that each unit was given, in any order; all of one sort that can be hashed and ordered."""

INTERVAL = (0.025, 0.975)
"""The shares of the replicates below the ends of the interval: 95 % lie between."""


class Scale(NamedTuple):
    """A level of measurement: its name, and the squared differences (V×V) of V values that stand so often (V)."""

    name: str
    differences: Callable[[Sequence[Any], Array], Array]
    is_relative: bool = False
    """Whether the differences depend on how often the values stand, so that each replicate has its own."""


class Agreement(NamedTuple):
    """How far coders agree; what is not defined is NaN.

    ``n_units`` units were coded by at least two, ``n_codings`` values stand in them. ``agreement`` is the share of
    pairs of coders with the same value, averaged over units. ``low`` to ``high`` is the 95 % interval of ``alpha``.
    """

    n_units: int
    n_codings: int
    agreement: float
    alpha: float
    low: float
    high: float


def _nominal(values: Sequence[Any], _: Array) -> Array:
    return 1 - np.eye(len(values))


def _interval(values: Sequence[float], _: Array) -> Array:
    numbers = np.asarray(values, dtype=np.float64)
    return (numbers[:, None] - numbers[None, :]) ** 2


def _ordinal(_: Sequence[Any], totals: Array) -> Array:
    # Krippendorff counts the values from c to k, those at both ends by half: the distance of their mean ranks.
    ranks = np.cumsum(totals) - totals / 2
    return (ranks[:, None] - ranks[None, :]) ** 2


def _jaccard(values: Sequence[Sequence[str]], _: Array) -> Array:
    def difference(left: set[str], right: set[str]) -> float:
        return 1 - len(left & right) / len(left | right) if left or right else 0.0

    sets = [set(value) for value in values]
    return np.array([[difference(left, right) for right in sets] for left in sets], dtype=np.float64)


NOMINAL = Scale("nominal", _nominal)
"""δ² is 0 for the same value, else 1."""
ORDINAL = Scale("ordinal", _ordinal, is_relative=True)
"""δ² is the square of how many values stand from one to the other, those at both ends counted by half."""
INTERVAL_SCALE = Scale("interval", _interval)
"""δ² is the square of the difference."""
SET = Scale("set", _jaccard)
"""δ² is the Jaccard distance of two sets: the share of their members that only one has; 0 for two empty sets."""


def resamples(n_units: int, replicates: int, seed: int) -> Array:
    """How often each unit is drawn in each replicate (replicates × units)."""
    # Not the newer Generator, whose stream NumPy may change: this one is frozen, so that anyone gets the same numbers.
    random = np.random.RandomState(seed)
    drawn: Array = random.multinomial(n_units, np.full(n_units, 1 / n_units), size=replicates).astype(np.float64)
    return drawn


def bounds(replicated: Array) -> tuple[float, float]:
    """The ends of the percentile interval; replicates in which nothing is defined are left out."""
    defined = replicated[np.isfinite(replicated)]
    if not defined.size:
        return np.nan, np.nan
    low, high = np.quantile(defined, INTERVAL)
    return float(low), float(high)


def _alphas(weights: Array, counts: Array, differences: Array) -> Array:
    """One alpha for each row of weights (replicates × units), from how often each unit has each value (units × V)."""
    within = ((counts @ differences) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    totals = weights @ counts
    n = totals.sum(axis=1)
    observed = weights @ within / n
    expected = ((totals @ differences) * totals).sum(axis=1) / (n * (n - 1))
    ratios: Array = np.full(len(weights), np.nan)
    np.divide(observed, expected, out=ratios, where=expected > 0)
    return 1 - ratios


def _weighted(weights: Array, counts: Array, values: Sequence[Any], scale: Scale) -> Array:
    if not scale.is_relative:
        return _alphas(weights, counts, scale.differences(values, counts.sum(axis=0)))
    each = [_alphas(row[None, :], counts, scale.differences(values, row @ counts)) for row in weights]
    return np.concatenate(each) if each else np.empty(0)


def agreement(units: Units, scale: Scale, *, replicates: int, seed: int) -> Agreement:
    """Alpha of these units with its interval; no interval where fewer than two units can be compared."""
    pairable = [unit for unit in units if len(unit) > 1]
    if not pairable:
        return Agreement(0, 0, np.nan, np.nan, np.nan, np.nan)
    values = sorted({value for unit in pairable for value in unit})
    position = {value: index for index, value in enumerate(values)}
    counts = np.zeros((len(pairable), len(values)))
    for row, unit in enumerate(pairable):
        for value in unit:
            counts[row, position[value]] += 1
    sizes = counts.sum(axis=1)
    same = (counts * (counts - 1)).sum(axis=1) / (sizes * (sizes - 1))
    [alpha] = _weighted(np.ones((1, len(pairable))), counts, values, scale)
    low, high = np.nan, np.nan
    if len(pairable) > 1 and np.isfinite(alpha):
        low, high = bounds(_weighted(resamples(len(pairable), replicates, seed), counts, values, scale))
    return Agreement(len(pairable), int(sizes.sum()), float(same.mean()), float(alpha), low, high)
