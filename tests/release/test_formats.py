"""What the formats hold is what the dataset says."""

import csv as reader
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as files

from communique.content import content_sha256
from communique.schemas import TableSchema
from communique.version import __version__
from communique_tools.release import csv, jsonl, parquet, sqlite
from communique_tools.release.csv import guarded, unguarded
from communique_tools.release.edition import Content, Edition

Row = dict[str, Any]
EVENT = "chn-jpn-working-2024"
READ: dict[str, Callable[[str], Any]] = {
    "string": unguarded,
    "int64": int,
    "double": float,
    "bool": {"true": True, "false": False}.__getitem__,
    "date32": date.fromisoformat,
}


def from_csv(schema: TableSchema, path: Path) -> list[Row]:
    """The rows of a CSV file, read as the codebook says that it is to be read."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {
                column.name: READ[column.type](row[column.name]) if row[column.name] else None
                for column in schema.columns
            }
            for row in reader.DictReader(file)
        ]


def from_sqlite(schema: TableSchema, path: Path) -> list[Row]:
    kinds: dict[str, Callable[[Any], Any]] = {"bool": bool, "date32": date.fromisoformat}
    with closing(sqlite3.connect(path)) as connection:
        cells = connection.execute(f'SELECT * FROM "{schema.name}"').fetchall()
    return [
        {
            column.name: None if value is None else kinds.get(column.type, lambda same: same)(value)
            for column, value in zip(schema.columns, row, strict=True)
        }
        for row in cells
    ]


@given(st.text() | st.from_regex(r"'*[=+\-@].*"))
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


def test_csv_guards_texts_but_not_numbers(released: Path) -> None:
    with (released / "csv" / "statements.csv").open(encoding="utf-8", newline="") as file:
        assert next(iter(reader.DictReader(file)))["gist"] == "'=Talks may go on."
    with (released / "csv" / "places.csv").open(encoding="utf-8", newline="") as file:
        assert next(iter(reader.DictReader(file)))["lon"] == "-77.04"


def places(edition: Edition) -> list[tuple[str, Content, str]]:
    tables = [(name, content, "csv") for name, content in edition.tables.items()]
    return [*tables, *((name, content, "views") for name, content in edition.views.items())]


def test_every_format_holds_the_same_rows(edition: Edition, tmp_path: Path) -> None:
    for write in (csv.write, jsonl.write, parquet.write, sqlite.write):
        write(edition, tmp_path)
    for name, content, folder in places(edition):
        expected = content_sha256(content.rows)
        assert content_sha256(from_csv(content.schema, tmp_path / folder / f"{name}.csv")) == expected, name
        assert content_sha256(from_sqlite(content.schema, tmp_path / "communique.sqlite")) == expected, name
        stored = tmp_path / ("parquet" if folder == "csv" else folder) / f"{name}.parquet"
        assert content_sha256(files.ParquetFile(stored).read().to_pylist()) == expected, name
    for name, content in edition.tables.items():
        lines = (tmp_path / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert content_sha256(map(json.loads, lines)) == content_sha256(content.rows), name


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.text() | st.none() | st.dates()), max_size=5))
def test_a_content_hash_does_not_depend_on_order(rows: list[Row]) -> None:
    turned = [dict(reversed(row.items())) for row in reversed(rows)]
    assert content_sha256(rows) == content_sha256(turned)


@pytest.mark.parametrize("name", ["status_steps", "plans"])
def test_a_parquet_footer_holds_its_part_of_the_codebook(released: Path, edition: Edition, name: str) -> None:
    path = released / ("parquet" if name in edition.tables else "views") / f"{name}.parquet"
    told = json.loads(files.read_metadata(path).metadata[b"codebook"])
    schema, rows = edition.contents[name].schema, edition.contents[name].rows
    assert (told["table"], told["description"], told["rows"]) == (name, schema.description, len(rows))
    assert (told["version"], told["schema_version"]) == ("2026.11.0", __version__)
    for column, declared in zip(told["columns"], schema.columns, strict=True):
        values = [row[declared.name] for row in rows]
        assert (column["name"], column["description"]) == (declared.name, declared.description)
        assert column["observed"]["nulls"] == values.count(None)
        assert column["observed"]["null_share"] == round(values.count(None) / len(values), 4)
        assert column["observed"]["distinct"] == len({*values} - {None})
    assert told["vocabularies"]["status"]["lapsed"].endswith(".")


def test_a_parquet_field_says_what_it_means_and_never_holds(released: Path) -> None:
    schema = files.read_schema(released / "parquet" / "places.parquet")
    assert schema.metadata[b"schema_version"] == __version__.encode()
    assert schema.metadata[b"version"] == b"2026.11.0"
    assert schema.field("lat").metadata == {b"description": b"Latitude.", b"unit": b"degrees north, WGS 84"}
    assert schema.field("place_kind").metadata[b"vocabulary"] == b"place_kind"
    assert schema.field("country_id").metadata[b"foreign_key"] == b"actors"
    assert not schema.field("place_id").nullable


def test_the_database_keeps_its_references(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "communique.sqlite")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE places SET country_id = 'nowhere'")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE event_parties SET party_id = 'nowhere' WHERE party_id = 'chn'")


def test_the_database_finds_words(released: Path) -> None:
    with closing(sqlite3.connect(released / "communique.sqlite")) as connection:
        found = connection.execute("SELECT row_id FROM search WHERE search MATCH 'talks' ORDER BY row_id")
        assert found.fetchall() == [(EVENT,), (f"{EVENT}/hope",)]


def test_the_database_says_which_release_it_is(released: Path) -> None:
    with closing(sqlite3.connect(released / "communique.sqlite")) as connection:
        assert connection.execute("SELECT * FROM release").fetchall() == [("2026.11.0", __version__)]


def test_the_database_does_not_name_the_library_that_wrote_it(released: Path) -> None:
    header = (released / "communique.sqlite").read_bytes()[:100]
    assert int.from_bytes(header[96:], "big") == 3_037_000
