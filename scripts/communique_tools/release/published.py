"""The last release, as it lies in ``dataset/tables/``: its tables, its manifest, and what it was compared with.

The manifest is that of the whole release, and the differences from the release before lie beside it, so that the
release can be built again, byte for byte, from the records and this folder alone.
"""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow

from communique.diff import DatasetDiff
from communique.loading import read_tables
from communique.manifest import NAME, DamagedDataError, Manifest, MissingDataError, check_file, read_manifest
from communique_tools.release.edition import Comparison, Row
from communique_tools.release.notes import diff_name


@dataclass(frozen=True)
class Published:
    """The last release: its versions, its tables as they were written, and the sums of all its files."""

    version: str
    schema_version: str
    tables: dict[str, pyarrow.Table]
    sums: dict[str, str] = field(default_factory=dict)
    comparison: Comparison | None = None

    def rows(self) -> dict[str, list[Row]]:
        """Its rows by table."""
        return {name: table.to_pylist() for name, table in self.tables.items()}

    def notice(self, table: str, column: str | None = None) -> str | None:
        """What it said of a table or column that is to go; None where it gave no notice."""
        schema = self.tables[table].schema
        metadata = (schema.field(column).metadata if column else schema.metadata) or {}
        told = metadata.get(b"notice")
        return told.decode() if told else None


def _comparison(folder: Path, manifest: Manifest) -> Comparison | None:
    if manifest.previous is None:
        return None
    path = folder / diff_name(manifest.previous)
    declared = manifest.files.get(path.name)
    if declared is None:
        raise DamagedDataError(f"{folder / NAME}: names {manifest.previous} as the release before, but not {path.name}")
    check_file(path, declared)
    try:
        return Comparison(manifest.previous, DatasetDiff.from_document(json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, RecursionError) as error:
        raise DamagedDataError(f"{path}: {error}") from error


def published(folder: Path) -> Published | None:
    """The last release, as committed; None before the first.

    Raises:
        FileNotFoundError, ValueError: when it is not whole.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        if any(folder.glob("*.parquet")):
            raise MissingDataError(f"{folder / NAME}: is missing beside the tables that it is to declare")
        return None
    return Published(
        manifest.version,
        manifest.schema_version,
        read_tables(folder),
        {name: declared.sha256 for name, declared in manifest.files.items()},
        _comparison(folder, manifest),
    )


def copy_tables(release: Path, folder: Path) -> None:
    """Copy from a whole release what the next one needs of it."""
    kept = [*(release / "parquet").glob("*.parquet"), *release.glob("diff-from-*.json"), release / NAME]
    for path in sorted(kept):
        shutil.copyfile(path, folder / path.name)
