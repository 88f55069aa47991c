"""``communique explain``: what a rule demands, why, and what passes and fails it, in a checkout or without one."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.rules import CATALOGUE
from communique_tools.cli import communique


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["explain", *arguments])


def test_it_tells_what_why_and_an_example_of_each_kind() -> None:
    result = explain("S205")
    assert result.exit_code == 0
    what, why, passes, fails = result.stdout.strip().split("\n\n")
    assert what == "S205  error  A cancelled step says who cancelled."
    assert why == CATALOGUE["S205"].why
    assert passes.startswith("Passes:\n  status_steps  jpn-kor-call-2024/cancelled\n")
    assert "    by_id = kor\n" in passes
    assert fails.splitlines() == [
        "Fails:",
        "  status_steps  jpn-kor-call-2024/cancelled",
        "    by_id = null",
        "  → status_steps  jpn-kor-call-2024/cancelled  cancelled without `by`",
    ]


def test_a_row_that_must_be_there_is_missing_where_it_fails() -> None:
    passes, _, fails = explain("E401").stdout.partition("Fails:")
    assert "(no such row)" not in passes
    assert "(no such row)" in fails


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_rule_is_explained(code: str) -> None:
    result = explain(code)
    assert result.exit_code == 0
    assert f"{code}  {CATALOGUE[code].severity}  {CATALOGUE[code].sentence}\n" in result.stdout
    assert "\nPasses:\n  " in result.stdout
    assert "\nFails:\n  " in result.stdout
    assert "\n  → " in result.stdout


def test_without_a_code_every_rule_stands_on_a_line() -> None:
    lines = explain().stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[code, entry.severity] for code, entry in CATALOGUE.items()]


def test_a_code_may_be_typed_in_small_letters() -> None:
    assert explain("s205").stdout == explain("S205").stdout


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    result = explain("S299")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "S299: no such rule; did you mean 'S2" in result.stderr
