"""The generated files are current, and made anew when they are not."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique_tools.cli import communique
from communique_tools.generated import GENERATED, outdated

ROOT = Path(__file__).parents[2]


def test_every_generated_file_is_current() -> None:
    assert [path.name for path, _ in outdated(ROOT)] == [], "run `communique generate`"


def test_a_missing_file_is_told_and_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "dataset", tmp_path / "dataset", ignore=shutil.ignore_patterns("tables", "*.json"))
    shutil.copytree(ROOT / "tests" / "fixtures", tmp_path / "tests" / "fixtures")
    (tmp_path / "schema" / "communique" / "rules").mkdir(parents=True)
    assert CliRunner().invoke(communique, ["generate", "--check"]).exit_code == 1
    assert not list(tmp_path.rglob("*.json"))
    made = CliRunner().invoke(communique, ["generate"])
    assert (made.exit_code, made.stdout.split()) == (0, list(GENERATED))
    assert CliRunner().invoke(communique, ["generate", "--check"]).exit_code == 0
