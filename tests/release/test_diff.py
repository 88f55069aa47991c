"""The difference of two datasets, pure and as a command."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.dataset import Dataset
from communique.diff import Change, diff, diff_rows
from communique_tools.commands.diff import command
from communique_tools.release.parquet import write_tables

EVENT = "chn-jpn-working-2024"


@pytest.fixture
def other(small: Dataset, rows: dict[str, list[dict[str, Any]]]) -> Dataset:  # noqa: ARG001 - small comes first
    rows["actors"][0]["name"] = "China"
    rows["event_topics"][0]["topic"] = "environment"
    return Dataset.from_rows(rows)


def test_a_dataset_does_not_differ_from_itself(small: Dataset) -> None:
    assert not diff(small, small)


def test_every_difference_is_named_by_table_row_and_column(small: Dataset, other: Dataset) -> None:
    assert diff(small, other).changes == (
        Change("event_topics", f"{EVENT} environment", "added"),
        Change("event_topics", f"{EVENT} trade", "removed"),
        Change("actors", "chn", "changed", "name", "CHN", "China"),
    )


def test_the_way_back_is_the_mirror_image(small: Dataset, other: Dataset) -> None:
    back = diff(other, small)
    assert back.counts() == diff(small, other).counts()
    assert back.changes[-1] == Change("actors", "chn", "changed", "name", "China", "CHN")


def test_a_table_or_column_that_one_side_lacks_is_empty_there(small: Dataset) -> None:
    rows = small.rows()
    older = {name: content for name, content in rows.items() if name != "places"}
    older["actors"] = [{k: v for k, v in row.items() if k != "publisher_kind"} for row in rows["actors"]]
    assert diff_rows(older, rows).changes == (
        Change("actors", "wire", "changed", "publisher_kind", None, "wire"),
        Change("places", "seoul", "added"),
    )


def test_the_command_returns_0_for_the_same_and_1_for_others(small: Dataset, other: Dataset, tmp_path: Path) -> None:
    write_tables(small, tmp_path / "a")
    write_tables(other, tmp_path / "b")
    run = CliRunner().invoke
    same = run(command, [str(tmp_path / "a"), str(tmp_path / "a")])
    assert (same.exit_code, same.output) == (0, "")
    text = run(command, [str(tmp_path / "a"), str(tmp_path / "b")])
    assert text.exit_code == 1
    assert "~ actors  chn  name: CHN → China\n" in text.output
    found = run(command, [str(tmp_path / "a"), str(tmp_path / "b"), "--format", "json"])
    assert [change["kind"] for change in json.loads(found.output)] == ["added", "removed", "changed"]
    summary = run(command, [str(tmp_path / "a"), str(tmp_path / "b"), "--format", "summary"])
    assert summary.output == "event_topics: 1 added, 1 removed\nactors: 1 changed\n"


def test_the_command_says_that_a_folder_holds_no_tables(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path), str(tmp_path)])
    assert result.exit_code == 2
    assert "holds no tables" in result.output
