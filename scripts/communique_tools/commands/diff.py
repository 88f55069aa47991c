"""Show what differs between two states of the dataset, by row and column, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.diff import Change, DatasetDiff
    from communique.frames import Row

RECORDS = "records"
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


class State(NamedTuple):
    """One side of the comparison: what to call it, and its rows by table."""

    name: str
    rows: dict[str, list[Row]]


def _records(folder: Path) -> State:
    from communique_tools.workspace import read_dataset

    return State(RECORDS, read_dataset(folder)[0].rows())


def _state(place: str) -> State:
    from communique.loading import find, read_tables
    from communique.manifest import read_manifest
    from communique_tools.workspace import dataset_folder

    if place == RECORDS:
        return _records(dataset_folder())
    if (Path(place) / "records").is_dir():
        return _records(Path(place))
    try:
        folder = find(place)
        manifest = read_manifest(folder)
        rows = {name: table.to_pylist() for name, table in read_tables(folder).items()}
    except (OSError, ValueError) as error:
        raise CannotRun(str(error)) from error
    return State(manifest.version if manifest else place, rows)


def _last() -> str:
    from communique_tools.workspace import dataset_folder

    last = dataset_folder() / "tables"
    if not last.is_dir():
        raise CannotRun(f"{last}: nothing was released yet; name the folder to compare with")
    return str(last)


def _text(change: Change) -> str:
    line = f"{_SIGNS[change.kind]} {change.table}  {change.key}"
    if change.kind == "changed":
        before, after = ("null" if v is None else str(v) for v in (change.before, change.after))
        line += f"  {change.column}: {before} → {after}"
    return f"{line}  ({change.reason})" if change.reason else line


def _rendered(found: DatasetDiff, left: str, right: str, style: str) -> str:
    if style == "json":
        return json.dumps(found.document(left, right), ensure_ascii=False, indent=2)
    if style == "summary":
        return "\n".join(
            f"{table}: {', '.join(f'{count} {kind}' for kind, count in kinds.items() if count)}"
            for table, kinds in found.counts().items()
        )
    return "\n".join(map(_text, found.changes))


@click.command("diff")
@click.argument("left", required=False)
@click.argument("right", default=RECORDS)
@click.option("--format", "style", type=click.Choice(["text", "summary", "json"]), default="text", show_default=True)
def command(left: str | None, right: str, style: str) -> None:
    """Show what differs between LEFT (default: the last release) and RIGHT (default: the records).

    Either is the folder of a release, a folder of Parquet tables, or `records`. A difference that RIGHT explains in
    `changes` or `retired_ids` is followed by the reason.
    Exit code 0: the same; 1: different; 2: could not run.

    \b
    Examples:
      communique diff --format summary
      communique diff communique-2026.11.0 communique-2026.12.0
    """
    from communique.diff import AmbiguousKeyError, diff_rows

    old, new = _state(left or _last()), _state(right)
    try:
        found = diff_rows(old.rows, new.rows)
        text = _rendered(found, old.name, new.name, style)
    except (AmbiguousKeyError, TypeError) as error:
        raise CannotRun(f"{old.name}, {new.name}: {error}") from error
    click.echo(text, nl=bool(text))
    raise SystemExit(1 if found else 0)
