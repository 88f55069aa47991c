"""``communique import``: what is added, what is refused, and that nothing is overwritten or half written."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique
from communique_tools.collapse.flat import flat_text
from communique_tools.commands.export import write_tables
from communique_tools.release.edition import DRAFT, table_contents
from communique_tools.workspace import read_dataset

EVENT = "chn-jpn-talks-2024"
NEW = "chn-jpn-talks-2025"
RECORD = f"""\
event_id = "{EVENT}"
event_type = "meeting.ministerial"
title = "China–Japan ministers' talks"
topics = ["trade"]

[steps]
scheduled = {{ date = "2024-05-20", planned = "2024-05-27", spans = ["wire-aaaa"] }}
occurred = {{ date = "2024-05-27", place = "seoul", mode = "in_person", spans = ["wire-aaaa"] }}

[participants]
jpn = {{ role = "participant", spans = ["wire-aaaa"] }}
li-ming = {{ role = "participant", spans = ["wire-aaaa"] }}

[voices.page]
attribution = "unattributed"
remarks.hope = {{ act = "expect", spans = ["wire-aaaa"], gist = "Talks may go on." }}

[spans]
wire-aaaa = {{ source = "wire-2024", words = 12, sha256 = "{"a" * 64}" }}
"""
FLAT: dict[str, list[dict[str, Any]]] = {
    "actors/actors": [
        *({"actor_id": key, "actor_kind": "state", "name": name} for key, name in (("chn", "China"), ("jpn", "Japan"))),
        {"actor_id": "kor", "actor_kind": "state", "name": "South Korea"},
        {"actor_id": "li-ming", "actor_kind": "person", "name": "Li Ming"},
        {"actor_id": "wire", "actor_kind": "publisher", "name": "Wire", "publisher_kind": "wire"},
    ],
    "actors/offices": [{"office_id": "chn-minister", "title": "Minister", "body_id": "chn", "level": "minister"}],
    "actors/tenures": [
        {
            "tenure_id": "li-ming-chn-minister",
            "person_id": "li-ming",
            "office_id": "chn-minister",
            "start_edtf": "2020",
            "tenure_kind": "substantive",
        }
    ],
    "evidence/evidence": [
        {
            "table_name": "tenures",
            "row_id": "li-ming-chn-minister",
            "span_id": "wire-2024-bbbbbbbbbbbb",
            "stance": "supports",
        }
    ],
    "evidence/spans": [{"span_id": "wire-2024-bbbbbbbbbbbb", "source_id": "wire-2024", "words": 9, "sha256": "b" * 64}],
    "places": [{"place_id": "seoul", "name": "Seoul", "place_kind": "city", "country_id": "kor"}],
    "sources/sources": [
        {
            "source_id": f"wire-{year}",
            "publisher_id": "wire",
            "published_edtf": f"{year}-05-28",
            "lang": "en",
            "source_kind": "news_report",
            "origin_id": f"wire-{year}",
            "retrieved_on": "2026-11-24",
            "extent": "whole",
        }
        for year in (2024, 2025)
    ],
}
MEETING: dict[str, list[dict[str, Any]]] = {
    "events": [{"event_id": NEW, "event_type": "meeting.ministerial", "title": "China–Japan ministers' talks"}],
    "status_steps": [
        {
            "step_id": f"{NEW}/occurred",
            "event_id": NEW,
            "status": "occurred",
            "date_edtf": "2025-05-27",
            "place_id": "seoul",
            "mode": "in_person",
        }
    ],
    "participants": [
        {"participant_id": f"{NEW}/{key}-participant", "event_id": NEW, "role": "participant"}
        for key in ("li-ming", "jpn")
    ],
    "spans": [{"span_id": "wire-2025-cccccccccccc", "source_id": "wire-2025", "words": 20, "sha256": "c" * 64}],
    "evidence": [
        {"table_name": table, "row_id": row, "span_id": "wire-2025-cccccccccccc", "stance": "supports"}
        for table, row in (
            ("status_steps", f"{NEW}/occurred"),
            ("participants", f"{NEW}/li-ming-participant"),
            ("participants", f"{NEW}/jpn-participant"),
        )
    ],
}
"""A new event as five tables."""

Write = Callable[[str, list[dict[str, Any]]], Path]
Run = Callable[..., Result]


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dataset = tmp_path / "checkout" / "dataset"
    (dataset / "records" / "china-japan-korea").mkdir(parents=True)
    (dataset / "records" / "china-japan-korea" / f"{EVENT}.toml").write_text(RECORD, encoding="utf-8")
    for name, rows in FLAT.items():
        path = dataset / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(flat_text(path.stem, rows), encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path / "checkout")
    return dataset


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as a CSV file beside the checkout."""

    def rows_to_csv(name: str, rows: list[dict[str, Any]]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        header = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return rows_to_csv


@pytest.fixture
def run(checkout: Path) -> Run:  # noqa: ARG001
    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(communique, ["import", *map(str, arguments)])

    return invoke


def meeting(write: Write, **others: list[dict[str, Any]]) -> Path:
    """A folder with the tables of a new event, some of them replaced."""
    for table, rows in (MEETING | others).items():
        folder = write(f"new/{table}.csv", rows).parent
    return folder


def refused(result: Result) -> list[str]:
    """The findings of an import that was refused, without the place of each."""
    assert result.exit_code == 1, result.output
    assert result.stderr.endswith("findings; nothing was written\n")
    return [line.partition("  ")[2] for line in result.stdout.splitlines()]


def test_a_new_event_becomes_a_record_in_its_one_form(checkout: Path, run: Run, write: Write) -> None:
    result = run(meeting(write), "--write")
    assert result.exit_code == 0, result.output
    assert result.stderr == "8 rows added, 0 filled, 0 known; 1 files written\n"
    record = checkout / "records" / "china-japan-korea" / f"{NEW}.toml"
    assert (
        record.read_text(encoding="utf-8")
        == f"""\
event_id = "{NEW}"
event_type = "meeting.ministerial"
title = "China–Japan ministers' talks"

[steps]
occurred = {{ date = "2025-05-27", place = "seoul", mode = "in_person", spans = ["wire-cccc"] }}

[participants]
jpn = {{ role = "participant", spans = ["wire-cccc"] }}
li-ming = {{ role = "participant", spans = ["wire-cccc"] }}

[spans]
wire-cccc = {{ source = "wire-2025", words = 20, sha256 = "{"c" * 64}" }}
"""
    )


def test_by_default_it_only_shows_what_would_change(checkout: Path, run: Run, write: Write) -> None:
    before = contents(checkout)
    result = run(meeting(write))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "--- /dev/null",
        f"+++ {Path('dataset/records/china-japan-korea', NEW)}.toml",
        "@@ -0,0 +1,13 @@",
    ]
    assert result.stderr == "8 rows added, 0 filled, 0 known; 1 files would be written, with --write\n"
    assert contents(checkout) == before


def test_the_scope_may_be_another(checkout: Path, run: Run, write: Write) -> None:
    assert run(meeting(write), "--scope", "other", "--write").exit_code == 0
    assert (checkout / "records" / "other" / f"{NEW}.toml").is_file()
    assert "--scope: '../x' does not match" in run(meeting(write), "--scope", "../x").stderr


def test_a_second_import_changes_nothing(checkout: Path, run: Run, write: Write) -> None:
    run(meeting(write), "--write")
    before = contents(checkout)
    result = run(meeting(write), "--write")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "0 rows added, 0 filled, 8 known; 0 files written\n"
    assert contents(checkout) == before


@pytest.mark.parametrize("style", ["csv", "parquet"])
def test_what_was_exported_is_known_to_the_last_row(checkout: Path, run: Run, tmp_path: Path, style: str) -> None:
    dataset, _ = read_dataset(checkout)
    (tmp_path / "out").mkdir()
    write_tables(table_contents(dataset), tmp_path / "out", style, DRAFT)
    result = run(tmp_path / "out")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 rows added, 0 filled, 25 known; 0 files would be written" in result.stderr
    assert "events." + style + ": passed over status, date_edtf, start_on" in result.stderr


def test_a_row_of_a_flat_table_finds_its_place_in_the_file(checkout: Path, run: Run, write: Write) -> None:
    lima = {"place_id": "lima", "name": "Lima", "place_kind": "city", "lat": "-12.05", "lon": "-77.04"}
    rows = [{**lima, "is_disputed": "FALSE"}]
    result = run(write("more.csv", rows), "--table", "places", "--write")
    assert result.exit_code == 0, result.output
    assert "+lima,Lima,city,,-12.05,-77.04,,,false,\n" in result.stdout
    lines = (checkout / "places.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines] == ["place_id", "lima", "seoul"]


def test_a_table_without_a_file_gets_one_in_its_folder(checkout: Path, run: Run, write: Write) -> None:
    row = {"actor_id": "li-ming", "name": "李明", "lang": "zh", "script": "Hans", "name_kind": "native"}
    assert run(write("actor_names.csv", [row]), "--write").exit_code == 0
    assert (checkout / "actors" / "actor_names.csv").read_text() == (
        "actor_id,name,lang,script,name_kind\nli-ming,李明,zh,Hans,native\n"
    )


def test_a_gap_is_filled_and_an_empty_cell_says_nothing(checkout: Path, run: Run, write: Write) -> None:
    row = {"event_id": EVENT, "event_type": "", "title": "", "series_id": "", "note": "Held in spring."}
    result = run(write("events.csv", [row]), "--write")
    assert result.stderr == "0 rows added, 1 filled, 0 known; 1 files written\n"
    changed = [line for line in result.stdout.splitlines() if line[0] in "+-"][2:]
    assert changed == ['+note = "Held in spring."']
    assert 'note = "Held in spring."' in next(checkout.rglob(f"{EVENT}.toml")).read_text()


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("events", {"event_id": EVENT, "title": "Talks"}, "title: 'Talks', but the dataset holds \"China–Japan minis"),
        ("places", {"place_id": "seoul", "name": "Busan"}, "name: 'Busan', but the dataset holds 'Seoul'"),
        (
            "participants",
            {"participant_id": f"{EVENT}/li-ming-participant", "office_id": "chn-envoy"},
            "office_id: 'chn-envoy', but the dataset holds 'chn-minister'",
        ),
    ],
    ids=["typed", "flat", "derived"],
)
def test_a_value_that_is_there_is_never_overwritten(
    checkout: Path, run: Run, write: Write, table: str, row: dict[str, str], message: str
) -> None:
    before = contents(checkout)
    found = refused(run(write(f"{table}.csv", [row]), "--write"))
    assert len(found) == 1
    assert found[0].startswith(message)
    assert found[0].endswith("; an import overwrites nothing")
    assert contents(checkout) == before


def test_a_published_value_is_not_replaced_by_way_of_a_gap(checkout: Path, run: Run, write: Write) -> None:
    record = next(checkout.rglob(f"{EVENT}.toml"))
    record.write_text(RECORD.replace("\n\n", '\nnote = "As released."\n\n', 1))
    (checkout / "tables").mkdir()
    write_tables(table_contents(read_dataset(checkout)[0]), checkout / "tables", "parquet", DRAFT)
    record.write_text(RECORD)
    path = write("events.csv", [{"event_id": EVENT, "note": "Another."}])
    assert refused(run(path)) == [
        "note: 'Another.', but the last release holds 'As released.'; an import overwrites nothing"
    ]
    assert run(write("events.csv", [{"event_id": EVENT, "note": "As released."}])).exit_code == 0
    (checkout / "tables" / "events.parquet").write_bytes(b"PAR1")
    assert "events.parquet: is truncated or no Parquet file" in run(path).stderr


def test_evidence_of_a_tenure_goes_into_the_flat_tables(checkout: Path, run: Run, write: Write) -> None:
    item = {"table_name": "tenures", "row_id": "li-ming-chn-minister", "span_id": IDLE["span_id"], "stance": "supports"}
    write("more/spans.csv", [IDLE])
    result = run(write("more/evidence.csv", [item]).parent, "--write")
    assert result.stderr == "2 rows added, 0 filled, 0 known; 2 files written\n"
    for name in ("spans.csv", "evidence.csv"):
        assert IDLE["span_id"] in (checkout / "evidence" / name).read_text()


NAMELESS = {**MEETING["participants"][0], "participant_id": f"{NEW}/li-ming"}
ELSEWHERE = {**MEETING["spans"][0], "span_id": "wire-2025-abc"}
IDLE = {**MEETING["spans"][0], "span_id": "wire-2025-dddddddddddd", "sha256": "d" * 64}
AGAINST = {"span_id": "wire-2024-bbbbbbbbbbbb", "stance": "contradicts", "contradicting": "cancelled"}
RELATION = {"relation_id": f"{EVENT}/x", "from_event_id": EVENT, "relation": "follows_up", "to_event_id": NEW}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"participants": [NAMELESS]}, f"participant_id: '{NEW}/li-ming'; expected {NEW}/<key>-participant"),
        ({"spans": [ELSEWHERE]}, "span_id: 'wire-2025-abc'; expected wire-2025-cccccccccccc"),
        (
            {"relations": [{**RELATION, "basis": "stated"}]},
            f"relation_id: '{EVENT}/x'; expected {EVENT}/follows-up-{NEW}",
        ),
        (
            {"status_steps": [{**MEETING["status_steps"][0], "step_id": f"{EVENT}/again"}]},
            f"step_id: '{EVENT}/again'; expected {NEW}/<slug>",
        ),
        ({"events": [{"event_id": NEW, "title": "Talks"}]}, "event_type: is empty, but a new row of events needs it"),
    ],
    ids=["participant", "span", "relation", "step", "incomplete"],
)
def test_a_row_bears_the_id_that_its_record_gives_it(
    run: Run, write: Write, tables: dict[str, list[dict[str, Any]]], message: str
) -> None:
    assert message in refused(run(meeting(write, **tables)))


@pytest.mark.parametrize(
    ("tables", "code", "message"),
    [
        ({"evidence": MEETING["evidence"][:2]}, "E401", f"{NEW}/jpn-participant: "),
        ({"status_steps": [{**MEETING["status_steps"][0], "place_id": "soul"}]}, "K102", "did you mean 'seoul'?"),
        ({"spans": [{**MEETING["spans"][0], "words": 7}]}, "C004", "expected 8 or more"),
        ({"events": [{**MEETING["events"][0], "event_id": "../../x"}]}, "C004", "'../../x': expected the pattern"),
    ],
)
def test_the_result_must_pass_every_rule(
    checkout: Path, run: Run, write: Write, tables: dict[str, list[dict[str, Any]]], code: str, message: str
) -> None:
    before = contents(checkout.parent)
    found = refused(run(meeting(write, **tables), "--write"))
    assert any(line.startswith(code) and message in line for line in found), found
    assert contents(checkout.parent) == before


def test_findings_that_the_dataset_had_before_do_not_count(checkout: Path, run: Run, write: Write) -> None:
    record = next(checkout.rglob(f"{EVENT}.toml"))
    record.write_text(record.read_text().replace(', spans = ["wire-aaaa"], gist', ", gist"))
    assert run(meeting(write)).exit_code == 0


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            {"spans": [*MEETING["spans"], IDLE]},
            "'wire-2025-dddddddddddd': no record can hold this row; no row cites it",
        ),
        (
            {"evidence": [{**item, "note": "Why."} for item in MEETING["evidence"]]},
            "note: 'Why.', but a record can only say None here",
        ),
        (
            {
                "evidence": [*MEETING["evidence"], {**MEETING["evidence"][0], **AGAINST}],
                "status_steps": [{**row, "dispute_note": "Why."} for row in MEETING["status_steps"]],
            },
            f"'status_steps {NEW}/occurred  wire-2024-bbbbbbbbbbbb': no record can hold this row",
        ),
        (
            {"participants": [{**row, "person_id": "li-ming"} for row in MEETING["participants"]]},
            "person_id: 'li-ming', but a record can only say None here",
        ),
    ],
    ids=["span-of-no-row", "note-on-a-whole-row", "doubt-about-a-whole-row", "person-under-the-key-of-a-party"],
)  # fmt: skip
def test_what_no_record_can_say_is_refused(
    run: Run, write: Write, tables: dict[str, list[dict[str, Any]]], message: str
) -> None:
    assert message in refused(run(meeting(write, **tables)))


def test_a_retired_id_is_not_used_again(checkout: Path, run: Run, write: Write) -> None:
    retired = {"old_id": NEW, "retired_state": "withdrawn", "reason": "never held", "release_id": "2026.11.0"}
    (checkout / "retired_ids.csv").write_text(flat_text("retired_ids", [retired]))
    assert f"'{NEW}' was retired: never held; choose another id" in refused(run(meeting(write)))


def test_a_row_is_given_once(run: Run, write: Write) -> None:
    row = {"place_id": "lima", "name": "Lima", "place_kind": "city"}
    once = write("places.csv", [row])
    assert f"'lima' stands already at {once}:2" in refused(run(write("places.csv", [row, row])))
    assert "'lima' is given twice" in refused(run(write("a/places.csv", [row]), write("b/places.csv", [row])))


def test_every_problem_of_a_file_is_told_with_its_line(run: Run, write: Write) -> None:
    rows = [
        {"place_id": "lima", "name": "Lima", "place_kind": "citty", "lat": "=1+1"},
        {"place_id": "", "name": "NA", "place_kind": "city", "lat": "north"},
    ]
    path = write("places.csv", rows)
    result = run(path)
    assert result.stdout.splitlines() == [
        f"{path}:2  place_kind: 'citty' is no term of place_kind; did you mean 'city'?",
        f"{path}:2  lat: '=1+1' is no number",
        f"{path}:3  name: 'NA' stands for a missing value; leave the cell empty",
        f"{path}:3  lat: 'north' is no number",
    ]
    assert result.exit_code == 1


def test_a_damaged_record_stops_the_import(checkout: Path, run: Run, write: Write) -> None:
    next(checkout.rglob(f"{EVENT}.toml")).write_text("event_id = ")
    result = run(meeting(write))
    assert result.exit_code == 2
    assert f"{EVENT}.toml:1  no TOML" in result.stderr
    assert len(result.stderr.splitlines()[-1:]) == 1
