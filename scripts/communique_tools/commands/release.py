"""Release the dataset: check everything, write every format, publish all or nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique_tools.release.pipeline import Records
    from communique_tools.release.published import Published


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{path}: cannot be read, but is part of every release: {error}") from error


def _previous(tables: Path) -> Published | None:
    from communique_tools.release.published import published
    from communique_tools.release.staging import StagingError, recover

    try:
        found = published(tables)
        if found is None:  # before the first release, or moved aside by one that was killed or is at work
            recover(tables)
            found = published(tables)
    except (OSError, ValueError, StagingError) as error:
        raise CannotRun(f"the last release cannot be read: {error}") from error
    return found


def _explanations(folder: Path) -> dict[tuple[str, str, str], str]:
    from communique_tools.errors import UnreadableError
    from communique_tools.explanations import read_explanations

    try:
        return {name: reason for name, (_, reason) in read_explanations(folder).items()}
    except UnreadableError as error:
        raise CannotRun(str(error)) from error


def _records(folder: Path) -> Records:
    from communique_tools.release.pipeline import Records
    from communique_tools.workspace import read_dataset

    dataset, _ = read_dataset(folder)
    return Records(
        dataset,
        changelog=_text(folder.parent / "CHANGELOG.md"),
        pages=tuple(_text(page) for page in sorted((folder / "codebook").glob("*.md"))),
        citation=_text(folder.parent / "CITATION.cff"),
        license=_text(folder / "LICENSE"),
        previous=_previous(folder / "tables"),
        explanations=_explanations(folder),
    )


def _name(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


@click.command("release")
@click.argument("version")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder to publish, by default build/release/VERSION; another release there is never overwritten.",
)
@click.option("--commit-tables", "is_committed", is_flag=True, help="Also replace dataset/tables, to be committed.")
def command(version: str, out: Path | None, is_committed: bool) -> None:
    """Release the dataset as VERSION (YYYY.M.P), or list every reason against it.

    The last release may be built again: from the same records come the same bytes.
    Exit code 0: released; 1: refused, nothing was published; 2: could not run, nothing was published.

    \b
    Examples:
      communique release 2026.11.0
      communique release 2026.11.1 --out build/communique-2026.11.1 --commit-tables
    """
    try:
        from communique_tools.release.pipeline import ReleaseRefused, release
    except ModuleNotFoundError as error:
        raise CannotRun(f"{error.name} is not installed; a release needs `pip install communique[release]`") from error
    from communique_tools.release.staging import StagingError
    from communique_tools.workspace import dataset_folder

    if sys.flags.optimize > 1:
        raise CannotRun("run Python without -OO: the codebook is made from docstrings")
    folder = dataset_folder()
    records = _records(folder)
    try:
        done = release(
            records, version, out or Path("build/release") / version, folder / "tables" if is_committed else None
        )
    except ReleaseRefused as refused:
        click.echo(str(refused))
        click.echo(f"{version} was refused, nothing was published; reasons: {len(refused.reasons)}", err=True)
        raise SystemExit(1) from refused
    except StagingError as error:
        raise CannotRun(str(error)) from error
    if done.differing:
        told = "not those first published under this version; what writes them has changed since"
        click.echo(f"note: {_name(done.differing)}: {told}", err=True)
    click.echo(f"{done.version} {'is' if done.is_new else 'stood already, byte for byte,'} in {done.folder}")
