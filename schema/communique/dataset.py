"""The dataset: its tables by name, and the states that an id may be in."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from communique.derive import derive
from communique.frames import arrow_table, to_frame, to_rows
from communique.schemas import table_schema, table_schemas
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

    def as_of(self, day: datetime.date | str) -> "Dataset":
        """The dataset as it stood at the end of a day; see :mod:`communique.asof`.

        Raises:
            ValueError: when the day is a text and no ISO date.
        """
        from communique.asof import as_of

        return as_of(self, day)

    def history(self, name: str) -> pd.DataFrame:
        """Everything dated that is said of an id, oldest first; see :func:`communique.history.history`.

        Raises:
            KeyError: when the id was never published.
        """
        from communique.history import history

        return history(self, name)

    def resolve(self, name: str) -> Resolution:
        """What became of an id: of an event or one of its rows, an actor, office, tenure, place, series or source.

        A merged id is followed to the last of its successors, and every reason on the way is given.

        Raises:
            KeyError: when the id was never published.
            ValueError: when its successors lead in a circle.
        """
        if self._holds(name):
            return Resolution("active")
        retired = {row["old_id"]: row for row in to_rows(self.retired_ids, table_schema("retired_ids"))}
        if name not in retired:
            raise KeyError(name)
        chain = [retired[name]]
        while (into := chain[-1]["into_id"]) in retired and not self._holds(into):
            if any(row["old_id"] == into for row in chain):
                raise ValueError(f"{name}: its successors lead in a circle")
            chain.append(retired[into])
        return Resolution(chain[-1]["retired_state"], into, "; ".join(dict.fromkeys(row["reason"] for row in chain)))

    def _holds(self, name: str) -> bool:
        """Whether a row of some table bears an id."""
        return any((self[table][key] == name).any() for table, key in _name_columns().items())


@cache
def _name_columns() -> dict[str, str]:
    """The column in which each table names its rows; tables that name rows of others have none."""
    keys = {table: schema.key for table, schema in table_schemas().items() if table not in {"changes", "retired_ids"}}
    return {table: key[0] for table, key in keys.items() if len(key) == 1}
