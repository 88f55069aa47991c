"""The tables of agreement as people read them: in the command and in the notes of a release."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

HEADER = ("round", "field", "scale", "units", "coders", "codings", "blind", "agreement", "alpha", "95 % interval")
UNDEFINED = "–"


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of a table of agreement, by name of column."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _number(number: float) -> str:
    return UNDEFINED if math.isnan(number) else f"{number:.3f}"


def _interval(row: dict[str, Any]) -> str:
    return UNDEFINED if math.isnan(row["low"]) else f"{row['low']:.3f} to {row['high']:.3f}"


def cells(measured: "pd.DataFrame") -> list[tuple[str, ...]]:
    """A row of cells under ``HEADER`` for each field, scale and round; numbers to three decimals."""
    return [
        (
            str(row["coding_round"]),
            " ".join(row["field"].split()),
            row["scale"],
            *(str(row[name]) for name in ("n_units", "n_coders", "n_codings", "n_blind")),
            _number(row["agreement"]),
            _number(row["alpha"]),
            _interval(row),
        )
        for row in records(measured)
    ]


def sentences(found: "pd.DataFrame") -> list[str]:
    """For each round, how many of the units that any coder found were found by all."""
    return [
        f"round {row['coding_round']}: {row['n_found_by_all']} of {row['n_units']} units found by all coders, "
        f"share {_number(row['share'])}, 95 % interval {_interval(row)}"
        for row in records(found)
    ]
