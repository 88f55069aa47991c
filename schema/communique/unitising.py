"""How far coders found the same units, which is another question than how they coded what they found.

In ``codings`` the field ``unitising`` says of a unit whether a coder found it: ``present`` or ``absent``.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from communique.alpha import bounds, resamples
from communique.dataset import Dataset
from communique.frames import Row, to_rows
from communique.reliability import REPLICATES, SEED, UNITISING, Coded, coded_fields, frame
from communique.schemas import table_schema

PRESENT, ABSENT = "present", "absent"
_COLUMNS = {
    "coding_round": "int64",
    "n_units": "int64",
    "n_single": "int64",
    "n_coders": "int64",
    "n_found_by_all": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}


def _found(row: Row) -> bool:
    if row["coded"] not in {PRESENT, ABSENT}:
        raise ValueError(
            f"codings {row['unit_id']}, {row['coder']}: {UNITISING} is {row['coded']!r}; "
            f"expected {PRESENT!r} or {ABSENT!r}"
        )
    return bool(row["coded"] == PRESENT)


def _measured(coded: Coded, replicates: int, seed: int) -> Row:
    found = {unit: [_found(row) for row in by.values()] for unit, by in coded.items()}
    compared = {unit: each for unit, each in found.items() if len(each) > 1 and any(each)}
    by_all = np.array([all(each) for each in compared.values()], dtype=np.float64)
    n_units = len(by_all)
    low, high = np.nan, np.nan
    if n_units > 1:
        low, high = bounds(resamples(n_units, replicates, seed) @ by_all / n_units)
    return {
        "n_units": n_units,
        "n_single": sum(len(each) == 1 for each in found.values()),
        "n_coders": len({coder for unit in compared for coder in coded[unit]}),
        "n_found_by_all": int(by_all.sum()),
        "share": float(by_all.mean()) if n_units else np.nan,
        "low": low,
        "high": high,
    }


def unitising_of(
    codings: Iterable[Row], *, coding_round: int | None = None, replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """The same as :func:`unitising`, from the rows of ``codings``."""
    rows = [
        {"coding_round": number, **_measured(coded, replicates, seed)}
        for number, field, coded in coded_fields(codings, coding_round)
        if field == UNITISING
    ]
    return frame(rows, _COLUMNS)


def unitising(
    dataset: Dataset, *, coding_round: int | None = None, replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """The share of units that all coders found: one row per round that has the field ``unitising``, else none.

    Among ``n_units`` units that at least one of two or more coders found, ``share`` is that which all of them found
    (``n_found_by_all``), with its 95 % percentile interval from ``replicates`` draws of units. It is not corrected for
    chance: what nobody found cannot be counted. ``n_single`` units have a row by one coder alone; whether another
    found them is not known, and they are not in the share.

    Raises:
        ValueError: when a coding of that field is neither of the two words.
    """
    rows = to_rows(dataset.codings, table_schema("codings"))
    return unitising_of(rows, coding_round=coding_round, replicates=replicates, seed=seed)
