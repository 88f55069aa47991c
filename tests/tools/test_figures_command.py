"""``communique figures``: of records by scope, of tables by all else; text, JSON and CSV tell the same."""

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner, Result

from communique_tools.cli import communique

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["figures", *arguments])


def test_the_scopes_are_the_folders_of_the_records() -> None:
    result = run("--by", "scope", "--format", "csv")
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    folders = {path.name: len(list(path.glob("*.toml"))) for path in (ROOT / "dataset" / "records").iterdir()}
    assert {row["value"]: int(row["n_events"]) for row in rows} == folders


def test_text_and_json_tell_the_same_of_a_folder_of_tables() -> None:
    tables = str(ROOT / "dataset" / "tables")
    [row] = json.loads(run(tables, "--format", "json").stdout)["figures"]
    line = run(tables).stdout.splitlines()[1].split()
    assert line[:2] == ["all", str(row["n_events"])]
    assert f"({100 * row['n_two_origins'] / row['n_events']:.0f}" in line[3]


def test_tables_have_no_scopes() -> None:
    result = run(str(ROOT / "dataset" / "tables"), "--by", "scope")
    assert result.exit_code == 2
    assert "only records have scopes, which are their folders" in result.stderr
