"""Reading flat tables: a wrong file is refused with its line."""

from pathlib import Path

import pytest

from communique.schemas import table_schemas
from communique_tools.flat import FlatTableError, flat_places, numbered_rows, read_flat, read_value

GOOD = b"event_id,topic\nan-event,security\n"


def _file(folder: Path, content: bytes, name: str = "event_topics.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_rows_come_with_their_lines(tmp_path: Path) -> None:
    rows = list(numbered_rows("event_topics", _file(tmp_path, GOOD)))
    assert rows == [(2, {"event_id": "an-event", "topic": "security"})]


def test_an_empty_cell_is_missing(tmp_path: Path) -> None:
    assert read_flat("event_topics", _file(tmp_path, b"event_id,topic\nan-event,\n"))[0]["topic"] is None


def test_places_are_found_by_key(tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD)
    assert flat_places(tmp_path) == {("event_topics", "an-event security"): (path, 2)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ":1  columns are missing: event_id, topic"),
        (b"\xef\xbb\xbf" + GOOD, ":1  begins with a byte order mark"),
        (b"event_id,topc\n", ":1  unknown column 'topc'; did you mean 'topic'?"),
        (b"event_id,topic,topic\n", ":1  a column stands twice"),
        (b"event_id,topic\nan-event\n", ":2  1 cells, expected 2"),
        (b'event_id,topic\n"an-event,security\n', "no CSV"),
        ("event_id,topic\nan-event,Sécurité\n".encode("cp1252"), "not UTF-8"),
        ("event_id,topic\nan-event,security\n".encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(FlatTableError) as raised:
        read_flat("event_topics", _file(tmp_path, content))
    assert message in str(raised.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "event_topics.csv").mkdir()
    with pytest.raises(FlatTableError, match="is no file; expected the table event_topics in CSV"):
        read_flat("event_topics", tmp_path / "event_topics.csv")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("words", "9" * 30),
        ("words", "1_000"),
        ("words", "٣"),
        ("lat", "nan"),
        ("lat", "1e400"),
        ("retrieved_on", "20230926"),
        ("retrieved_on", "2023-02-30"),
        ("is_disputed", "False"),
    ],
)
def test_a_value_is_typed_in_one_way(column: str, text: str) -> None:
    declared = next(c for schema in table_schemas().values() for c in schema.columns if c.name == column)
    with pytest.raises(ValueError, match=f"{column}: .* is not "):
        read_value(declared, text)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("[2023..", "published_edtf: '[2023..' is no EDTF date"),
        ("2023-02-30", "published_edtf: '2023-02-30' is no EDTF date"),
    ],
)
def test_a_wrong_date_is_refused_with_its_line(tmp_path: Path, cell: str, message: str) -> None:
    header = "source_id,url,publisher_id,published_edtf,lang,source_kind,credits_id,origin_id,retrieved_on,extent"
    text = f"{header}\na-page,,a-paper,{cell},en,readout,,a-page,2026-11-24,whole\n"
    with pytest.raises(FlatTableError) as raised:
        read_flat("sources", _file(tmp_path, text.encode(), "sources.csv"))
    assert f":2  {message}" in str(raised.value)
