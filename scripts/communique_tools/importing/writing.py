"""Writing files all or none: every text lies beside its target before the first one takes its place."""

import difflib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from communique_tools.errors import CannotRun

T = TypeVar("T")


@dataclass(frozen=True)
class FileChange:
    """A file, its text now (None: there is none) and its text to be."""

    path: Path
    before: str | None
    after: str

    @classmethod
    def of(cls, path: Path, after: str) -> "FileChange":
        """The change that gives a file a text."""
        return cls(path, _text(path), after)

    def diff(self) -> str:
        """The change as a unified diff."""
        lines = difflib.unified_diff(
            StringIO(self.before or "", newline="\n").readlines(),
            StringIO(self.after, newline="\n").readlines(),
            fromfile="/dev/null" if self.before is None else str(self.path),
            tofile=str(self.path),
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _text(path: Path) -> str | None:
    """The text of a file with its line ends, or None where there is no file."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None


def write(changes: Iterable[FileChange], folder: Path) -> None:
    """Give every file its text, or leave all as they are; a reader sees each file whole, as it was or is to be.

    Raises:
        CannotRun: when a file cannot be written or has changed meanwhile, or another import into the folder is
            running.
    """
    wanted = list(changes)
    with _lock(folder), ExitStack() as undo:
        for change in wanted:
            if _text(change.path) != change.before:
                raise CannotRun(f"{change.path}: changed meanwhile; nothing was written, run the import again")
        staged = [_telling(change.path, _stage, change, undo) for change in wanted]
        for change, temporary in zip(wanted, staged, strict=True):
            _telling(change.path, _replace, change.path.resolve(), temporary, undo)
        undo.pop_all()
        for change in wanted:
            _old(change.path.resolve()).unlink(missing_ok=True)


def _telling(path: Path, action: Callable[..., T], *arguments: Any) -> T:
    try:
        return action(*arguments)
    except OSError as error:
        raise CannotRun(f"{path}: cannot be written: {error.strerror}; all files are as they were") from error


def _stage(change: FileChange, undo: ExitStack) -> Path:
    """The text in a file beside its target, safe on the disk."""
    target = change.path.resolve()
    if not target.parent.is_dir():
        target.parent.mkdir()
        undo.callback(target.parent.rmdir)
    temporary = target.with_name(f".{target.name}.tmp")
    undo.callback(temporary.unlink, missing_ok=True)
    with temporary.open("wb") as file:
        file.write(change.after.encode())
        file.flush()
        os.fsync(file.fileno())
    if change.before is not None:
        shutil.copymode(target, temporary)
    return temporary


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _replace(target: Path, temporary: Path, undo: ExitStack) -> None:
    """Put the new file in the old one's place; a second name keeps the old one, which takes no room on the disk."""
    if target.exists():
        old = _old(target)
        old.unlink(missing_ok=True)
        os.link(target, old)
        undo.callback(old.unlink, missing_ok=True)  # a file does not move onto its own second name
        undo.callback(old.replace, target)
    else:
        undo.callback(target.unlink, missing_ok=True)
    temporary.replace(target)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRun(f"{folder}: another import into it is running") from error
        yield
    finally:
        os.close(handle)  # the kernel drops the lock, even if the process was killed
