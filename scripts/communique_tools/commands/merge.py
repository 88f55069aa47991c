"""Merge two names of one actor, office, place, series or source into one, everywhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique_tools.importing.writing import FileChange
    from communique_tools.merging import Merger
    from communique_tools.records import Rows


def _known(folder: Path, merger: "Merger") -> None:
    """Refuse what is not there, with the nearest that is."""
    from communique.columns import nearest
    from communique.schemas import table_schema
    from communique_tools.workspace import read_rows

    key = table_schema(merger.table).key[0]
    ids = [row[key] for row in read_rows(folder)[0][merger.table]]
    for name in (merger.old, merger.new):
        if name not in ids:
            raise CannotRun(f"{merger.table} has no {name!r}{nearest(name, ids)}")


def _changes(folder: Path, merger: "Merger", reason: str) -> "list[FileChange]":
    """Every file whose text is another after the merger; retired_ids with what was published under old ids."""
    from communique.schemas import table_schema
    from communique_tools.canonical import canonical
    from communique_tools.collapse.flat import flat_text
    from communique_tools.expansion import expand
    from communique_tools.flat import flat_files, read_flat
    from communique_tools.importing.writing import FileChange
    from communique_tools.merging import merged_data, merged_rows
    from communique_tools.records import Record, parse
    from communique_tools.retiring import retired_rows
    from communique_tools.truth import read_truth

    typed, records = read_truth(folder)
    texts: dict[Path, str] = {}
    after: Rows = {table: [] for table in typed}
    for record in records.values():
        merged = parse(canonical(Record(record.path, merged_data(record.data, merger))), record.path)
        texts[record.path] = canonical(merged)
        for table, rows in expand(merged).items():
            after[table] += rows
    files = flat_files(folder)
    flat = {table: {path: read_flat(table, path) for path in paths} for table, paths in files.items()}
    joined = {table: [row for rows in parts.values() for row in rows] for table, parts in flat.items()}
    for table, rows in merged_rows(joined, merger).items():
        key_of = table_schema(table).key_of
        home = {key_of(row): path for path, own in flat[table].items() for row in own}
        for path in files[table]:  # a row stays in its file; one with a new key goes into the first
            texts[path] = flat_text(table, [row for row in rows if home.get(key_of(row), files[table][0]) == path])
        after[table] += rows
    retired = retired_rows(folder, after, merger, reason)
    if retired:
        path = files.get("retired_ids", [folder / "retired_ids.csv"])[0]
        texts[path] = flat_text("retired_ids", [*joined.get("retired_ids", []), *retired])
    changes = [FileChange.of(path, text) for path, text in sorted(texts.items())]
    return [change for change in changes if change.before != change.after]


@click.command("merge")
@click.argument("table", type=click.Choice(["actors", "offices", "places", "series", "sources"]))
@click.argument("old")
@click.argument("new")
@click.option("--reason", default="Two names of one.", show_default=True, help="Why; told of what was published.")
@click.option("--write", "is_written", is_flag=True, help="Write the files; without it only show what would change.")
def command(table: str, old: str, new: str, reason: str, is_written: bool) -> None:
    """Let every row that names OLD name NEW, and OLD's own row go into NEW's.

    What NEW leaves open is filled from OLD; of values that differ NEW's stay. Published ids that go are retired, for
    the release that the changelog announces first.

    Exit code 0: shown or written; 2: could not run, and nothing was written.

    \b
    Examples:
      communique merge offices jpn-land-tourism-minister jpn-land-minister
      communique merge sources yonhap-cjk-som-2023 yonhap-som-2023 --reason "One page had two rows." --write
    """
    from communique_tools.errors import UnreadableError
    from communique_tools.importing.writing import write
    from communique_tools.merging import ClashError, Merger
    from communique_tools.workspace import dataset_folder

    if old == new:
        raise CannotRun(f"{old} is to go into itself; name two ids")
    folder, merger = dataset_folder(), Merger(table, old, new)
    _known(folder, merger)
    try:
        changes = _changes(folder, merger, reason)
    except (UnreadableError, ClashError) as error:
        raise CannotRun(str(error)) from error
    if is_written:  # before anything is shown: whoever reads only the first lines closes the pipe
        write(changes, folder)
    click.echo("".join(change.diff() for change in changes), nl=False)
    click.echo(f"{len(changes)} files {'written' if is_written else 'would be written, with --write'}", err=True)
