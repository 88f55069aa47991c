"""``communique export``: the tables of a release, of the records, or of a day, in a folder of their own."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.dataset import Dataset
from communique.frames import to_rows
from communique.loading import load
from communique.schemas import table_schema, table_schemas
from communique_tools.cli import communique
from communique_tools.importing.given import given_rows
from communique_tools.importing.reading import read_sheets

ROOT = Path(__file__).parents[2]
DAY = "2023-09-27"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(communique, ["export", *map(str, arguments)])


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Path:
    """A folder of tables such as a release holds."""
    from communique_tools.commands.export import write_tables
    from communique_tools.release.edition import DRAFT, table_contents

    folder = tmp_path_factory.mktemp("release")
    write_tables(table_contents(dataset), folder, "parquet", DRAFT)
    return folder


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMUNIQUE_DATA", raising=False)


def test_every_table_is_written_as_it_was(release: Path, dataset: Dataset, tmp_path: Path) -> None:
    result = run(release, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"26 tables with {sum(map(len, dataset.rows().values()))} rows in {tmp_path / 'out'}\n"
    assert load(tmp_path / "out").rows() == dataset.rows()


def test_a_day_is_what_the_library_says_of_it(release: Path, dataset: Dataset, tmp_path: Path) -> None:
    assert run(release, "--as-of", DAY, "--out", tmp_path / "out").exit_code == 0
    assert load(tmp_path / "out").rows() == dataset.as_of(DAY).rows()


@pytest.mark.parametrize("style", ["csv", "jsonl"])
def test_text_formats_hold_the_same_rows(release: Path, dataset: Dataset, tmp_path: Path, style: str) -> None:
    run(release, "--as-of", DAY, "--format", style, "--out", tmp_path / "out")
    rows = dataset.as_of(DAY).rows()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{table}.{style}" for table in table_schemas()}
    for table, wanted in rows.items():
        path = tmp_path / "out" / f"{table}.{style}"
        if style == "jsonl":
            found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            assert found == [
                {key: str(v) if hasattr(v, "isoformat") else v for key, v in row.items()} for row in wanted
            ]
        else:
            with path.open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file)) == [column.name for column in table_schema(table).columns]
            given, problems = given_rows(read_sheets([path], table)[0])
            typed = {column.name for column in table_schema(table).columns if not column.is_derived}
            assert problems == []
            assert [row.values for row in given] == [
                {key: value for key, value in row.items() if value is not None and key in typed} for row in wanted
            ]


def test_the_default_is_the_last_release_and_its_folder_tells_day_and_format(tmp_path: Path) -> None:
    result = run("--as-of", DAY, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    events = (tmp_path / "build" / f"export-{DAY}-jsonl" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    last = load(ROOT / "dataset" / "tables").as_of(DAY)
    assert [json.loads(line)["event_id"] for line in events] == list(last.events["event_id"])


def test_the_records_can_be_exported(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run("records", "--out", tmp_path / "out").exit_code == 0
    assert to_rows(load(tmp_path / "out").events, table_schema("events")) == dataset.rows()["events"]


@pytest.mark.parametrize("target", ["file", "folder", "link"])
def test_what_stands_is_never_replaced(release: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    result = run(release, "--out", tmp_path / target)
    assert result.exit_code == 2
    assert f"{tmp_path / target}: exists already; name a new folder with --out" in result.stderr
    assert (tmp_path / "file").read_text() == "kept"
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday", "20230927", "2023", ""])
def test_a_day_that_is_none_is_refused(release: Path, tmp_path: Path, day: str) -> None:
    result = run(release, "--as-of", day, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"--as-of {day!r}: is no day; expected one such as 2023-09-27" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source, message in (("empty", "holds no tables"), ("absent", "no such folder")):
        result = run(source, "--out", tmp_path / "out")
        assert result.exit_code == 2
        assert message in result.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "empty"]


def test_a_full_disk_leaves_no_half_of_a_folder(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique_tools.release import csv as writer

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "write_content", fail)
    result = run(release, "--format", "csv", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{tmp_path / 'out'}: cannot be written: No space left on device" in result.stderr
    assert list(tmp_path.iterdir()) == []
