"""``communique reliability``: from records or tables, as text, JSON or CSV; a refusal where nothing was coded."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.dataset import Dataset
from communique_tools.cli import communique
from communique_tools.release.edition import DRAFT, table_contents
from communique_tools.release.parquet import write_tables

HEADER = "unit_id,coder,field,coded,is_blind,coding_round\n"
CODINGS = """\
talks-1,a,mode,video,false,1
talks-1,b,mode,video,true,1
talks-2,a,mode,in_person,false,1
talks-2,b,mode,in_person,true,1
talks-1,a,parties,chn jpn,false,2
talks-1,b,parties,jpn chn,true,2
talks-1,a,unitising,present,false,2
talks-1,b,unitising,present,true,2
talks-2,a,unitising,present,false,2
talks-2,b,unitising,absent,true,2
"""


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dataset" / "records").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def coded(checkout: Path) -> Path:
    path = checkout / "dataset" / "codings.csv"
    path.write_text(HEADER + CODINGS, encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["reliability", *arguments])


@pytest.mark.usefixtures("coded")
def test_text_has_a_line_for_each_field_and_a_dash_for_what_is_not_defined() -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert [line.split() for line in result.stdout.splitlines()[1:3]] == [
        ["1", "mode", "nominal", "2", "2", "4", "2", "1.000", "1.000", "1.000", "to", "1.000"],
        ["2", "parties", "set", "1", "2", "2", "1", "1.000", "–", "–"],
    ]
    assert result.stdout.splitlines()[3] == (
        "round 2: 1 of 2 units found by all coders, share 0.500, 95 % interval 0.000 to 1.000"
    )
    header, row = result.stdout.splitlines()[:2]
    assert header.index("alpha") + len("alpha") == row.index("1.000", row.index("1.000") + 1) + len("1.000")


@pytest.mark.usefixtures("coded")
def test_json_is_what_the_library_computes_with_null_for_what_is_not_defined() -> None:
    found = json.loads(run("--format", "json").stdout)
    assert [row["alpha"] for row in found["reliability"]] == [1, None]
    assert found["unitising"][0]["share"] == 0.5


@pytest.mark.usefixtures("coded")
def test_csv_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout)))
    assert [(row["field"], row["n_units"], row["alpha"]) for row in rows] == [
        ("mode", "2", "1.0"),
        ("parties", "1", ""),
    ]


@pytest.mark.usefixtures("coded")
def test_one_round_may_be_asked_for() -> None:
    assert len(run("--round", "1").stdout.splitlines()) == 2
    refused = run("--round", "7")
    assert refused.exit_code == 2
    assert "there are no codings of round 7; there are 1, 2" in refused.stderr


def test_a_folder_of_tables_gives_the_same_as_the_records(coded: Path) -> None:
    from communique_tools.workspace import read_dataset

    dataset: Dataset = read_dataset(coded.parent)[0]
    write_tables(table_contents(dataset), Path("tables"), DRAFT)
    assert run("tables").stdout == run().stdout == run("dataset").stdout


def test_without_codings_it_cannot_run() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stderr == "Error: records: there are no codings\n"


def test_a_source_that_is_none_is_refused_in_one_line() -> None:
    result = run("nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: nowhere: no such folder")
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_word_of_unitising_is_named(coded: Path) -> None:
    coded.write_text(f"{HEADER}talks-1,a,unitising,yes,false,1\n", encoding="utf-8")
    result = run()
    assert result.exit_code == 2
    assert "codings talks-1, a: unitising is 'yes'" in result.stderr


def test_a_field_with_a_line_end_stays_on_its_line(coded: Path) -> None:
    coded.write_text(f'{HEADER}talks-1,a,"mo\nde",video,false,1\ntalks-1,b,"mo\nde",video,false,1\n', encoding="utf-8")
    assert run().stdout.splitlines()[1].split()[:3] == ["1", "mo", "de"]
