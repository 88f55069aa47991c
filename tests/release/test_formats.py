"""What the formats hold is what the dataset says."""

import csv as reader
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as files

from communique.content import content_sha256
from communique.dataset import Dataset
from communique.schemas import table_schema
from communique.tables import TABLES
from communique.views import events_flat, flat_schema
from communique.vocabulary import all_terms
from communique_tools.release import csv, datapackage, jsonl, parquet
from communique_tools.release.codebook import codebook
from communique_tools.release.csv import guarded, unguarded


@given(st.text() | st.from_regex(r"'*[=+\-@].*"))
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


def test_csv_guards_texts_but_not_numbers(small: Dataset, tmp_path: Path) -> None:
    csv.write(small, tmp_path, "2026.11.0")
    with (tmp_path / "csv" / "statements.csv").open(encoding="utf-8", newline="") as file:
        assert next(iter(reader.DictReader(file)))["gist"] == "'=Talks may go on."
    with (tmp_path / "csv" / "places.csv").open(encoding="utf-8", newline="") as file:
        assert next(iter(reader.DictReader(file)))["lon"] == "-0.5"


def test_parquet_says_what_a_column_means_and_never_holds(small: Dataset, tmp_path: Path) -> None:
    parquet.write(small, tmp_path, "2026.11.0")
    schema = files.read_schema(tmp_path / "parquet" / "events.parquet")
    assert schema.metadata[b"schema_version"]
    assert schema.field("title").metadata[b"description"].startswith(b"What the event is")
    assert not schema.field("event_id").nullable


def test_json_lines_hold_the_same_content(small: Dataset, tmp_path: Path) -> None:
    jsonl.write(small, tmp_path, "2026.11.0")
    for name, rows in small.rows().items():
        lines = (tmp_path / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert content_sha256(json.loads(line) for line in lines) == content_sha256(rows)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.text() | st.none() | st.dates()), max_size=5))
def test_a_content_hash_does_not_depend_on_order(rows: list[dict[str, object]]) -> None:
    turned = [dict(reversed(row.items())) for row in reversed(rows)]
    assert content_sha256(rows) == content_sha256(turned)


def test_the_flat_view_tells_an_event_in_one_row(small: Dataset) -> None:
    flat = events_flat(small)
    assert list(flat.columns) == [column.name for column in flat_schema().columns]
    assert len(flat.columns) <= 60
    [row] = flat.to_dict("records")
    assert (row["parties"], row["place_name"], row["country_id"]) == ("chn; jpn", "Seoul", "kor")
    assert (row["n_steps"], row["n_statements"], row["first_planned_edtf"]) == (2, 1, "2024-05")
    assert str(row["first_planned_end_on"]) == "2024-05-31"


def test_the_flat_view_has_a_row_for_every_real_event(dataset: Dataset) -> None:
    assert events_flat(dataset)["event_id"].tolist() == dataset.events["event_id"].tolist()


def test_the_codebook_names_every_table_column_and_term(small: Dataset) -> None:
    text = codebook(small, "2026.11.0", "# Decision rules\n")
    for name in TABLES:
        assert f"### {name}\n" in text
        assert all(f"| `{column.name}` |" in text for column in table_schema(name).columns)
    assert all(f"| `{term.term}` |" in text for term in all_terms())
    assert "\n## Decision rules\n" in text


def test_the_data_package_describes_every_file(small: Dataset, tmp_path: Path) -> None:
    [path] = datapackage.write(small, tmp_path, "2026.11.0")
    package = json.loads(path.read_text(encoding="utf-8"))
    by_name = {resource["name"]: resource for resource in package["resources"]}
    assert by_name.keys() == {*TABLES, "events_flat"}
    assert by_name["events"]["schema"]["primaryKey"] == ["event_id"]
    references = by_name["participants"]["schema"]["foreignKeys"]
    assert references[0] == {"fields": "event_id", "reference": {"resource": "events", "fields": "event_id"}}
