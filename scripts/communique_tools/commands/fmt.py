"""Write the records in their one layout."""

import difflib
import shlex
import shutil
from io import StringIO
from pathlib import Path

import click

from communique_tools.errors import CannotRun


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
    from communique_tools import records
    from communique_tools.workspace import dataset_folder

    found: dict[Path, None] = {}
    for path in paths or (dataset_folder() / "records",):
        if not path.exists():
            raise CannotRun(f"{path}: no such file or folder; expected a record or a folder of records")
        found.update(dict.fromkeys(records.files(path) if path.is_dir() else [path]))
    return list(found)


def _changes(files: list[Path]) -> dict[Path, tuple[str, str]]:
    """The text before and after of every file that is not canonical; all are read before one is written."""
    from communique_tools import records
    from communique_tools.canonical import canonical

    texts: dict[Path, tuple[str, str]] = {}
    problems: list[str] = []
    for path in files:
        try:
            after = canonical(records.read(path))
            # Decoded by hand: reading as text would hide the line ends of another system.
            texts[path] = (path.read_bytes().decode(), after)
        except (OSError, records.RecordError) as error:
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
    """Bring records, by default all in dataset/records, into their one layout.

    Order of sections and keys, quotes and spaces change; what a record says does not. Comments are dropped: say
    it in a note. Exit code 0: clean; 1: --check found something; 2: could not run, and nothing was written.

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
        click.echo(f"{len(changes)} of {len(files)} records differ from their one layout; to mend: {mend}", err=True)
        raise SystemExit(1)
