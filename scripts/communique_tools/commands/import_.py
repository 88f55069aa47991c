"""Take rows from CSV, XLSX or Parquet files into the records and flat tables."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique_tools.importing.planning import Plan
    from communique_tools.importing.sheet import Sheet


def _planned(folder: Path, sheets: "list[Sheet]", scope: str) -> "Plan":
    """What the sheets would change; a sheet that has a problem of its own is not tried out."""
    from communique_tools.errors import UnreadableError
    from communique_tools.importing.given import given_rows
    from communique_tools.importing.planning import Plan, plan

    read = [given_rows(sheet) for sheet in sheets]
    if problems := [problem for _, found in read for problem in found]:
        return Plan((), tuple(problems))
    try:
        return plan(folder, [row for rows, _ in read for row in rows], scope)
    except (UnreadableError, OSError, ValueError) as error:
        raise CannotRun(str(error)) from error


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--table", help="The table to which the one FILE belongs; else each is named after its table.")
@click.option("--scope", default="china-japan-korea", show_default=True, help="The folder for records of new events.")
@click.option("--write", "is_written", is_flag=True, help="Write the files; without it only show what would change.")
def command(files: tuple[Path, ...], table: str | None, scope: str, is_written: bool) -> None:
    """Add the rows of FILES (CSV, XLSX, Parquet, or folders of them) to the records and flat tables.

    New rows are added and gaps are filled; a value that is there already is never overwritten. An empty cell says
    nothing. Derived columns are passed over. Rows that need each other, such as an event, its steps and their
    evidence, are imported together: a folder of files, or a workbook, each file or sheet named after its table.

    Exit code 0: it fits, and with --write it was written; 1: something speaks against it, and nothing was written;
    2: could not run.

    \b
    Examples:
      communique import places.csv --table places
      communique import new-meeting.xlsx --scope china-japan-korea --write
    """
    from communique_tools.importing.given import derived_columns
    from communique_tools.importing.reading import read_sheets
    from communique_tools.importing.writing import write
    from communique_tools.skeleton import misfit
    from communique_tools.workspace import dataset_folder

    if problem := misfit("events", "event_id", scope):
        raise CannotRun(f"--scope: {problem}")
    folder = dataset_folder()
    sheets = read_sheets(list(files), table)
    for sheet in sheets:
        if names := derived_columns(sheet):
            click.echo(f"{sheet.path}: passed over {', '.join(names)}, which the build derives", err=True)
    found = _planned(folder, sheets, scope)
    if found.problems:
        click.echo("\n".join(map(str, found.problems)))
        click.echo(f"{len(found.problems)} findings; nothing was written", err=True)
        raise SystemExit(1)
    if is_written:
        write(found.changes, folder)
    click.echo("".join(change.diff() for change in found.changes), nl=False)
    rows = f"{found.added} rows added, {found.filled} filled, {found.known} known"
    done = "written" if is_written else "would be written, with --write"
    click.echo(f"{rows}; {len(found.changes)} files {done}", err=True)
