"""``communique retire``: a published id that is gone leads on, or is told to be withdrawn."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique

RECORD = Path("dataset/records/talks/chn-jpn-working-2024.toml")
OLD, OTHER = "chn-jpn-working-2024/chn-participant", "chn-jpn-working-2024/jpn-participant"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, list(arguments))


def retired() -> list[dict[str, str]]:
    path = Path("dataset/retired_ids.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.is_file() else []


@pytest.fixture(autouse=True)
def gone(published_version: str) -> None:  # noqa: ARG001
    """After the release China is taken out of the meeting."""
    lines = RECORD.read_text(encoding="utf-8").splitlines(keepends=True)
    RECORD.write_text("".join(line for line in lines if not line.startswith("chn = {")), encoding="utf-8")


@pytest.mark.parametrize(("into", "state"), [((), "withdrawn"), (("--into", OTHER), "merged")])
def test_an_id_that_is_gone_is_told(into: tuple[str, ...], state: str) -> None:
    assert f"participants  {OLD}  is gone" in run("changes").stdout
    done = run("retire", OLD, *into, "--reason", "It was not there.")
    assert done.exit_code == 0, done.output
    [row] = retired()
    assert (row["old_id"], row["retired_state"], row["into_id"]) == (OLD, state, into[-1] if into else "")
    assert OLD not in run("changes").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((OTHER,), "is still in use in participants"),
        (("chn-jpn-working-2024/chn-participan",), "was never published"),
        ((OLD, "--into", "chn-jpn-working-2024/nobody"), "no such row of participants"),
    ],
)
def test_what_cannot_be_retired_is_refused(arguments: tuple[str, ...], message: str) -> None:
    refused = run("retire", *arguments, "--reason", "Why.")
    assert (refused.exit_code, message in refused.stderr) == (2, True), refused.output
    assert retired() == []


def test_an_id_is_retired_once() -> None:
    assert run("retire", OLD, "--reason", "It was not there.").exit_code == 0
    again = run("retire", OLD, "--reason", "Once more.")
    assert (again.exit_code, f"{OLD}: is retired already" in again.stderr) == (2, True)


def test_a_merger_leaves_other_ids_that_are_gone_to_be_told() -> None:
    places = Path("dataset/places.csv")
    places.write_text(places.read_text(encoding="utf-8") + "ciudad-de-lima,Lima,city,per,,,,,,\n", encoding="utf-8")
    assert run("merge", "places", "lima", "ciudad-de-lima", "--write").exit_code == 0
    assert [row["old_id"] for row in retired()] == ["lima"]
