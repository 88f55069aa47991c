"""Warnings that stay are explained, and an explanation of none is an error."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.report import Finding
from communique_tools.cli import communique
from communique_tools.explanations import ExplanationError, read_explanations, unanswered

ROOT = Path(__file__).parents[2]
HEADER = "code,table_name,row_id,reason\n"


def test_every_warning_of_the_dataset_is_explained() -> None:
    result = CliRunner().invoke(communique, ["validate", str(ROOT / "dataset"), "--limit", "1000"])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines
    assert all("  (explained: " in line for line in lines)


def test_only_warnings_are_explained() -> None:
    found = [Finding("S211", "events", "a", "open", "warning"), Finding("S203", "events", "b", "back", "error")]
    explained = [("S211", "events", "a"), ("S203", "events", "b"), ("S211", "events", "c")]
    assert unanswered(explained, found) == [("S203", "events", "b"), ("S211", "events", "c")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A dataset of invented events without a warning."""
    dataset = tmp_path / "dataset"
    shutil.copytree(ROOT / "tests" / "fixtures" / "valid", dataset)
    shutil.copytree(ROOT / "dataset" / "vocabulary", dataset / "vocabulary", dirs_exist_ok=True)
    return dataset


def validated(checkout: Path, text: str) -> Result:
    (checkout / "explained.csv").write_text(text, encoding="utf-8")
    return CliRunner().invoke(communique, ["validate", str(checkout)])


def test_an_explanation_of_nothing_is_an_error_with_its_line(checkout: Path) -> None:
    result = validated(checkout, f"{HEADER}S211,events,chn-jpn-officials-2024,It is open.\n")
    assert result.exit_code == 1
    assert "explained.csv:2  T002  events chn-jpn-officials-2024  explained.csv explains S211 of it" in result.stdout


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("code,reason\n", 1, "expected the header code,table_name,row_id,reason"),
        (f"{HEADER}S211,events,a\n", 2, "expected 4 cells, none of them empty"),
        (f"{HEADER}S211,events,a,\n", 2, "expected 4 cells, none of them empty"),
        (f"{HEADER}S211,events,a,x\nS211,events,a,y\n", 3, "S211 events a is explained twice"),
        (f'{HEADER}S211,events,a,"x\n', 2, "no CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "explained.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ExplanationError, match=message) as caught:
        read_explanations(tmp_path)
    assert caught.value.line == line


def test_a_file_of_another_encoding_is_a_finding(checkout: Path) -> None:
    (checkout / "explained.csv").write_bytes(HEADER.encode() + b"S211,events,a,\xff\n")
    result = CliRunner().invoke(communique, ["validate", str(checkout)])
    assert result.exit_code == 1
    assert "T001" in result.stdout
    assert "not UTF-8" in result.stdout


def test_without_a_file_nothing_is_explained(tmp_path: Path) -> None:
    assert read_explanations(tmp_path) == {}
