"""``communique audit``: from records or tables, as text, JSON or CSV; a refusal where nothing was audited."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique

HEADER = "unit_id,coder,field,coded,is_blind,coding_round\n"
VERDICTS = "talks-1,a,audit_day,right,false,1\ntalks-2,a,audit_day,wrong,false,1\n"


@pytest.fixture(autouse=True)
def codings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dataset" / "records").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "dataset" / "codings.csv"
    path.write_text(HEADER + VERDICTS, encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["audit", *arguments])


def test_text_json_and_csv_tell_the_same() -> None:
    assert run().stdout.splitlines()[1].split() == ["1", "day", "2", "1", "1", "0", "0.500", "0.095", "to", "0.905"]
    [row] = json.loads(run("--format", "json").stdout)["audit"]
    assert (row["n_right"], row["precision"]) == (1, 0.5)
    [line] = csv.DictReader(io.StringIO(run("dataset", "--format", "csv").stdout))
    assert line["precision"] == "0.5"


def test_nothing_audited_cannot_run(codings: Path) -> None:
    codings.write_text(HEADER, encoding="utf-8")
    result = run()
    assert result.exit_code == 2
    assert result.stderr == "Error: records: nothing was audited; no field in codings begins with audit_\n"


def test_a_wrong_verdict_is_named(codings: Path) -> None:
    codings.write_text(f"{HEADER}talks-1,a,audit_day,maybe,false,1\n", encoding="utf-8")
    result = run()
    assert result.exit_code == 2
    assert "records: codings talks-1, a, audit_day: 'maybe' is no verdict" in result.stderr
