"""Verification finds whatever was done to a release, and follows nothing out of its folder."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.frames import arrow_table
from communique.version import __version__
from communique_tools.commands.verify import command
from communique_tools.release import manifest, parquet
from communique_tools.release.edition import Content, Edition
from communique_tools.release.manifest import files
from communique_tools.release.verification import NoReleaseError, check_sums, verify


def sealed(folder: Path, edition: Edition) -> Path:
    """The folder with a manifest and sums that fit whatever it holds now."""
    for name in ("manifest.json", "SHA256SUMS"):
        (folder / name).unlink()
    manifest.write(edition, folder)
    manifest.write_sums(folder)
    return folder


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\n")  # a table without rows is an empty file in JSON Lines
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_release_is_whole_and_right(folder: Path) -> None:
    assert verify(folder) == ()
    result = CliRunner().invoke(command, [str(folder)])
    assert (result.exit_code, result.output) == (0, f"{folder}: whole and right\n")


def test_a_flipped_byte_is_found_in_every_file(folder: Path) -> None:
    names = files(folder)
    for name in names:
        flip(folder / name)
    found = {reason.partition(":")[0] for reason in check_sums(folder)}
    assert {*names} - {"SHA256SUMS"} <= found
    assert any(name.startswith("SHA256SUMS") for name in found) or len(found) == len(names)


def test_a_flipped_byte_is_found_in_one_file(folder: Path) -> None:
    flip(folder / "csv" / "events.csv")
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 1
    assert result.output == "csv/events.csv: its bytes are not those that SHA256SUMS declares\n"


def test_a_missing_and_an_added_file_are_found(folder: Path) -> None:
    (folder / "codebook.md").rename(folder / "other.md")
    assert verify(folder) == (
        "codebook.md: is missing, but SHA256SUMS lists it",
        "other.md: SHA256SUMS does not list it",
    )


def test_a_file_forged_with_its_sum_is_found(folder: Path) -> None:
    (folder / "csv" / "events.csv").write_text("event_id\nmine\n", encoding="utf-8")
    manifest.write_sums(folder)
    assert verify(folder) == ("csv/events.csv: is not the file that manifest.json declares",)


def test_a_file_added_with_its_sum_is_found(folder: Path) -> None:
    (folder / "mine.txt").touch()
    manifest.write_sums(folder)
    assert verify(folder) == ("mine.txt: manifest.json does not list it",)


def test_rows_forged_with_new_sums_are_found(folder: Path, edition: Edition) -> None:
    forged = arrow_table("actors", [{**row, "name": "Else"} for row in edition.rows("actors")])
    parquet.write_table(forged, folder / "parquet" / "actors.parquet")
    sealed(folder, edition)
    assert verify(folder) == (f"{folder}: the rows of actors are not those that the manifest declares",)


def test_a_broken_rule_is_found(folder: Path, edition: Edition) -> None:
    actors = edition.tables["actors"]
    rows = [row for row in actors.rows if row["actor_id"] != "per"]
    broken = replace(
        edition, tables={**edition.tables, "actors": Content(actors.schema, arrow_table("actors", rows), rows)}
    )
    parquet.write(broken, folder)
    [reason] = verify(sealed(folder, broken))
    assert reason.startswith("places lima  K102  country_id: actors has no 'per'")


def test_a_release_of_other_schemas_cannot_be_judged(folder: Path, edition: Edition) -> None:
    places = edition.tables["places"].table.drop_columns(["lat"])
    parquet.write_table(places, folder / "parquet" / "places.parquet")
    older = replace(edition.tables["places"], rows=places.to_pylist())
    sealed(folder, replace(edition, tables={**edition.tables, "places": older}))
    with pytest.raises(
        NoReleaseError,
        match=rf"places\.lat: expected double, found none; written with schemas {re.escape(__version__)}",
    ):
        verify(folder)
    assert CliRunner().invoke(command, [str(folder)]).exit_code == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0123  csv/events.csv", "is no sum and name of a file of the release"),
        ("a" * 64 + "  ../outside", "is no sum and name of a file of the release"),
        ("a" * 64 + "  /etc/passwd", "is no sum and name of a file of the release"),
        ("a" * 64 + " csv/events.csv", "is no sum and name of a file of the release"),
        ("", "is no sum and name of a file of the release"),
        ("a" * 64 + "  LICENSE", "LICENSE is listed twice"),
        ("a" * 64 + "  nowhere.csv", "nowhere.csv: is missing, but SHA256SUMS lists it"),
    ],
)
def test_a_line_that_does_not_belong_among_the_sums_is_found(folder: Path, line: str, reason: str) -> None:
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    [found] = verify(folder)
    assert reason in found


def spoil_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [Path.unlink, spoil_text, make_folder])
def test_sums_that_cannot_be_read_are_found(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder / "SHA256SUMS")
    assert "SHA256SUMS: is missing or no text; expected the sums of every file" in verify(folder)


@pytest.mark.parametrize("spoil", [Path.unlink, spoil_text, make_folder])
def test_a_manifest_that_cannot_be_read_is_found(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder / "manifest.json")
    reasons = verify(folder)
    assert any("manifest.json: is missing" in reason or "is no manifest" in reason for reason in reasons)


def test_a_manifest_that_leads_elsewhere_is_found(folder: Path) -> None:
    declared = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    declared["files"]["../outside"] = {"bytes": 1, "sha256": "a" * 64}
    (folder / "manifest.json").write_text(json.dumps(declared), encoding="utf-8")
    manifest.write_sums(folder)
    [reason] = verify(folder)
    assert "'../outside' is no name of a file of a release" in reason


def link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def link_to_folder(path: Path) -> None:
    path.symlink_to("/")


def dangle(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [link, link_to_folder, dangle, os.mkfifo])
@pytest.mark.parametrize("name", ["more", "LICENSE", "parquet/actors.parquet"])
def test_a_link_or_a_pipe_is_found_and_not_followed(folder: Path, make: Callable[[Path], None], name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    assert f"{name}: is no file of its own; a release holds no links" in verify(folder)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere", "nowhere: no such folder"),
        ("empty", "empty: is no release: it holds neither SHA256SUMS nor manifest.json"),
        ("file.zip", "file.zip: is no folder; unpack the release first"),
    ],
)
def test_what_is_no_release_is_one_line_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.zip").write_bytes(b"PK\3\4")
    result = CliRunner().invoke(command, [place])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {message}\n")
