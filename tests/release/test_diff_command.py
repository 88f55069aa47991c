"""The command that compares two states: what it takes, what it shows, and its exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from communique.dataset import Dataset
from communique_tools.commands.diff import command
from communique_tools.release.edition import DRAFT, table_contents
from communique_tools.release.parquet import write_tables

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def other(small: Dataset, rows: Rows) -> Dataset:  # noqa: ARG001 - small comes first
    rows["actors"][0]["name"] = "China"
    rows["event_topics"][0]["topic"] = "environment"
    return Dataset.from_rows(rows)


@pytest.fixture
def run(small: Dataset, other: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, where ``a`` and ``b`` are folders of tables."""
    for name, dataset in {"a": small, "b": other}.items():
        write_tables(table_contents(dataset), tmp_path / name, DRAFT)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(command, arguments)


def test_the_command_returns_0_for_the_same_and_1_for_others(run: Callable[..., Result]) -> None:
    same, text = run("a", "a"), run("a", "b")
    assert (same.exit_code, same.output) == (0, "")
    assert text.exit_code == 1
    assert "~ actors  chn  name: CHN → China\n" in text.output


def test_the_command_writes_json(run: Callable[..., Result]) -> None:
    found = run("a", "b", "--format", "json")
    assert found.exit_code == 1
    document = json.loads(found.stdout)
    assert (document["from"], document["to"]) == ("a", "b")
    assert [change["kind"] for change in document["changes"]] == ["added", "removed", "changed"]
    assert document["changes"][2] == {
        "table": "actors",
        "key": "chn",
        "kind": "changed",
        "column": "name",
        "before": "CHN",
        "after": "China",
        "reason": None,
    }


def test_the_command_sums_up(run: Callable[..., Result]) -> None:
    summary = run("a", "b", "--format", "summary")
    assert summary.output == "event_topics: 1 added, 1 removed\nactors: 1 changed\n"


def test_the_command_gives_the_reason(run: Callable[..., Result], rows: Rows, tmp_path: Path) -> None:
    rows["actors"][0]["name"] = "China"
    rows["changes"] = [
        {
            "change_id": "c1",
            "table_name": "actors",
            "row_id": "chn",
            "column_name": "name",
            "change_kind": "correction",
            "reason": "Spelt out.",
            "release_id": "2026.12.0",
        }
    ]
    write_tables(table_contents(Dataset.from_rows(rows)), tmp_path / "c", DRAFT)
    assert "~ actors  chn  name: CHN → China  (Spelt out.)\n" in run("a", "c").output


def test_the_command_takes_releases_and_records(
    run: Callable[..., Result], folder: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    document = json.loads(run(str(folder), "records", "--format", "json").stdout)
    assert (document["from"], document["to"]) == ("2026.11.0", "records")
    tables = {change["table"] for change in document["changes"]}
    assert tables == {"terms", "crosswalk"}  # of which the small release holds a part
    assert run(str(checkout / "dataset"), "records").exit_code == 0


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere", "nowhere: no such folder; expected the folder of a release"),
        ("file.zip", "file.zip: is no folder; unpack the release first; expected the folder of a release"),
        (".", ".: holds no tables; expected events.parquet and its like"),
        ("records", "no dataset/records here or above; run this in a checkout of communique"),
    ],
)
def test_the_command_says_in_one_line_what_it_cannot_read(
    run: Callable[..., Result], tmp_path: Path, place: str, message: str
) -> None:
    (tmp_path / "file.zip").write_bytes(b"PK\3\4")
    result = run(place, "a")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {message}\n")
