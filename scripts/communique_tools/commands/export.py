"""Write the dataset, or what was known of it on a day, as tables."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.dataset import Dataset
    from communique_tools.release.edition import Content

RECORDS = "records"
FORMATS = ("parquet", "csv", "jsonl")


def _source(place: str | None) -> tuple[Dataset, str]:
    """The dataset to export, and its version."""
    from communique.loading import find, load
    from communique.manifest import read_manifest
    from communique_tools.release.edition import DRAFT
    from communique_tools.workspace import read_dataset

    if place == RECORDS:
        return read_dataset()[0], DRAFT
    try:
        folder = find(place)
        manifest = read_manifest(folder)
        return load(folder), manifest.version if manifest else DRAFT
    except (OSError, ValueError) as error:
        raise CannotRun(str(error)) from error


def _day(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # other forms of ISO 8601 are no form of ours
        raise CannotRun(f"--as-of {text!r}: is no day; expected one such as 2023-09-27")
    return day


def write_tables(contents: dict[str, Content], folder: Path, style: str, version: str) -> None:
    """Every table into a folder, one file each.

    Raises:
        OSError: when the disk takes no more.
    """
    from communique_tools.release import csv, jsonl, parquet

    for name, content in contents.items():
        path = folder / f"{name}.{style}"
        if style == "parquet":
            parquet.write_content(content, path, version)
        elif style == "csv":
            csv.write_content(content, path)
        else:
            text = "".join(f"{jsonl.line(row)}\n" for row in content.rows)
            path.write_text(text, encoding="utf-8", newline="\n")


@click.command("export")
@click.argument("source", required=False)
@click.option("--as-of", "day", metavar="DAY", help="Only what was public at the end of this day.")
@click.option("--format", "style", type=click.Choice(FORMATS), default="parquet", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="The new folder.  [default: build/export[-DAY]-FORMAT]")
def command(source: str | None, day: str | None, style: str, out: Path | None) -> None:
    """Write SOURCE as tables, one file each, into a folder that does not exist yet.

    SOURCE is the folder of a release or of Parquet tables, or `records`; without it, the last release. With
    --as-of, rows, dates and standings are those that the pages public by that day support, and nothing tells
    what came later.

    Exit code 0: written; 2: could not run, and nothing was written.

    \b
    Examples:
      communique export --as-of 2023-09-27 --format csv
      communique export records --format csv --out mine
    """
    import pyarrow

    from communique.asof import as_of
    from communique_tools.release.edition import table_contents
    from communique_tools.release.staging import StagingError, publish, staging

    cut = _day(day) if day is not None else None
    target = out or Path("build", "-".join(filter(None, ["export", day, style])))
    if target.is_symlink() or target.exists():
        raise CannotRun(f"{target}: exists already; name a new folder with --out")
    dataset, version = _source(source)
    if cut is not None:
        dataset, version = as_of(dataset, cut), f"{version} as of {day}"
    try:
        with staging(target) as folder:
            contents = table_contents(dataset)
            write_tables(contents, folder, style, version)
            publish(folder, target)
    except (StagingError, pyarrow.ArrowException) as error:
        raise CannotRun(str(error)) from error
    rows = sum(len(content.rows) for content in contents.values())
    click.echo(f"{len(contents)} tables with {rows} rows in {target}")
