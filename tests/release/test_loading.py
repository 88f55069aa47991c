"""What is loaded is what was published, of these schemas, from where it was said to be."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow
import pytest
from pyarrow import parquet as files

from communique.dataset import Dataset
from communique.loading import (
    VARIABLE,
    DamagedDataError,
    MissingDataError,
    OtherSchemaError,
    find,
    load,
    read_tables,
)
from communique.schemas import table_schema
from communique_tools.release.parquet import write_table


def alter(path: Path, change: Callable[[pyarrow.Table], pyarrow.Table]) -> None:
    write_table(change(files.ParquetFile(path).read()), path)


def test_a_release_loads_as_it_was(folder: Path, small: Dataset) -> None:
    loaded = load(folder)
    for name in small:
        pd.testing.assert_frame_equal(loaded[name], small[name])


def test_a_folder_of_tables_needs_no_manifest(tables: Path, small: Dataset) -> None:
    assert load(tables).rows() == small.rows()


def test_the_argument_comes_before_the_variable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "nowhere")
    assert find(folder) == folder
    monkeypatch.setenv(VARIABLE, str(folder))
    assert find() == folder


def test_without_a_name_the_checkout_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert find() == Path(__file__).parents[2] / "dataset" / "tables"


def test_a_folder_that_does_not_exist_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(MissingDataError, match="named by COMMUNIQUE_DATA"):
        load()
    with pytest.raises(MissingDataError, match="holds no tables"):
        load(tmp_path)


def test_an_archive_is_not_unpacked(folder: Path) -> None:
    archive = shutil.make_archive(str(folder), "zip", folder)
    with pytest.raises(MissingDataError, match="is no folder; unpack the release first"):
        load(archive)


def test_a_missing_table_is_missing(folder: Path) -> None:
    (folder / "parquet" / "events.parquet").unlink()
    with pytest.raises(MissingDataError, match=r"events\.parquet: is missing"):
        load(folder)


def test_other_columns_are_another_schema(tables: Path) -> None:
    alter(tables / "places.parquet", lambda table: table.drop_columns(["lat"]))
    with pytest.raises(OtherSchemaError, match=r"places\.lat: expected double, found none"):
        load(tables)


def test_a_column_that_came_later_is_null_in_an_older_release(tables: Path) -> None:
    row = {"exclusion_id": "a-ball", "scope_id": None, "event_id": "a-talk", "description": "A ball.", "reason": "No."}
    newer = pyarrow.Table.from_pylist([row], schema=table_schema("exclusions").arrow())
    write_table(newer, tables / "exclusions.parquet")
    assert load(tables).exclusions["event_id"].tolist() == ["a-talk"]
    write_table(newer.drop_columns(["event_id"]), tables / "exclusions.parquet")
    older = load(tables).exclusions
    assert list(older.columns) == list(row)
    assert older["event_id"].isna().all()
    assert older["reason"].tolist() == ["No."]


def test_a_column_that_stands_twice_is_refused(tables: Path) -> None:
    alter(tables / "places.parquet", lambda table: table.append_column("lat", table.column("lat")))
    with pytest.raises((OtherSchemaError, DamagedDataError), match="places"):
        load(tables)


def test_tables_of_another_schema_can_still_be_compared(tables: Path) -> None:
    alter(tables / "places.parquet", lambda table: table.drop_columns(["lat"]))
    assert "lat" not in read_tables(tables)["places"].column_names
