"""The dataset: its tables by name, and the states that an id may be in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from communique.derive import derive
from communique.frames import arrow_table, to_frame, to_rows
from communique.schemas import table_schema
from communique.tables import TABLES


@dataclass(frozen=True)
class Resolution:
    """What became of an id: active, merged into another, withdrawn, or never published."""

    state: str
    into_id: str | None = None
    reason: str | None = None


class Dataset:
    """Every table as a pandas frame: ``dataset.events``, ``dataset.status_steps`` and so on."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = {name: tables[name] for name in TABLES}

    @classmethod
    def from_rows(cls, rows: dict[str, list[dict[str, Any]]]) -> "Dataset":
        """The dataset that typed rows stand for, with every derived column filled."""
        complete = derive({name: rows.get(name, []) for name in TABLES})
        return cls({name: to_frame(arrow_table(name, complete[name])) for name in TABLES})

    def __getattr__(self, name: str) -> pd.DataFrame:
        try:
            tables: dict[str, pd.DataFrame] = self.__dict__["_tables"]
            return tables[name]
        except KeyError:
            raise AttributeError(f"the dataset has no table {name!r}") from None

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every table as a list of dictionaries, with None for what is missing."""
        return {name: to_rows(frame, table_schema(name)) for name, frame in self._tables.items()}

    def resolve(self, event_id: str) -> Resolution:
        """What became of an event's id.

        Raises:
            KeyError: when the id was never published.
        """
        if (self.events["event_id"] == event_id).any():
            return Resolution("active")
        retired = self.retired_ids[self.retired_ids["old_id"] == event_id]
        if retired.empty:
            raise KeyError(event_id)
        last = retired.iloc[-1]
        into = last["into_id"]
        return Resolution(last["retired_state"], None if pd.isna(into) else into, last["reason"])
