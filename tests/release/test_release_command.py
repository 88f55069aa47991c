"""The commands that publish: exit codes, and one clear line for whatever cannot be read or written."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique
from communique_tools.release.manifest import files
from communique_tools.release.staging import staging

VERSION = "2026.11.0"
Command = Callable[..., Result]


@pytest.fixture
def command(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line in the checkout."""
    monkeypatch.chdir(checkout)
    return lambda *arguments: CliRunner().invoke(communique, arguments)


@pytest.fixture
def tables(checkout: Path, released: Path) -> Path:
    """Committed tables that are not those of the records."""
    folder = checkout / "dataset" / "tables"
    folder.mkdir()
    for path in [*(released / "parquet").iterdir(), released / "manifest.json"]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def refused(result: Result) -> str:
    """The one line of a command that could not run."""
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    return line.removeprefix("Error: ")


def test_a_release_is_published_verified_and_compared(command: Command, checkout: Path) -> None:
    done = command("release", VERSION, "--commit-tables")
    assert (done.exit_code, done.output) == (0, f"{VERSION} is in build/release/{VERSION}\n")
    assert command("verify", f"build/release/{VERSION}").exit_code == 0
    assert command("diff").exit_code == 0
    committed = contents(checkout / "dataset" / "tables")
    again = command("release", VERSION, "--commit-tables")
    assert again.output == f"{VERSION} stood already, byte for byte, in build/release/{VERSION}\n"
    assert contents(checkout / "dataset" / "tables") == committed


def test_a_refusal_lists_every_reason_and_is_exit_code_1(command: Command, checkout: Path, tables: Path) -> None:
    (checkout / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    before = contents(checkout)
    result = command("release", VERSION)
    assert result.exit_code == 1
    assert f"version {VERSION}: expected a later one than {VERSION}\n" in result.stdout
    assert f"CHANGELOG.md: expected a section '## {VERSION}' with a text\n" in result.stdout
    assert (
        result.stderr == f"{VERSION} was refused, nothing was published; reasons: {len(result.stdout.splitlines())}\n"
    )
    assert contents(checkout) == before
    assert tables.is_dir()


@pytest.mark.parametrize(
    "name", ["CHANGELOG.md", "CITATION.cff", "dataset/LICENSE", "dataset/codebook/decision_rules.md"]
)
def test_a_text_that_is_part_of_every_release_must_be_there(command: Command, checkout: Path, name: str) -> None:
    (checkout / name).write_bytes(b"\xff\xfe")
    line = refused(command("release", VERSION))
    assert line.startswith(name)
    assert "cannot be read, but is part of every release" in line


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def forge(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


@pytest.mark.parametrize("spoil", [empty, truncate, forge, Path.unlink])
@pytest.mark.parametrize("name", ["events.parquet", "manifest.json"])
def test_a_last_release_that_is_damaged_stops_everything(
    command: Command, checkout: Path, tables: Path, spoil: Callable[[Path], None], name: str
) -> None:
    spoil(tables / name)
    before = contents(checkout)
    line = refused(command("release", "2026.12.0", "--commit-tables"))
    assert line.startswith("the last release cannot be read: ")
    assert name in line
    assert contents(checkout) == before


def test_tables_moved_aside_by_a_killed_release_come_back(command: Command, tables: Path) -> None:
    committed = contents(tables)
    tables.rename(tables.with_name("tables.old"))
    assert f"version {VERSION}: expected a later one" in command("release", VERSION).stdout
    assert contents(tables) == committed
    assert not tables.with_name("tables.old").exists()


def test_a_record_that_cannot_be_read_stops_everything(command: Command, checkout: Path) -> None:
    path = next((checkout / "dataset" / "records").rglob("*.toml"))
    path.write_text("event_id = \n", encoding="utf-8")
    assert f"{path.name}:1" in refused(command("release", VERSION))
    assert not (checkout / "build").exists()


def test_outside_a_checkout_nothing_can_be_released(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(command("release", VERSION)).startswith("no dataset/records here or above")


def test_a_place_that_cannot_be_written_is_one_line(command: Command, checkout: Path) -> None:
    assert "cannot be written" in refused(command("release", VERSION, "--out", "CHANGELOG.md/release"))
    assert not (checkout / "build").exists()


def test_of_two_releases_at_once_one_is_told_to_wait(command: Command, checkout: Path) -> None:
    with staging(Path("build/release") / VERSION):
        line = refused(command("release", VERSION))
    assert line == f"build/release/{VERSION}: another process is writing it; wait until it has ended"
    assert not (checkout / "build").exists()


def test_what_stands_in_the_place_of_the_release_stays(command: Command, checkout: Path) -> None:
    (checkout / "mine").mkdir()
    (checkout / "mine" / "file").write_text("mine", encoding="utf-8")
    assert "a release is never overwritten" in refused(command("release", VERSION, "--out", "mine"))
    assert files(checkout / "mine") == ["file"]


def test_python_without_docstrings_cannot_release(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class Flags:
        optimize = 2

    monkeypatch.setattr("communique_tools.commands.release.sys.flags", Flags)
    assert refused(command("release", VERSION)) == "run Python without -OO: the codebook is made from docstrings"


def test_what_a_release_needs_and_is_not_installed_is_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "communique_tools.release.pipeline", None)
    assert "is not installed; a release needs `pip install communique[release]`" in refused(command("release", VERSION))


def test_a_draft_is_built_and_replaced(command: Command, checkout: Path) -> None:
    assert command("build").output == "26 tables in build/tables\n"
    built = contents(checkout / "build")
    assert command("build").exit_code == 0
    assert contents(checkout / "build") == built
    assert command("diff", "build/tables", "records").exit_code == 0


@pytest.mark.parametrize(("name", "line"), [("mine", "which is no table; name an empty folder"), ("", "is no folder")])
def test_a_draft_replaces_nothing_but_a_draft(command: Command, checkout: Path, name: str, line: str) -> None:
    target = checkout / "target"
    if name:
        target.mkdir()
    (target / name if name else target).write_text("mine", encoding="utf-8")
    before = contents(checkout)
    assert line in refused(command("build", "--out", "target"))
    assert contents(checkout) == before
