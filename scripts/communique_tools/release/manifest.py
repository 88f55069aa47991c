"""``manifest.json`` and ``SHA256SUMS``: what a release holds, so that anyone can tell that it is whole.

Files have bytes and SHA-256; tables have rows and a content hash (:mod:`communique.content`) that stays the
same whatever wrote the file. The sums are those that ``sha256sum -c SHA256SUMS`` reads.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from communique.content import content_sha256
from communique.dataset import Dataset
from communique.version import __version__

NAME = "manifest.json"
SUMS = "SHA256SUMS"


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(folder: Path) -> list[str]:
    """Every file below a folder, by its name relative to it, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def describe(dataset: Dataset, folder: Path, version: str) -> dict[str, Any]:
    """The manifest of what lies in a folder now, itself and the sums left out."""
    names = [name for name in files(folder) if name not in {NAME, SUMS}]
    return {
        "version": version,
        "schema_version": __version__,
        "tables": {
            name: {"rows": len(rows), "content_sha256": content_sha256(rows)} for name, rows in dataset.rows().items()
        },
        "files": {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in names},
    }


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:
    """The manifest of everything in the folder; the last writer but for the sums."""
    path = folder / NAME
    text = json.dumps(describe(dataset, folder, version), ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]


def write_sums(folder: Path) -> list[Path]:
    """The sums of every file in the folder, the manifest included."""
    path = folder / SUMS
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files(folder) if name != SUMS]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return [path]
