"""What was released can be built again, byte for byte, from the records and what was committed of it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from communique.dataset import Dataset
from communique.loading import ForgedDataError, MissingDataError, load
from communique.report import Report
from communique_tools.release import citation, pipeline
from communique_tools.release.manifest import files
from communique_tools.release.pipeline import Records, Released, ReleaseRefused, release
from communique_tools.release.published import published
from communique_tools.release.staging import StagingError

Rows = dict[str, list[dict[str, Any]]]
FIRST, SECOND = "2026.11.0", "2026.12.0"


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def rebuild(records: Records, version: str, target: Path, tables: Path) -> Released:
    return release(replace(records, previous=published(tables)), version, target, tables)


@pytest.fixture(autouse=True, scope="module")
def unchecked() -> Iterator[None]:
    """What is released here was checked already: the rules have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "check", lambda _: Report())
        yield


def small_correction(rows: Rows) -> Rows:
    """A name spelt out, with its reason, and a topic more."""
    actors = [{**row, "name": "China"} if row["actor_id"] == "chn" else row for row in rows["actors"]]
    change = {
        "change_id": "c1",
        "table_name": "actors",
        "row_id": "chn",
        "column_name": "name",
        "change_kind": "correction",
        "reason": "Spelt out.",
        "release_id": SECOND,
    }
    topic = {"event_id": "chn-jpn-working-2024", "topic": "environment"}
    return {**rows, "actors": actors, "changes": [change], "event_topics": [*rows["event_topics"], topic]}


@pytest.fixture(scope="module")
def later(records: Records) -> Records:
    return replace(records, dataset=Dataset.from_rows(small_correction(records.dataset.rows())))


@pytest.fixture(scope="module")
def history(records: Records, later: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases, ``first`` and ``second``, and what was committed of each; no test may touch them."""
    root = tmp_path_factory.mktemp("history")
    rebuild(records, FIRST, root / "first", root / "tables")
    shutil.copytree(root / "tables", root / "first-tables")
    rebuild(later, SECOND, root / "second", root / "tables")
    (root / "tables").rename(root / "second-tables")
    return root


@pytest.fixture
def tables(history: Path, tmp_path: Path) -> Path:
    """What was committed of the first release, to be replaced."""
    return Path(shutil.copytree(history / "first-tables", tmp_path / "tables"))


@pytest.fixture
def later_tables(history: Path, tmp_path: Path) -> Path:
    """What was committed of the second."""
    return Path(shutil.copytree(history / "second-tables", tmp_path / "tables"))


def test_what_is_committed_is_what_was_published(history: Path, small: Dataset) -> None:
    first, tables = history / "first", history / "first-tables"
    assert (tables / "manifest.json").read_bytes() == (first / "manifest.json").read_bytes()
    for path in (first / "parquet").iterdir():
        assert (tables / path.name).read_bytes() == path.read_bytes()
    assert load(tables).rows() == small.rows()


def test_the_first_release_is_built_again_byte_for_byte(
    records: Records, history: Path, tables: Path, tmp_path: Path
) -> None:
    committed = contents(tables)
    again = rebuild(records, FIRST, tmp_path / "again", tables)
    assert contents(again.folder) == contents(history / "first")
    assert again.differing == ()
    assert contents(tables) == committed


def test_a_later_release_with_its_differences_is_too(
    later: Records, history: Path, later_tables: Path, tmp_path: Path
) -> None:
    committed = contents(later_tables)
    assert "diff-from-2026.11.0.json" in committed
    again = rebuild(later, SECOND, tmp_path / "again", later_tables)
    assert contents(again.folder) == contents(history / "second")
    assert again.differing == ()
    assert contents(later_tables) == committed


def test_the_differences_are_published_with_their_reasons(history: Path) -> None:
    second = history / "second"
    document = json.loads((second / "diff-from-2026.11.0.json").read_text(encoding="utf-8"))
    assert (document["from"], document["to"]) == (FIRST, SECOND)
    reasons = {(change["table"], change["kind"]): change["reason"] for change in document["changes"]}
    assert reasons == {
        ("event_topics", "added"): None,
        ("actors", "changed"): "Spelt out.",
        ("changes", "added"): None,
    }
    told = (second / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    assert "Against 2026.11.0: 3 differences.\n- `event_topics`: 1 added\n- `actors`: 1 changed\n" in told
    assert "- `actors chn name` (correction): Spelt out.\n" in told


def test_other_rows_are_never_released_under_a_published_version(later: Records, tables: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match=r"version 2026\.11\.0: expected a later one than 2026\.11\.0"):
        rebuild(later, FIRST, tmp_path / "again", tables)


def test_it_is_told_when_other_files_come_out_than_were_published(
    records: Records, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citation, "versioned", lambda text, version: f"{text}# {version}\n")
    again = rebuild(records, FIRST, tmp_path / "again", tables)
    assert again.differing == ("CITATION.cff",)


def test_a_target_that_is_another_leaves_the_committed_tables_as_they_were(
    later: Records, tables: Path, folder: Path, tmp_path: Path
) -> None:
    committed = contents(tables)
    with pytest.raises(StagingError, match="exists already and is another"):
        rebuild(later, SECOND, folder, tables)
    assert contents(tables) == committed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release", "tables"]


def test_committed_differences_that_were_forged_are_found(later_tables: Path) -> None:
    path = later_tables / "diff-from-2026.11.0.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Spelt out.", "Spelt In!!"), encoding="utf-8")
    with pytest.raises(ForgedDataError, match=r"diff-from-2026\.11\.0\.json: has SHA-256"):
        published(later_tables)
    path.unlink()
    with pytest.raises(MissingDataError, match=r"diff-from-2026\.11\.0\.json: is missing"):
        published(later_tables)


def test_before_the_first_release_nothing_is_published(tmp_path: Path) -> None:
    assert published(tmp_path / "nowhere") is None
