"""``events_flat``: one row per event with what other tables say of it, as CSV and Parquet."""

from pathlib import Path

from communique.dataset import Dataset
from communique.views import flat_schema, flat_table
from communique_tools.release import csv, parquet


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:  # noqa: ARG001
    """The view into ``views/``."""
    table = flat_table(dataset)
    return [
        csv.write_rows(flat_schema(), table.to_pylist(), folder / "views" / "events_flat.csv"),
        parquet.write_table(table, folder / "views" / "events_flat.parquet"),
    ]
