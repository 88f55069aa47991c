"""Show what differs between two states of the dataset, by row and column."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.diff import Change, DatasetDiff
    from communique.frames import Row

PLACE = click.Path(path_type=Path, exists=True, file_okay=False)
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def _rows(folder: Path) -> dict[str, list[Row]]:
    from communique.loading import read_tables
    from communique_tools.workspace import read_dataset

    if (folder / "records").is_dir():
        return read_dataset(folder)[0].rows()
    try:
        return {name: table.to_pylist() for name, table in read_tables(folder).items()}
    except (FileNotFoundError, ValueError) as error:
        raise CannotRun(str(error)) from error


def _text(change: Change) -> str:
    start = f"{_SIGNS[change.kind]} {change.table}  {change.key}"
    if change.kind != "changed":
        return start
    before, after = ("null" if v is None else str(v) for v in (change.before, change.after))
    return f"{start}  {change.column}: {before} → {after}"


def _rendered(found: DatasetDiff, style: str) -> str:
    if style == "json":
        rows = [asdict(change) for change in found.changes]
        return json.dumps(rows, ensure_ascii=False, indent=2, default=str)
    if style == "summary":
        return "\n".join(
            f"{table}: {', '.join(f'{count} {kind}' for kind, count in kinds.items() if count)}"
            for table, kinds in found.counts().items()
        )
    return "\n".join(map(_text, found.changes))


@click.command("diff")
@click.argument("left", required=False, type=PLACE)
@click.argument("right", required=False, type=PLACE)
@click.option("--format", "style", type=click.Choice(["text", "summary", "json"]), default="text", show_default=True)
def command(left: Path | None, right: Path | None, style: str) -> None:
    """Show what differs between LEFT (default: the last release) and RIGHT (default: the records).

    Either is the folder of a release, a folder of Parquet tables, or a dataset folder with its records.
    Exit code 0: the same; 1: different; 2: could not run.

    \b
    Examples:
      communique diff --format summary
      communique diff communique-2026.11.0 communique-2026.12.0
    """
    from communique.diff import diff_rows
    from communique_tools.workspace import dataset_folder

    last = left or dataset_folder() / "tables"
    if not last.is_dir():
        raise CannotRun(f"{last}: nothing was released yet; name the folder to compare with")
    found = diff_rows(_rows(last), _rows(right or dataset_folder()))
    text = _rendered(found, style)
    click.echo(text, nl=bool(text))
    raise SystemExit(1 if found else 0)
