"""The commands as a user calls them: output, messages and exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique_tools.cli import communique

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


def test_explain_prints_the_sentence_or_refuses(run: CliRunner) -> None:
    assert "terminal step" in run.invoke(communique, ["explain", "S202"]).stdout
    assert run.invoke(communique, ["explain", "S999"]).exit_code == 2


def test_show_tells_an_event(run: CliRunner) -> None:
    result = run.invoke(communique, ["show", "cjk-som-2023"])
    assert result.exit_code == 0
    assert "Nong Rong" in result.stdout
    assert "did you mean" in run.invoke(communique, ["show", "cjk-som-2032"]).stderr


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
