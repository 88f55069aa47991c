"""``communique merge``: every file follows, and what was published under an old name is told."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique

RECORD = Path("dataset/records/talks/chn-jpn-working-2024.toml")


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(path).read_text(encoding="utf-8").splitlines()))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, list(arguments))


@pytest.fixture(autouse=True)
def twin(checkout: Path, published_version: str) -> None:  # noqa: ARG001
    """After the release one of its places has a second name."""
    places = checkout / "dataset" / "places.csv"
    places.write_text(places.read_text(encoding="utf-8") + "ciudad-de-lima,Lima,city,per,,,,,,\n", encoding="utf-8")


def test_nothing_is_written_without_being_asked() -> None:
    before = RECORD.read_text(encoding="utf-8")
    shown = run("merge", "places", "lima", "ciudad-de-lima")
    assert shown.exit_code == 0, shown.output
    assert '+occurred = { date = "2024-05-27", place = "ciudad-de-lima"' in shown.stdout
    assert RECORD.read_text(encoding="utf-8") == before


def test_the_new_name_stands_everywhere_and_the_published_one_is_retired() -> None:
    done = run("merge", "places", "lima", "ciudad-de-lima", "--reason", "One town.", "--write")
    assert done.exit_code == 0, done.output
    assert 'place = "ciudad-de-lima"' in RECORD.read_text(encoding="utf-8")
    [place] = rows("dataset/places.csv")
    assert (place["place_id"], place["lat"]) == ("ciudad-de-lima", "-12.05")
    [retired] = rows("dataset/retired_ids.csv")
    assert (retired["old_id"], retired["into_id"], retired["reason"]) == ("lima", "ciudad-de-lima", "One town.")
    assert run("validate").exit_code == 0


def test_rows_stay_in_the_file_that_holds_them() -> None:
    header, *pages = Path("dataset/sources/sources.csv").read_text(encoding="utf-8").splitlines()
    twin = pages[0].replace("wire-2024,", "wire-b-2024,").replace(",wire-2024,", ",wire-b-2024,")
    other = Path("dataset/sources/other.csv")
    other.write_text("\n".join([header, twin, ""]), encoding="utf-8")
    before = Path("dataset/sources/sources.csv").read_text(encoding="utf-8")
    assert run("merge", "places", "ciudad-de-lima", "lima", "--write").exit_code == 0
    assert [row["source_id"] for row in rows(str(other))] == ["wire-b-2024"]
    assert [row["source_id"] for row in rows("dataset/sources/sources.csv")] == ["wire-2024"]
    assert before.splitlines()[0] == header
    assert run("merge", "sources", "wire-b-2024", "wire-2024", "--write").exit_code == 0
    assert rows(str(other)) == []


def test_what_was_never_published_leaves_no_trace() -> None:
    assert run("merge", "places", "ciudad-de-lima", "lima", "--write").exit_code == 0
    assert "ciudad" not in Path("dataset/places.csv").read_text(encoding="utf-8")
    assert not Path("dataset/retired_ids.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("places", "lima", "lima"), "lima is to go into itself"),
        (("places", "lina", "lima"), "places has no 'lina'; did you mean 'lima'?"),
    ],
)
def test_what_cannot_be_merged_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    refused = run("merge", *arguments)
    assert refused.exit_code == 2
    assert message in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
