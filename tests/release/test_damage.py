"""A file that was truncated or forged is named in one line; nothing else is opened, and nothing is run."""

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet as files

from communique.loading import DamagedDataError, ForgedDataError, load
from communique_tools.release.parquet import write_table


def alter(path: Path, change: Callable[[pyarrow.Table], pyarrow.Table]) -> None:
    write_table(change(files.ParquetFile(path).read()), path)


@pytest.mark.parametrize("with_manifest", [True, False])
@pytest.mark.parametrize("kept", [0, 3, 200, -9])
def test_a_truncated_table_is_damaged(folder: Path, with_manifest: bool, kept: int) -> None:
    if not with_manifest:
        (folder / "manifest.json").unlink()
    path = folder / "parquet" / "events.parquet"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamagedDataError, match=r"events\.parquet: is truncated"):
        load(folder)


def test_a_flipped_byte_is_found_without_a_manifest(tables: Path) -> None:
    path = tables / "terms.parquet"
    content = bytearray(path.read_bytes())
    content[100] ^= 1  # inside the first page, whose checksum is in the file
    path.write_bytes(content)
    with pytest.raises(DamagedDataError, match=r"terms\.parquet: is truncated or no Parquet file"):
        load(tables)


def test_another_table_under_the_name_is_forged(folder: Path) -> None:
    path = folder / "parquet" / "actors.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ForgedDataError, match="the manifest says"):
        load(folder)
    path.write_bytes(b"x" * (path.stat().st_size - 1))
    with pytest.raises(ForgedDataError, match="has SHA-256"):
        load(folder)


def test_an_unlisted_table_is_forged(folder: Path) -> None:
    parquet_folder = folder / "parquet"
    (parquet_folder / "more.parquet").write_bytes((parquet_folder / "actors.parquet").read_bytes())
    with pytest.raises(ForgedDataError, match="does not list it"):
        load(folder)


def test_a_table_that_is_a_link_is_not_followed(folder: Path, tables: Path) -> None:
    for path in (folder / "parquet" / "actors.parquet", tables / "actors.parquet"):
        path.unlink()
        path.symlink_to("/dev/zero")
        with pytest.raises(DamagedDataError, match="is no file of its own"):
            load(folder if path.is_relative_to(folder) else tables)


def test_a_pipe_is_not_waited_for(tables: Path) -> None:
    (tables / "actors.parquet").unlink()
    os.mkfifo(tables / "actors.parquet")
    with pytest.raises(DamagedDataError, match="is no file of its own"):
        load(tables)


def test_a_manifest_that_leads_elsewhere_opens_nothing(folder: Path) -> None:
    declared = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    declared["files"]["../../secret.parquet"] = {"bytes": 1, "sha256": "a" * 64}
    (folder / "manifest.json").write_text(json.dumps(declared), encoding="utf-8")
    with pytest.raises(DamagedDataError, match=r"'\.\./\.\./secret\.parquet' is no name"):
        load(folder)


def test_a_number_of_rows_other_than_declared_is_forged(folder: Path) -> None:
    declared = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    declared["tables"]["actors"]["rows"] += 1
    (folder / "manifest.json").write_text(json.dumps(declared), encoding="utf-8")
    with pytest.raises(ForgedDataError, match="the rows of actors"):
        load(folder)


class Bomb:
    """Unpickled, it would make a folder."""

    def __init__(self, sign: Path) -> None:
        self.sign = sign

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.sign),)


def test_a_pickle_is_no_table_and_is_not_opened(tables: Path, tmp_path: Path) -> None:
    (tables / "actors.parquet").write_bytes(pickle.dumps(Bomb(tmp_path / "ran")))
    with pytest.raises(DamagedDataError, match="no Parquet file"):
        load(tables)
    assert not (tmp_path / "ran").exists()


def test_a_pickle_in_the_metadata_is_not_opened(tables: Path, tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "ran"))
    metadata = {"ARROW:extension:name": "arrow.py_extension_type", "ARROW:extension:metadata": bomb}

    def mine(table: pyarrow.Table) -> pyarrow.Table:
        return table.cast(pyarrow.schema([table.schema.field(0).with_metadata(metadata), *list(table.schema)[1:]]))

    alter(tables / "actors.parquet", mine)
    load(tables)
    assert not (tmp_path / "ran").exists()


def test_text_that_is_none_is_damaged(tables: Path) -> None:
    def spoil(table: pyarrow.Table) -> pyarrow.Table:
        raw = pyarrow.array([b"\xff\xfe"] * len(table), pyarrow.binary())
        broken = pyarrow.Array.from_buffers(pyarrow.string(), len(raw), raw.buffers())
        return table.set_column(0, table.schema.field(0), broken)

    alter(tables / "actors.parquet", spoil)
    with pytest.raises(DamagedDataError, match=r"actors\.parquet"):
        load(tables)


def test_a_day_beyond_the_calendar_is_damaged(tables: Path) -> None:
    def spoil(table: pyarrow.Table) -> pyarrow.Table:
        position = table.schema.get_field_index("retrieved_on")
        far = pyarrow.array([2**31 - 1] * len(table), pyarrow.int32()).cast(pyarrow.date32())
        return table.set_column(position, table.schema.field(position), far)

    alter(tables / "sources.parquet", spoil)
    with pytest.raises(DamagedDataError, match=r"sources\.parquet: holds a value that cannot be read"):
        load(tables)


def test_a_file_that_would_fill_the_memory_is_not_read(tables: Path) -> None:
    path = tables / "changes.parquet"
    write_table(pyarrow.table({"change_id": pyarrow.nulls(10_400_000, pyarrow.string())}), path)
    assert path.stat().st_size < 30_000
    with pytest.raises(DamagedDataError, match="declares 10400000 rows, more than 10000000"):
        load(tables)
