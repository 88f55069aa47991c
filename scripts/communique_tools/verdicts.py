"""The table of an audit as people read it: in the command and in the notes of a release."""

from typing import TYPE_CHECKING

from communique_tools.measures import interval, number, records

if TYPE_CHECKING:
    import pandas as pd

HEADER = ("round", "field", "units", "right", "wrong", "unclear", "precision", "95 % interval")


def cells(measured: "pd.DataFrame") -> list[tuple[str, ...]]:
    """A row of cells under ``HEADER`` for each field and round; numbers to three decimals."""
    return [
        (
            str(row["coding_round"]),
            " ".join(row["field"].split()),
            *(str(row[name]) for name in ("n_units", "n_right", "n_wrong", "n_unclear")),
            number(row["precision"]),
            interval(row),
        )
        for row in records(measured)
    ]
