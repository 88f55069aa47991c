"""A release is published whole or not at all, and two of one dataset are the same bytes."""

from dataclasses import replace
from pathlib import Path

import pytest

from communique.dataset import Dataset
from communique_tools.release import pipeline
from communique_tools.release.manifest import files
from communique_tools.release.pipeline import Records, ReleaseRefused, release
from communique_tools.release.staging import StagingError, publish, staging

VERSION = "2026.11.0"


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_two_releases_of_one_dataset_are_byte_identical(records: Records, released: Path, tmp_path: Path) -> None:
    again = release(records, VERSION, tmp_path / "again")
    assert contents(again.folder) == contents(released)


def test_a_release_built_again_does_not_compare_itself_with_itself(
    records: Records, released: Path, tmp_path: Path
) -> None:
    last = pipeline.published(released)
    again = release(replace(records, previous=last), VERSION, tmp_path / "again").folder
    assert not list(again.glob("diff-from-*"))
    assert "## What changed" not in (again / "RELEASE_NOTES.md").read_text(encoding="utf-8")


def test_a_release_holds_every_format(released: Path) -> None:
    assert {
        "parquet/events.parquet",
        "csv/events.csv",
        "jsonl/events.jsonl",
        "communique.sqlite",
        "views/events_flat.csv",
        "views/events_flat.parquet",
        "codebook.md",
        "datapackage.json",
        "CITATION.cff",
        "RELEASE_NOTES.md",
        "validation.json",
        "manifest.json",
        "SHA256SUMS",
    } <= set(files(released))


def test_the_order_of_typed_rows_does_not_show(
    rows: dict[str, list[dict[str, object]]], records: Records, released: Path, tmp_path: Path
) -> None:
    turned = Dataset.from_rows({name: list(reversed(content)) for name, content in rows.items()})
    again = release(replace(records, dataset=turned), VERSION, tmp_path / "again")
    assert contents(again.folder) == contents(released)


@pytest.mark.parametrize(("place", "error"), [(0, OSError("disk full")), (len(pipeline.WRITERS), KeyboardInterrupt())])
def test_an_abort_leaves_nothing(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int, error: BaseException
) -> None:
    def fail(dataset: Dataset, folder: Path, version: str) -> list[Path]:  # noqa: ARG001
        (folder / "half").write_text("half")
        raise error

    monkeypatch.setattr(pipeline, "WRITERS", (*pipeline.WRITERS[:place], fail))
    with pytest.raises(type(error)):
        release(records, VERSION, tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_a_refused_release_writes_nothing(records: Records, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="expected YYYY"):
        release(records, "2026.13.0", tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_visible_before_the_rename(tmp_path: Path) -> None:
    target = tmp_path / "release"
    with staging(target) as folder:
        (folder / "file").write_text("x")
        assert not target.exists()
        publish(folder, target)
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_an_existing_target_is_never_overwritten(records: Records, tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    with pytest.raises(StagingError, match="exists already"):
        release(records, VERSION, tmp_path / "release")
    assert list((tmp_path / "release").iterdir()) == []


def test_a_target_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "release"
    with pytest.raises(StagingError, match="exists already"), staging(target) as folder:
        target.mkdir()
        publish(folder, target)
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_two_releases_at_once_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "release"
    with staging(target), pytest.raises(StagingError, match="running"), staging(target):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_release_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "release.partial-1").mkdir()
    (tmp_path / "release.lock").touch()
    with staging(tmp_path / "release"):
        pass
    assert list(tmp_path.iterdir()) == []
