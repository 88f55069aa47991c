"""What is loaded is what was published, or a clear error."""

from pathlib import Path

import pandas as pd
import pytest
from pyarrow import parquet as files

from communique.dataset import Dataset
from communique.loading import (
    VARIABLE,
    DamagedDataError,
    ForgedDataError,
    MissingDataError,
    OtherSchemaError,
    find,
    load,
)
from communique_tools.release.parquet import write_table, write_tables


def test_a_release_loads_as_it_was(folder: Path, small: Dataset) -> None:
    loaded = load(folder)
    for name in small:
        pd.testing.assert_frame_equal(loaded[name], small[name])


def test_a_folder_of_tables_needs_no_manifest(small: Dataset, tmp_path: Path) -> None:
    write_tables(small, tmp_path / "tables")
    assert load(tmp_path / "tables").rows() == small.rows()


def test_the_argument_comes_before_the_variable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "nowhere")
    assert find(folder) == folder
    monkeypatch.setenv(VARIABLE, str(folder))
    assert find() == folder


def test_a_folder_that_does_not_exist_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(MissingDataError, match="named by COMMUNIQUE_DATA"):
        load()
    with pytest.raises(MissingDataError, match="holds no tables"):
        load(tmp_path)


def test_a_missing_table_is_missing(folder: Path) -> None:
    (folder / "parquet" / "events.parquet").unlink()
    with pytest.raises(MissingDataError, match=r"events\.parquet: is missing"):
        load(folder)


@pytest.mark.parametrize("with_manifest", [True, False])
def test_a_truncated_table_is_damaged(folder: Path, with_manifest: bool) -> None:
    if not with_manifest:
        (folder / "manifest.json").unlink()
    path = folder / "parquet" / "events.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DamagedDataError, match=r"events\.parquet: is truncated"):
        load(folder)


def test_a_manifest_that_is_none_is_damaged(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DamagedDataError, match="is no manifest"):
        load(folder)


def test_another_table_under_the_name_is_forged(folder: Path) -> None:
    path = folder / "parquet" / "actors.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ForgedDataError, match="the manifest says"):
        load(folder)


def test_an_unlisted_table_is_forged(folder: Path) -> None:
    parquet_folder = folder / "parquet"
    (parquet_folder / "more.parquet").write_bytes((parquet_folder / "actors.parquet").read_bytes())
    with pytest.raises(ForgedDataError, match="does not list it"):
        load(folder)


def test_other_columns_are_another_schema(small: Dataset, tmp_path: Path) -> None:
    write_tables(small, tmp_path)
    path = tmp_path / "places.parquet"
    table = files.ParquetFile(path).read()
    write_table(table.drop_columns(["lat"]), path)
    with pytest.raises(OtherSchemaError, match=r"places\.lat: expected double, found none"):
        load(tmp_path)
