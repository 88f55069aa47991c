"""Write records and flat tables in their one layout."""

import difflib
import shlex
import shutil
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique_tools.records import Row


def diff(path: Path, before: str, after: str) -> str:
    """What formatting would change in a file, as a unified diff."""
    lines = difflib.unified_diff(
        StringIO(before, newline="\n").readlines(),
        StringIO(after, newline="\n").readlines(),
        fromfile=str(path),
        tofile=str(path),
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def replace(path: Path, text: str) -> None:
    """Put a text in the place of a file, all of it or none.

    Raises:
        OSError: when the folder cannot be written; the file is then as it was.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.write_bytes(text.encode())
        shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    from communique_tools.workspace import dataset_folder

    found: dict[Path, None] = {}
    for path in paths or (dataset_folder(),):
        if not path.exists():
            raise CannotRun(f"{path}: no such file or folder; expected a record, a flat table or a folder of them")
        found.update(dict.fromkeys(_inside(path) if path.is_dir() else [path]))
    return list(found)


def _inside(folder: Path) -> list[Path]:
    """The records and flat tables below a folder; of a whole dataset, only what lies in its records is a record."""
    from communique_tools import records
    from communique_tools.flat import flat_files

    inner = folder / "records"
    tables = [file for files in flat_files(folder).values() for file in files]
    return [*records.files(inner if inner.is_dir() else folder), *tables]


def flat_tables() -> "tuple[dict[Path, str], dict[str, list[Row]]]":
    """The table of each flat file of the checkout, and the rows, which tell what a record need not type."""
    from communique_tools.errors import UnreadableError
    from communique_tools.flat import flat_files, read_flat
    from communique_tools.workspace import dataset_folder

    try:
        files = flat_files(dataset_folder())
        rows = {table: [row for path in paths for row in read_flat(table, path)] for table, paths in files.items()}
    except UnreadableError as error:
        raise CannotRun(str(error)) from error
    return {path.resolve(): table for table, paths in files.items() for path in paths}, rows


def _canonical(path: Path, table: str | None, flat: "dict[str, list[Row]]") -> str:
    """The text of a file in its one layout: a record, or the flat table that it holds."""
    from communique_tools import records
    from communique_tools.canonical import canonical
    from communique_tools.collapse.flat import flat_text
    from communique_tools.collapse.normal import normal
    from communique_tools.flat import read_flat

    return canonical(normal(records.read(path), flat)) if table is None else flat_text(table, read_flat(table, path))


def _changes(files: list[Path]) -> dict[Path, tuple[str, str]]:
    """The text before and after of every file that is not canonical; all are read before one is written."""
    from communique_tools.errors import UnreadableError

    tables, flat = flat_tables()
    texts: dict[Path, tuple[str, str]] = {}
    problems: list[str] = []
    for path in files:
        try:
            after = _canonical(path, tables.get(path.resolve()), flat)
            # Decoded by hand: reading as text would hide the line ends of another system.
            texts[path] = (path.read_bytes().decode(), after)
        except (OSError, UnreadableError) as error:
            problems.append(str(error))
    if problems:
        raise CannotRun("\n".join([*problems, "nothing was written"]))
    return {path: (before, after) for path, (before, after) in texts.items() if before != after}


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help="Change nothing: print what would change and exit with 1 if anything would."
)
def command(paths: tuple[Path, ...], check: bool) -> None:
    """Bring records and flat tables, by default all of the dataset, into their one layout.

    Order, names of spans, quotes and spaces change, and what the build derives anyway is left out; what a file
    says does not change. Comments are dropped: say it in a note. Exit code 0: clean; 1: --check found something;
    2: could not run, and nothing was written.

    \b
    Examples:
      communique fmt
      communique fmt --check dataset/records/china-japan-korea/cjk-som-2023.toml
    """
    files = _files(paths)
    changes = _changes(files)
    for path, (before, after) in changes.items():
        if check:
            click.echo(diff(path, before, after), nl=False)
            continue
        try:
            replace(path, after)
        except OSError as error:
            raise CannotRun(f"{path}: cannot be written: {error.strerror}") from error
        click.echo(f"rewrote {path}", err=True)
    if check and changes:
        mend = shlex.join(["communique", "fmt", *map(str, changes if paths else [])])
        click.echo(f"{len(changes)} of {len(files)} files differ from their one layout; to mend: {mend}", err=True)
        raise SystemExit(1)
