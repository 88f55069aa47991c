"""Publishing all or nothing: write into a folder of another name, make it durable, rename it once.

Until the rename nothing stands under the target's name; whatever goes wrong before it leaves nothing behind. Only
a process that is killed leaves something, beside the target: ``<target>.partial`` and ``<target>.lock``, and, if it
was replacing a folder, ``<target>.old``. The next one to write there clears the first and puts back the last.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StagingError(Exception):
    """The target cannot be written: it exists already, another process writes it, or the disk takes no more."""


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f"{target.name}.{suffix}")


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    path = _beside(target, "lock")
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.path.samestat(os.fstat(handle), path.stat())
        except (BlockingIOError, FileNotFoundError):
            mine = False
        if not mine:  # held by another, or removed by the one who held it between our two calls
            raise StagingError(f"{target}: another process is writing it; wait until it has ended")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)  # the kernel drops the lock, even if the process was killed


@contextmanager
def _parents(target: Path) -> Iterator[None]:
    """Make the folders above the target; take those away again that were made and stayed empty."""
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for folder in missing:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _put_back(target: Path) -> None:
    old = _beside(target, "old")
    if old.is_dir() and not os.path.lexists(target):
        old.rename(target)


def recover(target: Path) -> None:
    """Put a folder back that was moved aside by a process killed while it replaced it.

    Raises:
        StagingError: when the process is still at it.
    """
    if _beside(target, "old").exists():
        with _lock(target):
            _put_back(target)


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A new folder beside the target; removed, with all that it holds, unless it was published.

    Raises:
        StagingError: when another process writes there, or the disk takes no more.
    """
    if not target.name:
        raise StagingError(f"{target}: is no name for a new folder")
    try:
        with _parents(target), _lock(target):
            partial = _beside(target, "partial")
            _remove(partial)  # of a process that was killed
            _put_back(target)
            partial.mkdir()
            try:
                yield partial
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise StagingError(f"{target}: cannot be written: {error.strerror or error}") from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_all(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def publish(partial: Path, target: Path) -> None:
    """Make the folder durable and give it the target's name.

    Raises:
        StagingError: when the target exists.
    """
    _sync_all(partial)
    if os.path.lexists(target):  # a rename would replace an empty folder without a word
        raise StagingError(f"{target}: exists already; a release is never overwritten")
    partial.rename(target)
    _sync(target.parent)


@contextmanager
def replacing(partial: Path, target: Path) -> Iterator[None]:
    """Make the folder durable and put it in the target's place; put the old one back if what follows fails.

    Raises:
        OSError: when either cannot be moved.
    """
    _sync_all(partial)
    old = _beside(target, "old")
    _remove(old)
    had = os.path.lexists(target)
    if had:
        target.rename(old)
    try:
        partial.rename(target)
        yield
    except BaseException:
        _remove(target)
        if had:
            old.rename(target)
        raise
    _remove(old)
    _sync(target.parent)
