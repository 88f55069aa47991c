"""Files are written all or none, whatever happens on the way."""

import fcntl
import os
from pathlib import Path

import pytest

from communique_tools.errors import CannotRun
from communique_tools.importing.writing import FileChange, write


@pytest.fixture
def changes(tmp_path: Path) -> list[FileChange]:
    """Two files to be changed and one that is new, in a new folder."""
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"old {name}\n")
    paths = (tmp_path / "a", tmp_path / "new" / "c", tmp_path / "b")
    return [FileChange.of(path, f"new {path.name}\n") for path in paths]


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


OLD = {"a": "old a\n", "b": "old b\n"}
NEW = {"a": "new a\n", "b": "new b\n", "new/c": "new c\n"}


def test_every_file_is_written_and_nothing_else_is_left(changes: list[FileChange], tmp_path: Path) -> None:
    (tmp_path / "a").chmod(0o640)
    write(changes, tmp_path)
    assert texts(tmp_path) == NEW
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    write([FileChange.of(tmp_path / "link", "new")], tmp_path)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.parametrize("action", ["fsync", "link"])
@pytest.mark.parametrize("calls", [0, 1])
def test_a_full_disk_leaves_every_file_as_it_was(
    changes: list[FileChange], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, calls: int
) -> None:
    real, left = getattr(os, action), [None] * calls

    def fail(*arguments: object) -> None:
        if not left:
            raise OSError(28, "No space left on device")
        left.pop()
        real(*arguments)

    monkeypatch.setattr(os, action, fail)
    with pytest.raises(CannotRun, match="cannot be written: No space left on device; all files are as they were"):
        write(changes, tmp_path)
    assert texts(tmp_path) == OLD
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_abort_between_two_files_brings_the_first_back(
    changes: list[FileChange], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    real = Path.replace
    seen: list[Path] = []

    def interrupt(path: Path, target: Path) -> Path:
        if path.suffix == ".tmp":
            seen.append(path)
        if path.suffix == ".tmp" and len(seen) == at + 1:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(changes, tmp_path)
    assert texts(tmp_path) == OLD


def test_a_file_that_changed_meanwhile_is_kept(changes: list[FileChange], tmp_path: Path) -> None:
    (tmp_path / "b").write_text("edited\n")
    with pytest.raises(CannotRun, match="b: changed meanwhile; nothing was written"):
        write(changes, tmp_path)
    assert texts(tmp_path) == {**OLD, "b": "edited\n"}


def test_two_imports_do_not_write_at_once(changes: list[FileChange], tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(CannotRun, match="another import into it is running"):
            write(changes, tmp_path)
    finally:
        os.close(handle)
    assert texts(tmp_path) == OLD
    write(changes, tmp_path)
    assert texts(tmp_path) == NEW


def test_a_diff_shows_a_new_file_and_a_missing_line_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert FileChange(path, None, "x\n").diff() == f"--- /dev/null\n+++ {path}\n@@ -0,0 +1 @@\n+x\n"
    assert "-x\n\\ No newline at end of file\n+x\n" in FileChange(path, "x", "x\n").diff()
