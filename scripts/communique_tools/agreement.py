"""The tables of agreement as people read them: in the command and in the notes of a release."""

from typing import TYPE_CHECKING

from communique_tools.measures import interval, number, records

if TYPE_CHECKING:
    import pandas as pd

HEADER = ("round", "field", "scale", "units", "coders", "codings", "blind", "agreement", "alpha", "95 % interval")


def cells(measured: "pd.DataFrame") -> list[tuple[str, ...]]:
    """A row of cells under ``HEADER`` for each field, scale and round; numbers to three decimals."""
    return [
        (
            str(row["coding_round"]),
            " ".join(row["field"].split()),
            row["scale"],
            *(str(row[name]) for name in ("n_units", "n_coders", "n_codings", "n_blind")),
            number(row["agreement"]),
            number(row["alpha"]),
            interval(row),
        )
        for row in records(measured)
    ]


def sentences(found: "pd.DataFrame") -> list[str]:
    """For each round, how many of the units that any coder found were found by all."""
    return [
        f"round {row['coding_round']}: {row['n_found_by_all']} of {row['n_units']} units found by all coders, "
        f"share {number(row['share'])}, 95 % interval {interval(row)}"
        for row in records(found)
    ]
