"""Nothing is visible before all of it is there, and nothing is lost when it goes wrong."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from communique_tools.release.staging import StagingError, publish, recover, replacing, staging


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_visible_before_the_rename(tmp_path: Path) -> None:
    target = tmp_path / "release"
    with staging(target) as folder:
        (folder / "file").write_text("x")
        assert not target.exists()
        publish(folder, target)
    assert names(tmp_path) == ["release"]


def test_a_failure_leaves_no_folder_that_was_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), staging(tmp_path / "build" / "release" / "1") as folder:
        (folder / "half").write_text("half")
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_a_failure_keeps_the_folders_that_were_there(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    with pytest.raises(KeyboardInterrupt), staging(tmp_path / "build" / "release" / "1"):
        raise KeyboardInterrupt
    assert names(tmp_path) == ["build"]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_a_target_that_exists_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "release"
    make: dict[str, Callable[[], None]] = {
        "folder": target.mkdir,
        "file": target.touch,
        "link": lambda: target.symlink_to("nowhere"),
    }
    with pytest.raises(StagingError, match="exists already"), staging(target) as folder:
        make[kind]()
        publish(folder, target)
    assert names(tmp_path) == ["release"]


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "release"
    with staging(target), pytest.raises(StagingError, match="another process is writing it"), staging(target):
        pass
    assert names(tmp_path) == []


def test_what_a_killed_process_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "release.partial").mkdir()
    (tmp_path / "release.partial" / "half").touch()
    (tmp_path / "release.lock").touch()
    with staging(tmp_path / "release") as folder:
        assert names(folder) == []
    assert names(tmp_path) == []


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "release.lock").symlink_to(tmp_path / "mine")
    with pytest.raises(StagingError, match="cannot be written"), staging(tmp_path / "release"):
        pass
    assert not (tmp_path / "mine").exists()


def test_a_link_in_the_place_of_the_folder_is_removed_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept").touch()
    (tmp_path / "release.partial").symlink_to(tmp_path / "mine")
    with staging(tmp_path / "release"):
        pass
    assert names(tmp_path / "mine") == ["kept"]


@pytest.mark.parametrize("place", ["", "/", "file/release"])
def test_a_place_where_nothing_can_be_written_is_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    target = Path("/") if place == "/" else tmp_path / place if place else Path()
    with pytest.raises(StagingError) as caught, staging(target):
        pass
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["file"]


def replaced(tmp_path: Path, error: BaseException | None) -> None:
    target = tmp_path / "tables"
    with staging(target) as folder:
        (folder / "new").touch()
        with replacing(folder, target):
            assert names(target) == ["new"]
            if error:
                raise error


def test_a_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "old").touch()
    replaced(tmp_path, None)
    assert names(tmp_path) == ["tables"]
    assert names(tmp_path / "tables") == ["new"]


@pytest.mark.parametrize("had", [True, False])
def test_a_failure_puts_the_old_folder_back(tmp_path: Path, had: bool) -> None:
    if had:
        (tmp_path / "tables").mkdir()
        (tmp_path / "tables" / "old").touch()
    with pytest.raises(KeyboardInterrupt):
        replaced(tmp_path, KeyboardInterrupt())
    assert names(tmp_path) == (["tables"] if had else [])
    assert not had or names(tmp_path / "tables") == ["old"]


def test_a_folder_moved_aside_by_a_killed_process_comes_back(tmp_path: Path) -> None:
    (tmp_path / "tables.old").mkdir()
    recover(tmp_path / "tables")
    assert names(tmp_path) == ["tables"]


def test_a_folder_that_is_being_replaced_is_not_put_back(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    with staging(tmp_path / "tables"):
        (tmp_path / "tables").rename(tmp_path / "tables.old")
        with pytest.raises(StagingError, match="another process is writing it"):
            recover(tmp_path / "tables")
        assert names(tmp_path) == ["tables.lock", "tables.old", "tables.partial"]


def test_what_stands_is_not_replaced_by_what_was_moved_aside(tmp_path: Path) -> None:
    for name in ("tables", "tables.old"):
        (tmp_path / name).mkdir()
    (tmp_path / "tables" / "new").touch()
    recover(tmp_path / "tables")
    assert names(tmp_path / "tables") == ["new"]


def test_the_folder_may_be_closed_to_others(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with staging(tmp_path / "release") as folder:
            publish(folder, tmp_path / "release")
    finally:
        os.umask(before)
    assert (tmp_path / "release").stat().st_mode & 0o777 == 0o700
