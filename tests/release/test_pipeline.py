"""A release is published whole or not at all, and two of one dataset are the same bytes."""

import errno
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from communique.dataset import Dataset
from communique_tools.release import pipeline
from communique_tools.release.edition import Edition
from communique_tools.release.manifest import files
from communique_tools.release.pipeline import Built, Records, ReleaseRefused, Staged, publication, release
from communique_tools.release.staging import StagingError

VERSION = "2026.11.0"


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_two_releases_of_one_dataset_are_byte_identical(ready: Built, released: Path, tmp_path: Path) -> None:
    again = publication(ready, tmp_path / "again")
    assert contents(again.folder) == contents(released)


def test_the_order_of_typed_rows_does_not_show(
    rows: dict[str, list[dict[str, object]]], records: Records, released: Path, tmp_path: Path
) -> None:
    turned = Dataset.from_rows({name: list(reversed(content)) for name, content in rows.items()})
    again = release(replace(records, dataset=turned), VERSION, tmp_path / "again")
    assert contents(again.folder) == contents(released)


def test_a_release_holds_every_format(released: Path) -> None:
    assert {
        "parquet/events.parquet",
        "csv/events.csv",
        "jsonl/events.jsonl",
        "communique.sqlite",
        *(f"views/{name}.{kind}" for name in ("events_flat", "event_parties", "plans") for kind in ("csv", "parquet")),
        "codebook.md",
        "codebook.html",
        "datapackage.json",
        "CITATION.cff",
        "LICENSE",
        "RELEASE_NOTES.md",
        "validation.json",
        "manifest.json",
        "SHA256SUMS",
    } <= set(files(released))


def after(count: int, error: BaseException) -> tuple[pipeline.Writer, ...]:
    """So many writers, and then one that has written a half when the error strikes."""

    def fail(edition: Edition, folder: Path) -> list[Path]:  # noqa: ARG001
        (folder / "half").write_text("half")
        raise error

    return (*pipeline.WRITERS[:count], fail)


@pytest.mark.parametrize("count", range(len(pipeline.WRITERS) + 1))
def test_a_full_disk_leaves_nothing(ready: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(pipeline, "WRITERS", after(count, OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(StagingError, match="release: cannot be written: No space left on device"):
        publication(ready, tmp_path / "build" / "release", tmp_path / "tables")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_when_all_is_written_leaves_nothing(
    ready: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:  # noqa: ARG001
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StagingError, match="No space left on device"):
        publication(ready, tmp_path / "release", tmp_path / "tables")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_nothing(ready: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "WRITERS", after(1, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        publication(ready, tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_finds_no_room_is_a_full_disk(
    ready: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, edition: Edition) -> None:  # noqa: ARG001
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("communique_tools.release.sqlite._fill", full)
    with pytest.raises(StagingError, match="database or disk is full"):
        publication(ready, tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_a_refused_release_writes_nothing(records: Records, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="expected YYYY"):
        release(records, "2026.13.0", tmp_path / "build" / "release")
    assert list(tmp_path.iterdir()) == []


def test_the_same_release_may_stand_already(ready: Built, folder: Path) -> None:
    before = contents(folder)
    again = publication(ready, folder)
    assert not again.is_new
    assert contents(folder) == before


@pytest.mark.parametrize("damage", ["changed", "added", "removed"])
def test_another_release_is_never_overwritten(ready: Built, released: Path, folder: Path, damage: str) -> None:
    if damage == "changed":
        (folder / "codebook.md").write_text("mine")
    elif damage == "added":
        (folder / "mine.txt").write_text("mine")
    else:
        (folder / "codebook.md").unlink()
    before = contents(folder)
    with pytest.raises(StagingError, match=r"exists already and is another \(1 files differ, such as"):
        pipeline.released(Staged(ready, released), folder)
    assert contents(folder) == before


def test_a_file_in_the_place_of_the_release_stays(ready: Built, released: Path, tmp_path: Path) -> None:
    (tmp_path / "release").write_text("mine")
    with pytest.raises(StagingError, match="exists already"):
        pipeline.released(Staged(ready, released), tmp_path / "release")
    assert (tmp_path / "release").read_text() == "mine"
