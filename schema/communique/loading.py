"""Loading a dataset from the folder of a release, checked against its manifest.

>>> import communique
>>> dataset = communique.load()  # doctest: +SKIP
>>> dataset = communique.load("communique-2026.11.0")  # doctest: +SKIP

A folder holds one Parquet file per table, itself or in ``parquet/``, and mostly a ``manifest.json``. Nothing
is fetched from anywhere.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from communique.content import content_sha256
from communique.dataset import Dataset
from communique.frames import to_frame
from communique.schemas import table_schema
from communique.tables import TABLES

VARIABLE = "COMMUNIQUE_DATA"
"""The environment variable that names the folder to load."""


class MissingDataError(FileNotFoundError):
    """There is no dataset where one was looked for, or a file of it is not there."""


class DamagedDataError(ValueError):
    """A file that was a table once: truncated, or no Parquet at all."""


class ForgedDataError(ValueError):
    """A file whose bytes or rows are not those that the manifest declares."""


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
            raise MissingDataError(f"{folder}{origin}: no such folder; expected the folder of a release")
        return folder
    package = Path(__file__).resolve().parent
    for folder in (package.parents[1] / "dataset" / "tables", package / "tables_data"):
        if folder.is_dir():
            return folder
    raise MissingDataError(f"no dataset is installed; name the folder of a release, or set {VARIABLE}")


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder, or None where it has none.

    Raises:
        DamagedDataError: when it is no manifest.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not all(isinstance(manifest[part], dict) for part in ("files", "tables")):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedDataError(f"{path}: is no manifest; fetch the release again") from error
    return dict(manifest)


def check_sum(folder: Path, name: str, declared: dict[str, Any]) -> None:
    """Compare a file with what the manifest declares of it.

    Raises:
        MissingDataError: when the file is not there.
        DamagedDataError: when it is shorter than declared.
        ForgedDataError: when its bytes are others.
    """
    path = folder / name
    if not path.is_file():
        raise MissingDataError(f"{path}: is missing, but the manifest lists it")
    content = path.read_bytes()
    if len(content) < declared["bytes"]:
        raise DamagedDataError(f"{path}: is truncated: {len(content)} of {declared['bytes']} bytes")
    found = hashlib.sha256(content).hexdigest()
    if found != declared["sha256"]:
        raise ForgedDataError(f"{path}: SHA-256 is {found}, the manifest says {declared['sha256']}")


def _table(path: Path) -> pyarrow.Table:
    try:
        with parquet.ParquetFile(path) as file:
            return file.read()
    except (pyarrow.ArrowException, OSError) as error:
        raise DamagedDataError(f"{path}: is truncated or no Parquet file") from error


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
        listed = {name: value for name, value in manifest["files"].items() if name.endswith(".parquet")}
        for name, declared in listed.items():
            check_sum(folder, name, declared)
        for path in paths:
            if path.relative_to(folder).as_posix() not in listed:
                raise ForgedDataError(f"{path}: the manifest does not list it")
    if not paths:
        raise MissingDataError(f"{folder}: holds no tables; expected events.parquet and its like")
    tables = {path.stem: _table(path) for path in paths}
    for name, declared in (manifest["tables"] if manifest else {}).items():
        check_content(folder, name, tables, declared)
    return tables


def check_content(folder: Path, name: str, tables: dict[str, pyarrow.Table], declared: dict[str, Any]) -> None:
    """Compare the rows of a table with what the manifest declares of them.

    Raises:
        MissingDataError: when there is no such table.
        ForgedDataError: when its rows are others.
    """
    if name not in tables:
        raise MissingDataError(f"{folder}: table {name} is missing, but the manifest lists it")
    found = content_sha256(tables[name].to_pylist())
    if found != declared["content_sha256"]:
        raise ForgedDataError(f"{folder}: the rows of {name} are not those that the manifest declares")


def check_columns(name: str, table: pyarrow.Table) -> None:
    """Compare the columns of a table with those of its model.

    Raises:
        OtherSchemaError: when they differ in name, order or type.
    """
    expected = {column.name: column.arrow for column in table_schema(name).columns}
    found = {field.name: field.type for field in table.schema}
    for column in expected.keys() | found.keys():
        if expected.get(column) != found.get(column):
            wanted, have = expected.get(column, "no such column"), found.get(column, "none")
            raise OtherSchemaError(f"{name}.{column}: expected {wanted}, found {have}")
    if list(expected) != list(found):
        raise OtherSchemaError(f"{name}: expected the columns in the order {', '.join(expected)}")


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
    for name in TABLES:
        if name not in tables:
            raise MissingDataError(f"{folder}: table {name} is missing")
        check_columns(name, tables[name])
    return Dataset({name: to_frame(tables[name]) for name in TABLES})
