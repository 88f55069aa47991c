"""Loading a dataset from the folder of a release, checked against its manifest.

>>> import communique
>>> dataset = communique.load()  # doctest: +SKIP
>>> dataset = communique.load("communique-2026.11.0")  # doctest: +SKIP

A folder holds one Parquet file per table, itself or in ``parquet/``, and mostly a ``manifest.json``. Nothing
is fetched from anywhere, nothing is unpacked, and nothing but Parquet and JSON is read.
"""

import os
import re
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from communique.content import content_sha256
from communique.dataset import Dataset
from communique.frames import to_frame
from communique.manifest import (
    DamagedDataError,
    DeclaredTable,
    ForgedDataError,
    Manifest,
    MissingDataError,
    check_file,
    is_regular,
    read_manifest,
)
from communique.schemas import table_schema, table_schemas
from communique.version import __version__

__all__ = [
    "VARIABLE",
    "DamagedDataError",
    "ForgedDataError",
    "MissingDataError",
    "OtherSchemaError",
    "find",
    "load",
    "read_tables",
]

VARIABLE = "COMMUNIQUE_DATA"
"""The environment variable that names the folder to load."""

_LISTED = re.compile(r"(?:parquet/)?([^/]+\.parquet)")
MOST_ROWS = 10_000_000
"""In one table; a file of some kilobytes can declare thousands of millions of rows and fill the memory."""


class OtherSchemaError(ValueError):
    """A table whose columns are not those of this version of the schemas."""


def find(path: str | Path | None = None) -> Path:
    """The folder of the dataset: the argument, else ``COMMUNIQUE_DATA``, else a checkout, else the package.

    Raises:
        MissingDataError: when the folder named does not exist, or none of the usual ones does.
    """
    named = path or os.environ.get(VARIABLE)
    if named:
        folder = Path(named)
        if not folder.is_dir():
            origin = "" if path else f" (named by {VARIABLE})"
            found = "is no folder; unpack the release first" if folder.exists() else "no such folder"
            raise MissingDataError(f"{folder}{origin}: {found}; expected the folder of a release")
        return folder
    package = Path(__file__).resolve().parent
    usual = [package / "tables_data"]
    if package.parent.name == "schema":  # a checkout keeps the package below schema/
        usual.insert(0, package.parents[1] / "dataset" / "tables")
    for folder in usual:
        if folder.is_dir():
            return folder
    raise MissingDataError(f"no dataset is installed; name the folder of a release, or set {VARIABLE}")


def _read(path: Path) -> pyarrow.Table:
    if not is_regular(path):
        raise DamagedDataError(f"{path}: is no file of its own; a release holds no links")
    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            if file.metadata.num_rows > MOST_ROWS:
                raise DamagedDataError(f"{path}: declares {file.metadata.num_rows} rows, more than {MOST_ROWS}")
            table = file.read()
        table.validate(full=True)
    except (pyarrow.ArrowException, OSError) as error:
        raise DamagedDataError(f"{path}: is truncated or no Parquet file") from error
    return table


def _rows(path: Path, table: pyarrow.Table) -> list[dict[str, Any]]:
    try:
        return list(table.to_pylist())
    except (pyarrow.ArrowException, ValueError, OverflowError) as error:  # a day beyond the calendar, a name twice
        raise DamagedDataError(f"{path}: holds a value that cannot be read: {error}") from error


def _check_listed(folder: Path, paths: list[Path], manifest: Manifest) -> None:
    """Compare the Parquet files of the tables with what the manifest declares of them."""
    inner = folder / "parquet" if (folder / "parquet").is_dir() else folder
    found = {name: match[1] for name in manifest.files if (match := _LISTED.fullmatch(name))}
    for name, base in found.items():
        check_file(inner / base, manifest.files[name])
    for path in paths:
        if path.name not in found.values():
            raise ForgedDataError(f"{path}: the manifest does not list it")


def _check_content(folder: Path, name: str, rows: list[dict[str, Any]] | None, declared: DeclaredTable) -> None:
    """Compare the rows of a table with what the manifest declares of them."""
    if rows is None:
        raise MissingDataError(f"{folder}: table {name} is missing, but the manifest lists it")
    try:
        found = content_sha256(rows)
    except (TypeError, ValueError):  # a value that no column of any release holds
        found = ""
    if found != declared.content_sha256 or len(rows) != declared.rows:
        raise ForgedDataError(f"{folder}: the rows of {name} are not those that the manifest declares")


def read_tables(folder: Path) -> dict[str, pyarrow.Table]:
    """The tables that lie in a folder, as they were written, with the columns that they had then.

    Raises:
        MissingDataError: when there is none, or a file that the manifest lists is not there.
        DamagedDataError: when a file is truncated or no Parquet.
        ForgedDataError: when a file is not the one that the manifest declares.
    """
    manifest = read_manifest(folder)
    inner = folder / "parquet"
    paths = sorted((inner if inner.is_dir() else folder).glob("*.parquet"))
    if manifest:
        _check_listed(folder, paths, manifest)
    if not paths:
        raise MissingDataError(f"{folder}: holds no tables; expected events.parquet and its like")
    tables = {path.stem: _read(path) for path in paths}
    rows = {path.stem: _rows(path, tables[path.stem]) for path in paths}
    for name, declared in (manifest.tables if manifest else {}).items():
        _check_content(folder, name, rows.get(name), declared)
    return tables


def with_columns(name: str, table: pyarrow.Table) -> pyarrow.Table:
    """A table with exactly the columns of its model; one that came with a later version of the schemas is null.

    Raises:
        OtherSchemaError: when the columns differ otherwise in name, order or type.
    """
    found = {field.name: field.type for field in table.schema}
    columns = {column.name: column for column in table_schema(name).columns}
    added = {column for column in columns if columns[column].since and column not in found}
    expected = {column: columns[column].arrow for column in columns if column not in added}
    for column in (*expected, *found):
        if expected.get(column) != found.get(column):
            wanted, have = expected.get(column, "no such column"), found.get(column, "none")
            raise OtherSchemaError(f"{name}.{column}: expected {wanted}, found {have}")
    if list(expected) != table.column_names:
        raise OtherSchemaError(f"{name}: expected the columns {', '.join(columns)}, each once and in this order")
    nulls = {column: pyarrow.nulls(len(table), columns[column].arrow) for column in added}
    return pyarrow.table({column: nulls[column] if column in added else table[column] for column in columns})


def load(path: str | Path | None = None) -> Dataset:
    """The dataset in a folder; without one, the folder that :func:`find` finds.

    Raises:
        MissingDataError: when there is no dataset, or a file of it is missing.
        DamagedDataError: when a file is truncated.
        ForgedDataError: when a file is not the one that was published.
        OtherSchemaError: when it was written by another version of the schemas.
    """
    folder = find(path)
    tables = read_tables(folder)
    try:
        for name in table_schemas():
            if name not in tables:
                raise MissingDataError(f"{folder}: table {name} is missing")
            tables[name] = with_columns(name, tables[name])
    except OtherSchemaError as error:
        manifest = read_manifest(folder)
        written = f"; written with schemas {manifest.schema_version}, these are {__version__}" if manifest else ""
        raise OtherSchemaError(f"{folder}: {error}{written}") from error
    return Dataset({name: to_frame(tables[name]) for name in table_schemas()})
