"""``communique fmt``: what it rewrites, what it reports, and that it never leaves half of a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique
from communique_tools.commands import fmt

MESSY = "event_type='vote'\nevent_id='{}' # a remark\n"
TIDY = 'event_id = "{}"\nevent_type = "vote"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one record that is tidy and one that is not."""
    scope = tmp_path / "dataset" / "records" / "scope"
    scope.mkdir(parents=True)
    (scope / "tidy.toml").write_bytes(TIDY.format("tidy").encode())
    (scope / "messy.toml").write_bytes(MESSY.format("messy").encode())
    monkeypatch.chdir(tmp_path)
    return scope


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["fmt", *arguments])


def test_only_files_that_change_are_rewritten_and_named(folder: Path) -> None:
    before = (folder / "tidy.toml").stat()
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"rewrote {Path('dataset/records/scope/messy.toml')}\n"
    assert (folder / "messy.toml").read_text() == TIDY.format("messy")
    after = (folder / "tidy.toml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert run().stderr == ""


def test_check_prints_a_diff_and_the_mending_command_and_changes_nothing(folder: Path) -> None:
    result = run("--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:] == [
        "@@ -1,2 +1,2 @@",
        "-event_type='vote'",
        "-event_id='messy' # a remark",
        '+event_id = "messy"',
        '+event_type = "vote"',
    ]
    assert result.stderr == "1 of 2 records differ from their one layout; to mend: communique fmt\n"
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_the_mending_command_names_the_files_that_were_asked_for(folder: Path) -> None:
    asked = folder / "messy.toml"
    assert run("--check", str(asked)).stderr.endswith(f"to mend: communique fmt {asked}\n")
    assert run("--check", str(folder / "tidy.toml")).exit_code == 0


def test_line_ends_of_another_system_and_a_missing_last_one_are_mended(folder: Path) -> None:
    for content in (TIDY.format("tidy").replace("\n", "\r\n"), TIDY.format("tidy").rstrip()):
        (folder / "tidy.toml").write_bytes(content.encode())
        checked = run("--check", str(folder / "tidy.toml"))
        assert checked.exit_code == 1
        assert checked.stdout
        run()
        assert (folder / "tidy.toml").read_bytes() == TIDY.format("tidy").encode()


def test_nothing_is_written_when_one_record_cannot_be_read(folder: Path) -> None:
    (folder / "broken.toml").write_text("event_id = 'broken'\ntitel = 'x'\n")
    result = run()
    assert result.exit_code == 2
    assert "broken.toml:2  unknown key 'titel'; did you mean 'title'?" in result.stderr
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_a_path_that_is_not_there_cannot_be_formatted(folder: Path) -> None:
    result = run(str(folder / "absent.toml"))
    assert result.exit_code == 2
    assert "absent.toml: no such file or folder" in result.stderr


def test_an_abort_leaves_the_old_file_and_no_half_of_a_new_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = run()
    assert result.exit_code == 2
    assert "messy.toml: cannot be written: No space left on device" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["messy.toml", "tidy.toml"]
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(folder: Path) -> None:
    target = folder.parent / "messy.toml"
    (folder / "messy.toml").rename(target)
    target.chmod(0o640)
    (folder / "messy.toml").symlink_to(target)
    fmt.replace(folder / "messy.toml", "new")
    assert (folder / "messy.toml").is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
