"""How true the records are: what an auditor, who coded none of them, judged from their pages.

In ``codings`` the fields that begin with ``audit_`` hold a verdict on a unit: ``right``, ``wrong``, or ``unclear``
where the pages at hand do not decide. Precision is the share that is right among those decided. It says how true the
rows are that are there, not how many are missing.
"""

from collections.abc import Iterable
from math import sqrt

import pandas as pd

from communique.dataset import Dataset
from communique.frames import Row, to_rows
from communique.reliability import AUDIT, frame
from communique.schemas import table_schema

EVENT_FIELDS = ("happened", "day", "parties", "persons", "place", "status")
SPAN_FIELDS = ("words",)
FIELDS = {"events": EVENT_FIELDS, "spans": SPAN_FIELDS}
"""What is judged, by the table that a unit is a row of."""
RIGHT, WRONG, UNCLEAR = "right", "wrong", "unclear"
VERDICTS = (RIGHT, WRONG, UNCLEAR)
_Z = 1.959963984540054  # the normal quantile of a 95 % interval

_COLUMNS = {
    "coding_round": "int64",
    "field": "str",
    "n_units": "int64",
    "n_right": "int64",
    "n_wrong": "int64",
    "n_unclear": "int64",
    "precision": "float64",
    "low": "float64",
    "high": "float64",
}


def is_verdict(row: Row) -> bool:
    """Whether a row of ``codings`` judges a record instead of coding it anew."""
    return str(row["field"]).startswith(AUDIT)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a share (E. B. Wilson, JASA 22, 1927, 209–212); NaN twice without trials."""
    if not trials:
        return float("nan"), float("nan")
    share, weight = successes / trials, _Z**2 / trials
    middle = (share + weight / 2) / (1 + weight)
    half = _Z / (1 + weight) * sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def _verdict(row: Row) -> str:
    if row["coded"] not in VERDICTS:
        expected = ", ".join(map(repr, VERDICTS))
        raise ValueError(
            f"codings {row['unit_id']}, {row['coder']}, {row['field']}: {row['coded']!r} is no verdict; "
            f"expected one of {expected}"
        )
    return str(row["coded"])


def _measured(number: int, field: str, verdicts: list[str]) -> Row:
    right, wrong = verdicts.count(RIGHT), verdicts.count(WRONG)
    low, high = wilson(right, right + wrong)
    return {
        "coding_round": number,
        "field": field.removeprefix(AUDIT),
        "n_units": len(verdicts),
        "n_right": right,
        "n_wrong": wrong,
        "n_unclear": verdicts.count(UNCLEAR),
        "precision": right / (right + wrong) if right + wrong else float("nan"),
        "low": low,
        "high": high,
    }


def audit_of(codings: Iterable[Row]) -> pd.DataFrame:
    """The same as :func:`audit`, from the rows of ``codings``."""
    verdicts: dict[tuple[int, str], list[str]] = {}
    for row in codings:
        if is_verdict(row):
            verdicts.setdefault((row["coding_round"], row["field"]), []).append(_verdict(row))
    return frame([_measured(number, field, given) for (number, field), given in sorted(verdicts.items())], _COLUMNS)


def audit(dataset: Dataset) -> pd.DataFrame:
    """The precision of every field that was audited, one row per round and field.

    Columns: ``coding_round``, ``field``, ``n_units`` judged, ``n_right``, ``n_wrong``, ``n_unclear``; ``precision`` is
    right among right and wrong, ``low`` to ``high`` its 95 % Wilson interval; NaN where nothing was decided.

    Raises:
        ValueError: when a verdict is none of the three words.
    """
    return audit_of(to_rows(dataset.codings, table_schema("codings")))
