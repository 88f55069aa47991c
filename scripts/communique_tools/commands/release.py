"""Release the dataset: check everything, write every format, publish all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique_tools.release.pipeline import Records


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _records(folder: Path) -> Records:
    from communique_tools.release.pipeline import Records, published
    from communique_tools.workspace import read_dataset

    dataset, _ = read_dataset(folder)
    license_file = folder / "LICENSE"
    try:
        previous = published(folder / "tables")
    except (FileNotFoundError, ValueError) as error:
        raise CannotRun(f"the last release cannot be read: {error}") from error
    return Records(
        dataset,
        changelog=_text(folder.parent / "CHANGELOG.md"),
        decision_rules=_text(folder / "codebook" / "decision_rules.md"),
        license_file=license_file if license_file.is_file() else None,
        previous=previous,
    )


def commit_tables(records: Records, version: str, target: Path) -> None:
    """Put the tables and their manifest where the next release finds the last one."""
    from communique_tools.release import manifest, parquet
    from communique_tools.release.staging import publish, staging

    fresh, old = target.with_name(f"{target.name}.fresh"), target.with_name(f"{target.name}.old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    with staging(fresh) as folder:
        parquet.write_tables(records.dataset, folder)
        manifest.write(records.dataset, folder, version)
        publish(folder, fresh)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@click.command("release")
@click.argument("version")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder to publish, by default build/release/VERSION; it must not exist.",
)
@click.option("--commit-tables", "is_committed", is_flag=True, help="Also replace dataset/tables, to be committed.")
def command(version: str, out: Path | None, is_committed: bool) -> None:
    """Release the dataset as VERSION (YYYY.M.P), or list every reason against it.

    Exit code 0: released; 1: refused, nothing was published; 2: could not run.

    \b
    Examples:
      communique release 2026.11.0
      communique release 2026.11.1 --out build/communique-2026.11.1 --commit-tables
    """
    from communique_tools.release.pipeline import ReleaseRefused, release
    from communique_tools.release.staging import StagingError
    from communique_tools.workspace import dataset_folder

    folder = dataset_folder()
    records = _records(folder)
    try:
        done = release(records, version, out or Path("build/release") / version)
        if is_committed:
            commit_tables(records, version, folder / "tables")
    except ReleaseRefused as refused:
        click.echo(str(refused))
        click.echo(f"{version} was refused, nothing was published; reasons: {len(refused.reasons)}", err=True)
        raise SystemExit(1) from refused
    except StagingError as error:
        raise CannotRun(str(error)) from error
    click.echo(f"{done.version} is in {done.folder}")
