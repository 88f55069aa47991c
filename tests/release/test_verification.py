"""Verification finds whatever was done to a release."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.dataset import Dataset
from communique.frames import arrow_table
from communique_tools.commands.verify import command
from communique_tools.release import manifest, parquet
from communique_tools.release.manifest import files
from communique_tools.release.pipeline import Records
from communique_tools.release.verification import check_sums, verify


def test_a_release_is_whole_and_right(folder: Path) -> None:
    assert verify(folder) == ()
    assert CliRunner().invoke(command, [str(folder)]).exit_code == 0


def test_a_flipped_byte_is_found_in_every_file(folder: Path) -> None:
    for name in files(folder):
        path = folder / name
        original = path.read_bytes()
        sound = original or b"\n"  # a table without rows is an empty file in JSON Lines
        middle = len(sound) // 2
        path.write_bytes(sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :])
        assert list(check_sums(folder)), name
        path.write_bytes(original)
    assert verify(folder) == ()


def test_a_flipped_byte_is_a_finding(folder: Path) -> None:
    path = folder / "csv" / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"China", b"Chine"))
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 1
    assert result.output == "csv/events.csv: its bytes are not those that SHA256SUMS declares\n"


def test_a_missing_and_an_added_file_are_found(folder: Path) -> None:
    (folder / "codebook.md").rename(folder / "other.md")
    assert verify(folder) == (
        "codebook.md: is missing, but SHA256SUMS lists it",
        "other.md: SHA256SUMS does not list it",
    )


def test_rows_forged_with_new_sums_are_found(folder: Path, records: Records) -> None:
    forged = [{**row, "name": "Else"} for row in records.dataset.rows()["actors"]]
    path = parquet.write_table(arrow_table("actors", forged), folder / "parquet" / "actors.parquet")
    declared = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    declared["files"]["parquet/actors.parquet"] = {"bytes": path.stat().st_size, "sha256": manifest.sha256(path)}
    (folder / "manifest.json").write_text(json.dumps(declared), encoding="utf-8")
    manifest.write_sums(folder)
    assert verify(folder) == (f"{folder}: the rows of actors are not those that the manifest declares",)


def test_a_broken_rule_is_found(folder: Path, records: Records) -> None:
    tables = {name: records.dataset[name] for name in records.dataset}
    broken = Dataset({**tables, "actors": tables["actors"][tables["actors"]["actor_id"] != "kor"]})
    parquet.write(broken, folder, "2026.11.0")
    manifest.write(broken, folder, "2026.11.0")
    manifest.write_sums(folder)
    assert verify(folder) == ("places seoul  K102  country_id: actors has no 'kor'",)


def test_the_database_keeps_its_references_and_finds_words(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "communique.sqlite")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = connection.execute("SELECT row_id FROM search WHERE search MATCH 'talks' ORDER BY row_id")
        assert found.fetchall() == [("chn-jpn-working-2024",), ("chn-jpn-working-2024/hope",)]
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE places SET country_id = 'nowhere'")
