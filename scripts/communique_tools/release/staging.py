"""Publishing all or nothing: write into a hidden-to-be folder, make it durable, rename it once.

Until the rename nothing stands under the target's name; whatever goes wrong before it leaves nothing behind.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StagingError(Exception):
    """The target exists already, or another release to it is running."""


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    path = target.with_name(f"{target.name}.lock")
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.path.samestat(os.fstat(handle), path.stat())
        except (BlockingIOError, FileNotFoundError):
            mine = False
        if not mine:  # held by another, or removed by the one who held it between our two calls
            raise StagingError(f"{target}: another release to it is running")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)  # the kernel drops the lock, even if the process was killed


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise StagingError(f"{target}: exists already; a release is never overwritten")


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A new folder beside the target; removed, with all that it holds, unless it was published.

    Raises:
        StagingError: when the target exists or another release to it is running.
    """
    _refuse_existing(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target):
        for left in target.parent.glob(f"{target.name}.partial-*"):  # of a process that was killed
            shutil.rmtree(left)
        partial = target.with_name(f"{target.name}.partial-{os.getpid()}")
        partial.mkdir()
        try:
            yield partial
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def publish(partial: Path, target: Path) -> None:
    """Make the folder durable and give it the target's name.

    Raises:
        StagingError: when the target has come to exist meanwhile.
    """
    for path in sorted(partial.rglob("*")):
        _sync(path)
    _sync(partial)
    _refuse_existing(target)  # a rename would replace an empty folder without a word
    partial.rename(target)
    _sync(target.parent)
