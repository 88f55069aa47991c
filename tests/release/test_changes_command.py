"""``communique changes``: what a release would be refused for, and the rows that explain it."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique

RECORD = Path("dataset/records/talks/chn-jpn-working-2024.toml")
REASON = ("--kind", "recoding", "--reason", "The rule was mended.")


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(path).read_text(encoding="utf-8").splitlines()))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, list(arguments))


@pytest.fixture(autouse=True)
def changed(checkout: Path, published_version: str) -> None:
    """After its release the meeting's one remark is said to have done something else."""
    later = f"{published_version.rpartition('.')[0]}.9"
    text = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    (checkout / "CHANGELOG.md").write_text(text.replace("## ", f"## {later}\n\nMore.\n\n## ", 1), encoding="utf-8")
    RECORD.write_text(RECORD.read_text(encoding="utf-8").replace('act = "expect"', 'act = "assess"'), encoding="utf-8")


def test_a_changed_value_is_listed_until_it_is_explained() -> None:
    listed = run("changes")
    assert listed.exit_code == 1
    assert listed.stdout == "statements  chn-jpn-working-2024/hope  act: expect → assess\n"
    assert run("changes", "--table", "statements", "--column", "act", *REASON, "--write").exit_code == 0
    [row] = rows("dataset/changes.csv")
    assert (row["row_id"], row["column_name"], row["change_kind"]) == ("chn-jpn-working-2024/hope", "act", "recoding")
    done = run("changes")
    assert (done.exit_code, done.stdout) == (0, "")
    assert run("validate").exit_code == 0


def test_without_write_the_rows_are_only_shown() -> None:
    shown = run("changes", *REASON)
    assert shown.exit_code == 0
    [row] = csv.DictReader(shown.stdout.splitlines())
    assert (row["reason"], row["release_id"].endswith(".9")) == ("The rule was mended.", True)
    assert not Path("dataset/changes.csv").exists()


def test_what_is_not_selected_is_left_alone() -> None:
    assert run("changes", "--table", "events").stdout == ""
    assert run("changes", "--row", "another-event").stdout == ""


@pytest.mark.parametrize(
    "arguments", [("--kind", "recoding"), ("--reason", "Why."), ("--write",)], ids=["no reason", "no kind", "neither"]
)
def test_a_kind_and_a_reason_belong_together(arguments: tuple[str, ...]) -> None:
    refused = run("changes", *arguments)
    assert refused.exit_code == 2
    assert "--kind and --reason belong together" in refused.stderr


def test_a_kind_that_is_none_is_told_with_the_nearest() -> None:
    refused = run("changes", "--kind", "recodin", "--reason", "Why.")
    assert refused.exit_code == 2
    assert "--kind: 'recodin' is no term of change_kind; did you mean 'recoding'?" in refused.stderr


def test_an_id_that_is_gone_is_for_retired_ids() -> None:
    text = RECORD.read_text(encoding="utf-8")
    RECORD.write_text("\n".join(line for line in text.split("\n") if "remarks.hope" not in line), encoding="utf-8")
    refused = run("changes", "--table", "statements", *REASON)
    assert refused.exit_code == 2
    assert (
        "statements chn-jpn-working-2024/hope: an id that is gone needs a row in dataset/retired_ids" in refused.stderr
    )


def test_a_changelog_that_announces_nothing_is_one_line() -> None:
    Path("CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    refused = run("changes")
    assert refused.exit_code == 2
    assert "announces no release" in refused.stderr
