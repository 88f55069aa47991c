"""Parquet: one file per table, zstd, sorted by key.

The footer carries the Arrow schema with its descriptions and NOT NULL, and the version of the schemas. It
carries no data version: a table that did not change keeps its bytes from release to release.
"""

from pathlib import Path

import pyarrow
from pyarrow import parquet

from communique.dataset import Dataset
from communique.frames import arrow_table
from communique.version import __version__


def write_table(table: pyarrow.Table, path: Path) -> Path:
    """One table as a file whose bytes depend on nothing but its rows and schema."""
    metadata = {**(table.schema.metadata or {}), b"schema_version": __version__.encode()}
    whole = table.combine_chunks().replace_schema_metadata(metadata)  # chunks would show in the bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(
        whole,
        path,
        version="2.6",
        compression="zstd",
        compression_level=9,
        store_schema=True,  # the only home of a column's description
        write_page_checksum=True,
    )
    return path


def write_tables(dataset: Dataset, folder: Path) -> list[Path]:
    """Every table into a folder, ``<table>.parquet``."""
    rows = dataset.rows()
    return [write_table(arrow_table(name, rows[name]), folder / f"{name}.parquet") for name in dataset]


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:  # noqa: ARG001
    """Every table into ``parquet/``."""
    return write_tables(dataset, folder / "parquet")
