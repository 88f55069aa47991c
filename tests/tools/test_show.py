"""``communique show``: from the records, from a release, and outside of a checkout from what is installed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from communique_tools.cli import communique

ROOT = Path(__file__).parents[2]


def test_a_release_and_the_installed_one_tell_an_event_outside_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = CliRunner().invoke(communique, ["show", "cjk-som-2023", str(ROOT / "dataset" / "tables")])
    assert named.exit_code == 0, named.output
    assert "2023-09-26" in named.stdout
    assert CliRunner().invoke(communique, ["show", "cjk-som-2023"]).stdout == named.stdout


def test_outside_of_a_checkout_what_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMMUNIQUE_DATA", str(tmp_path / "nowhere"))
    result = CliRunner().invoke(communique, ["show", "cjk-som-2023"])
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert len(result.stderr.splitlines()) == 1
