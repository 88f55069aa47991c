"""The table of figures as people read it: in the command and in the notes of a release."""

from typing import TYPE_CHECKING, Any

from communique_tools.measures import UNDEFINED, records

if TYPE_CHECKING:
    import pandas as pd

HEADER = (
    "",
    "events",
    "two origins",
    "official page",
    "meetings held",
    "with a step before",
    "none found",
    "statements",
)


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count / of:.0f} %)" if of else UNDEFINED


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["value"],
        str(row["n_events"]),
        _share(row["n_two_origins"], row["n_events"]),
        _share(row["n_official"], row["n_events"]),
        str(row["n_meetings_held"]),
        _share(row["n_foreseen"], row["n_meetings_held"]),
        str(row["n_sought_in_vain"]),
        str(row["n_statements"]),
    )


def cells(counted: "pd.DataFrame") -> list[tuple[str, ...]]:
    """A row of cells under ``HEADER`` for each value counted by; shares in whole per cents."""
    return [_line(row) for row in records(counted)]
