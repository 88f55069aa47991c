"""One Parquet or CSV file: its columns hold what they declare, or there is one clear line."""

from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from communique_tools.errors import CannotRun
from communique_tools.release.csv import cell
from communique_tools.validation.targets import file_findings

Rows = list[dict[str, Any]]


def _messages(path: Path, table: str) -> list[str]:
    return [one.finding.message for one in file_findings(path, table)]


def _parquet(folder: Path, rows: Rows, **columns: pyarrow.Array) -> Path:
    """The places as Parquet, some of the columns being others."""
    table = pyarrow.Table.from_pylist(rows)
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, values)
    path = folder / "places.parquet"
    parquet.write_table(table, path)
    return path


@pytest.fixture
def places(truth: dict[str, Rows]) -> Rows:
    return truth["places"][:2]


def test_a_csv_file_such_as_a_release_holds_is_right(places: Rows, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    lines = [",".join(places[0]), *(",".join(map(cell, row.values())) for row in places)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert _messages(path, "places") == []
    path.write_text("\n".join(lines).replace("false", "no", 1), encoding="utf-8")
    assert _messages(path, "places") == ["is_disputed: 'no': expected true or false"]


def test_types_of_the_same_kind_are_read(places: Rows, tmp_path: Path) -> None:
    names = pyarrow.array([row["name"] for row in places], pyarrow.large_string())
    kinds = pyarrow.array([row["place_kind"] for row in places]).dictionary_encode()
    assert _messages(_parquet(tmp_path, places, name=names, place_kind=kinds), "places") == []


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("name", [["a"], ["b"]], "name: expected string, found list<"),
        ("name", [1, 2], "name: expected string, found int64"),
        ("name", [b"a", b"b"], "name: expected string, found binary"),
        ("lat", ["a", "b"], "lat: expected double, found string"),
        ("is_disputed", ["no", "no"], "is_disputed: expected bool, found string"),
    ],
)
def test_a_column_of_another_kind_is_told_once(
    places: Rows, tmp_path: Path, name: str, values: list[Any], message: str
) -> None:
    [found] = _messages(_parquet(tmp_path, places, **{name: pyarrow.array(values)}), "places")
    assert found.startswith(message)


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    table = pyarrow.table({"event_id": ["a"], "topic": ["trade"]})
    parquet.write_table(table.append_column("topic", table["topic"]), tmp_path / "twice.parquet")
    assert _messages(tmp_path / "twice.parquet", "event_topics") == ["column 'topic' stands twice"]
    (tmp_path / "twice.csv").write_text("event_id,topic,topic\na,trade,trade\n", encoding="utf-8")
    assert _messages(tmp_path / "twice.csv", "event_topics") == ["columns stand twice: 'topic'"]


def test_an_unknown_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("event_id,topic,topics\na,trade,x\n", encoding="utf-8")
    assert _messages(path, "event_topics") == ["unknown column 'topics'; did you mean 'topic'?"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ":1  is empty; expected a header"),
        (b"event_id,topic\na,b,c\n", ":2  3 cells, expected 2"),
        (b'event_id,topic\n"a,b\n', "no CSV: unexpected end of data"),
        ("event_id,topic\né,b\n".encode("cp1252"), ":1  not UTF-8"),
    ],
)
def test_a_csv_file_that_is_none_cannot_be_run(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(CannotRun) as refused:
        file_findings(path, "event_topics")
    assert str(refused.value).startswith(str(path))
    assert message in str(refused.value)


def test_a_day_beyond_the_calendar_cannot_be_run(tmp_path: Path) -> None:
    days = pyarrow.array([2**30], pyarrow.date32())
    parquet.write_table(pyarrow.table({"retrieved_on": days}), tmp_path / "late.parquet")
    with pytest.raises(CannotRun, match="is no whole Parquet file"):
        file_findings(tmp_path / "late.parquet", "sources")
