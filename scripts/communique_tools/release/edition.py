"""What a release says, ready for every writer: tables and views in their final order, and what goes beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow

from communique.dataset import Dataset
from communique.diff import DatasetDiff
from communique.frames import arrow_table
from communique.report import Report
from communique.schemas import TableSchema, table_schema
from communique.views import VIEWS, view_table
from communique_tools.explanations import Identity

Row = dict[str, Any]
DRAFT = "unreleased"
"""What stands for the version in files that belong to no release."""


@dataclass(frozen=True)
class Content:
    """One table or view as it is published: its description, and its rows sorted by key, columns in order."""

    schema: TableSchema
    table: pyarrow.Table
    rows: list[Row]


@dataclass(frozen=True)
class Comparison:
    """The release before this one, and what differs from it."""

    version: str
    diff: DatasetDiff


@dataclass(frozen=True)
class Edition:
    """One release: its version, its tables and views, and the texts and findings that are published with them."""

    version: str
    tables: dict[str, Content]
    views: dict[str, Content] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    changelog: str = ""
    pages: tuple[str, ...] = ()
    citation: str = ""
    license: str = ""
    comparison: Comparison | None = None
    explanations: Mapping[Identity, str] = field(default_factory=dict)
    """Why warnings stay, by code, table and key."""

    @property
    def contents(self) -> dict[str, Content]:
        """Tables, then views, by name."""
        return {**self.tables, **self.views}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table.

        Raises:
            KeyError: when there is no such table.
        """
        return self.tables[table].rows


def table_contents(dataset: Dataset) -> dict[str, Content]:
    """Every table of a dataset, as it is published."""
    found = {}
    for name, rows in dataset.rows().items():
        table = arrow_table(name, rows)
        found[name] = Content(table_schema(name), table, table.to_pylist())
    return found


def view_contents(tables: dict[str, Content]) -> dict[str, Content]:
    """Every view of these tables, as it is published."""
    rows = {name: content.rows for name, content in tables.items()}
    views = {name: view_table(name, rows) for name in VIEWS}
    return {name: Content(VIEWS[name].schema(), table, table.to_pylist()) for name, table in views.items()}
