"""``manifest.json`` and ``SHA256SUMS``: what a release holds, so that anyone can tell that it is whole.

Files have bytes and SHA-256; tables have rows and a content hash (:mod:`communique.content`) that stays the
same whatever wrote the file. The sums are those that ``sha256sum -c SHA256SUMS`` reads.
"""

import json
from pathlib import Path
from typing import Any

from communique.content import content_sha256
from communique.manifest import NAME, sha256
from communique.version import __version__
from communique_tools.release.edition import Edition

SUMS = "SHA256SUMS"


def files(folder: Path) -> list[str]:
    """Whatever lies below a folder and is no folder itself, by its name relative to it, in order."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    )


def sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by name."""
    return {name: sha256(folder / name) for name in files(folder)}


def describe(edition: Edition, folder: Path) -> dict[str, Any]:
    """The manifest of what lies in a folder now, itself and the sums left out."""
    names = [name for name in files(folder) if name not in {NAME, SUMS}]
    return {
        "version": edition.version,
        "schema_version": __version__,
        "previous": edition.comparison.version if edition.comparison else None,
        "tables": {
            name: {"rows": len(content.rows), "content_sha256": content_sha256(content.rows)}
            for name, content in edition.tables.items()
        },
        "files": {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in names},
    }


def write(edition: Edition, folder: Path) -> list[Path]:
    """The manifest of everything in the folder; the last writer but for the sums."""
    path = folder / NAME
    text = json.dumps(describe(edition, folder), ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]


def write_sums(folder: Path) -> list[Path]:
    """The sums of every file in the folder, the manifest included."""
    path = folder / SUMS
    lines = [f"{digest}  {name}\n" for name, digest in sums(folder).items() if name != SUMS]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return [path]
