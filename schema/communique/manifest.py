"""What ``manifest.json`` declares of a release: its versions, its tables, and every file with its size and hash.

The file may have come from anywhere: whatever does not fit is refused before anything that it names is opened.
"""

import hashlib
import json
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"

_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST = 16 * 2**20
"""In bytes; the manifest of a release has some kilobytes."""


class MissingDataError(FileNotFoundError):
    """There is no dataset where one was looked for, or a file of it is not there."""


class DamagedDataError(ValueError):
    """A file that was part of a release once: truncated, or no longer what its name says."""


class ForgedDataError(ValueError):
    """A file whose bytes or rows are not those that the manifest declares."""


@dataclass(frozen=True)
class DeclaredTable:
    """What the manifest says of a table."""

    rows: int
    content_sha256: str


@dataclass(frozen=True)
class DeclaredFile:
    """What the manifest says of a file."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a release declares of itself; ``previous`` is the version that it was compared with."""

    version: str
    schema_version: str
    tables: dict[str, DeclaredTable]
    files: dict[str, DeclaredFile]
    previous: str | None = field(default=None)


def is_file_name(name: object) -> bool:
    """Whether a name may be that of a file of a release: relative, without ``..``, links or odd characters."""
    return isinstance(name, str) and len(name) <= 200 and _FILE_NAME.fullmatch(name) is not None


def is_sha256(value: object) -> bool:
    """Whether a value is a SHA-256 as 64 hex digits."""
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(f"{value!r:.40} is no number of bytes or rows")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 40:
        raise ValueError(f"{value!r:.40} is no version")
    return value


def _digest(value: Any) -> str:
    if not is_sha256(value):
        raise ValueError(f"{value!r:.40} is no SHA-256")
    return str(value)


def _part(content: dict[str, Any], name: str) -> dict[str, Any]:
    part = content[name]
    if not isinstance(part, dict) or not all(isinstance(value, dict) for value in part.values()):
        raise ValueError(f"{name!r} is no object of objects")
    for key in part:
        if not is_file_name(key):
            raise ValueError(f"{key!r:.60} is no name of a file of a release")
    return part


def parse_manifest(text: str) -> Manifest:
    """The manifest that a text holds.

    Raises:
        ValueError: when it is none; the message says what is wrong.
    """
    try:
        content = json.loads(text)
        if not isinstance(content, dict):
            raise ValueError("it is no JSON object")
        tables, files = _part(content, "tables"), _part(content, "files")
        return Manifest(
            version=_text(content["version"]),
            schema_version=_text(content["schema_version"]),
            tables={
                name: DeclaredTable(_count(value["rows"]), _digest(value["content_sha256"]))
                for name, value in tables.items()
            },
            files={
                name: DeclaredFile(_count(value["bytes"]), _digest(value["sha256"])) for name, value in files.items()
            },
            previous=None if content.get("previous") is None else _text(content["previous"]),
        )
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except KeyError as error:
        raise ValueError(f"it lacks {error}") from error


def is_regular(path: Path) -> bool:
    """Whether a path is a file of its own: neither a folder nor a link nor a device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None where it has none.

    Raises:
        DamagedDataError: when it is no manifest.
    """
    path = folder / NAME
    if not path.exists() and not path.is_symlink():
        return None
    if not is_regular(path) or path.stat().st_size > _LARGEST:
        raise DamagedDataError(f"{path}: is no manifest: it is no file of its own, or too large")
    try:
        return parse_manifest(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedDataError(f"{path}: is no manifest: {error}; fetch the release again") from error


def sha256(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_file(path: Path, declared: DeclaredFile) -> None:
    """Compare a file with what the manifest declares of it.

    Raises:
        MissingDataError: when the file is not there.
        DamagedDataError: when it is shorter than declared, or no file of its own.
        ForgedDataError: when its bytes are others.
    """
    if not path.exists() and not path.is_symlink():
        raise MissingDataError(f"{path}: is missing, but the manifest lists it")
    if not is_regular(path):
        raise DamagedDataError(f"{path}: is no file of its own; a release holds no links")
    size = path.stat().st_size
    if size < declared.bytes:
        raise DamagedDataError(f"{path}: is truncated: {size} of {declared.bytes} bytes")
    if size > declared.bytes:
        raise ForgedDataError(f"{path}: has {size} bytes, the manifest says {declared.bytes}")
    found = sha256(path)
    if found != declared.sha256:
        raise ForgedDataError(f"{path}: has SHA-256 {found}, the manifest says {declared.sha256}")
