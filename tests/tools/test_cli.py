"""The commands as a user calls them: output, messages and exit codes."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.dataset import Dataset
from communique.derive import derive
from communique_tools.cli import communique
from communique_tools.commands.show import describe

ROOT = Path(__file__).parents[2]
SEED = "almayadeen-som-2023"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(ROOT)
    return CliRunner()


def test_validate_is_clean_on_the_records(run: CliRunner) -> None:
    result = run.invoke(communique, ["validate"])
    assert result.exit_code == 0, result.stdout
    assert "0 errors" in result.stderr


def test_validate_finds_a_wrong_term_in_a_file(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "topics.csv"
    file.write_text("event_id,topic\ncjk-som-2023,securty\n", encoding="utf-8")
    result = run.invoke(communique, ["validate", str(file), "--table", "event_topics"])
    assert result.exit_code == 1
    assert "C003" in result.stdout
    assert "'securty'" in result.stdout


def test_evidence_is_found_in_its_sentence_and_absent_elsewhere(run: CliRunner) -> None:
    result = run.invoke(communique, ["verify-evidence", "--source", SEED, "-"], input="Another page altogether.")
    assert result.exit_code == 1
    assert "\tabsent\t" in result.stdout
    assert "\tfound\t" not in result.stdout


def test_fingerprint_warns_of_copied_words(run: CliRunner) -> None:
    words = "one two three four five six seven eight nine"
    result = run.invoke(communique, ["fingerprint", "--source", "a-page", "--gist", words], input=words)
    assert result.exit_code == 1
    assert "words = 9" in result.stdout
    assert "copies" in result.stderr


@pytest.mark.parametrize("command", ["fingerprint", "verify-evidence"])
def test_a_page_that_cannot_be_read_is_told_in_one_line(run: CliRunner, tmp_path: Path, command: str) -> None:
    page = tmp_path / "page.txt"
    result = run.invoke(communique, [command, "--source", SEED, str(page)])
    assert (result.exit_code, result.stderr) == (2, f"Error: {page}: cannot be read: No such file or directory\n")
    page.write_bytes("Sécurité".encode("cp1252"))
    result = run.invoke(communique, [command, "--source", SEED, str(page)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {page}: not UTF-8: invalid continuation byte at byte 1")
    assert len(result.stderr.splitlines()) == 1


def test_the_fingerprint_is_a_line_of_toml_whatever_the_locator(run: CliRunner) -> None:
    line = run.invoke(communique, ["fingerprint", "--source", "a", "--locator", 'a "b"'], input="a b").stdout
    assert tomllib.loads(f"s = {line}")["s"]["locator"] == 'a "b"'


def test_explain_prints_the_sentence_or_refuses(run: CliRunner) -> None:
    assert "terminal step" in run.invoke(communique, ["explain", "S202"]).stdout
    assert run.invoke(communique, ["explain", "S999"]).exit_code == 2


def test_show_tells_an_event(run: CliRunner) -> None:
    result = run.invoke(communique, ["show", "cjk-som-2023"])
    assert result.exit_code == 0
    assert "Nong Rong" in result.stdout
    assert "did you mean" in run.invoke(communique, ["show", "cjk-som-2032"]).stderr


def test_show_tells_what_has_no_name_by_its_id(truth: dict[str, list[dict[str, Any]]]) -> None:
    rows = derive({table: list(map(dict, content)) for table, content in truth.items()})
    rows["actors"] = []
    rows["events"] = [{**row, "title": None} for row in rows["events"]]
    lines = describe(Dataset.from_rows(rows), "cjk-som-2023")
    assert lines[0] == "cjk-som-2023"
    assert any("tong-zhao (" in line for line in lines)


def test_every_command_has_help_with_two_examples(run: CliRunner) -> None:
    for name in communique.list_commands(None):  # type: ignore[arg-type]
        text = run.invoke(communique, [name, "--help"]).stdout
        assert text.count(f"communique {name}") >= 3, name


def test_help_imports_neither_pandas_nor_pandera() -> None:
    code = (
        "import sys; sys.argv = ['communique', '--help']\n"
        "from communique_tools.cli import communique\n"
        "communique(standalone_mode=False)\n"
        "sys.exit('pandas' in sys.modules or 'pandera' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
