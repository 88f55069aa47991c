"""Draft the rows of changes that a release needs: what was published and is another now."""

from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.diff import Change


def _change_id(change: "Change", version: str) -> str:
    """A name that tells the table, and by a digest the row, the column and the release."""
    from hashlib import sha256

    named = " ".join((version, change.table, change.key, change.column or ""))
    return f"{change.table.replace('_', '-')}-{sha256(named.encode()).hexdigest()[:12]}"


def _is_meant(change: "Change", table: str | None, column: str | None, row: str | None) -> bool:
    return (
        (table is None or change.table == table)
        and (column is None or change.column == column)
        and (row is None or change.key.startswith(row))
    )


@click.command("changes")
@click.option("--table", help="Only changes of this table.")
@click.option("--column", help="Only changes of this column.")
@click.option("--row", help="Only rows whose key begins so.")
@click.option("--kind", help="What sort of change it is, a term of change_kind; needed with --reason.")
@click.option("--reason", help="Why, in one sentence; without it, only list what nothing explains yet.")
@click.option("--write", "is_written", is_flag=True, help="Add the rows to dataset/changes.csv.")
def command(
    table: str | None, column: str | None, row: str | None, kind: str | None, reason: str | None, is_written: bool
) -> None:
    """List what was published and is another now without a reason, or give a reason to all that is selected.

    The rows are for the release that the changelog announces first. A published id that is gone needs a row in
    dataset/retired_ids.csv instead; a null that was filled and a derived value need none.

    Exit code 0: nothing is left to explain, or the rows were drafted; 1: something is; 2: could not run.

    \b
    Examples:
      communique changes --table statements
      communique changes --table statements --column act --kind recoding --reason "The rule was mended." --write
    """
    from communique.columns import term_verdict
    from communique.vocabulary import terms
    from communique_tools.collapse.flat import flat_text
    from communique_tools.flat import read_flat
    from communique_tools.importing.writing import FileChange, write
    from communique_tools.release.candidates import next_candidate
    from communique_tools.release.refusals import unexplained
    from communique_tools.workspace import dataset_folder

    if bool(reason) != bool(kind) or (is_written and not reason):
        raise CannotRun("--kind and --reason belong together, and --write needs both")
    if kind and kind not in terms("change_kind"):
        raise CannotRun(f"--kind: {term_verdict(kind, 'change_kind')[1]}")
    folder = dataset_folder()
    candidate = next_candidate(folder)
    found = [change for change in unexplained(candidate) if _is_meant(change, table, column, row)]
    ids = [change for change in found if change.kind == "removed" and len(candidate.schemas[change.table].key) == 1]
    if reason is None:
        for change in found:
            was = f"  {change.column}: {change.before} → {change.after}" if change.column else "  is gone"
            click.echo(f"{change.table}  {change.key}{was}")
        click.echo(f"{len(found)} to explain for {candidate.version}", err=True)
        raise SystemExit(1 if found else 0)
    if ids:
        raise CannotRun(f"{ids[0].table} {ids[0].key}: an id that is gone needs a row in dataset/retired_ids.csv")
    drafted = [
        {
            "change_id": _change_id(change, candidate.version),
            "table_name": change.table,
            "row_id": change.key,
            "column_name": change.column,
            "change_kind": kind,
            "reason": reason,
            "release_id": candidate.version,
        }
        for change in found
    ]
    if not is_written:
        click.echo(flat_text("changes", drafted), nl=False)
        return
    path = folder / "changes.csv"
    known = read_flat("changes", path) if path.is_file() else []
    write([FileChange.of(path, flat_text("changes", [*known, *drafted]))], folder)
    click.echo(f"{len(drafted)} rows added to {path}", err=True)
