"""Generated tables: wide and convenient, derived from the dataset, never edited.

>>> from communique import load
>>> from communique.views import plans
>>> plans(load())[["event_id", "planned_edtf", "actual_edtf", "slip_low_days"]]  # doctest: +SKIP

To add a view, add a module with its columns and rows, and name it in :data:`VIEWS`.
"""

from typing import TYPE_CHECKING

from communique.schemas import TableSchema
from communique.views import event_parties as _event_parties
from communique.views import events_flat as _events_flat
from communique.views import plans as _plans
from communique.views.base import Rows, View

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow

    from communique.dataset import Dataset

__all__ = ["VIEWS", "View", "event_parties", "events_flat", "plans", "view_rows", "view_schemas", "view_table"]

VIEWS: dict[str, View] = {
    "events_flat": _events_flat.VIEW,
    "event_parties": _event_parties.VIEW,
    "plans": _plans.VIEW,
}
"""Every view by name, in the order in which they are best read."""


def view_schemas() -> dict[str, TableSchema]:
    """The description of every view, by name."""
    return {name: view.schema() for name, view in VIEWS.items()}


def view_rows(name: str, rows: Rows) -> list[dict[str, object]]:
    """The rows of a view, sorted by its key, from the rows of the tables.

    Raises:
        KeyError: when there is no such view.
    """
    view = VIEWS[name]
    schema = view.schema()
    return sorted(view.rows(rows), key=lambda row: [str(row[part]) for part in schema.key])


def view_table(name: str, rows: Rows) -> "pyarrow.Table":
    """A view as an Arrow table.

    Raises:
        KeyError: when there is no such view.
    """
    import pyarrow

    schema, content = VIEWS[name].schema(), view_rows(name, rows)
    columns = [pyarrow.array([row[c.name] for row in content], type=c.arrow) for c in schema.columns]
    return pyarrow.Table.from_arrays(columns, schema=schema.arrow())


def _frame(name: str, dataset: "Dataset") -> "pd.DataFrame":
    from communique.frames import to_frame

    return to_frame(view_table(name, dataset.rows()))


def events_flat(dataset: "Dataset") -> "pd.DataFrame":
    """One row per event, with its series, place, parties, persons, topics and counts: the default download."""
    return _frame("events_flat", dataset)


def event_parties(dataset: "Dataset") -> "pd.DataFrame":
    """One row per event and party: in which roles, by whom, at which level."""
    return _frame("event_parties", dataset)


def plans(dataset: "Dataset") -> "pd.DataFrame":
    """One row per step of a plan: the date planned then, the date on which it came true, and the days between."""
    return _frame("plans", dataset)
