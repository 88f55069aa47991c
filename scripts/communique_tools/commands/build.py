"""Build every table as Parquet from the records, unchecked."""

from pathlib import Path

import click

from communique_tools.errors import CannotRun


def _refuse_others(out: Path) -> None:
    """Replace nothing but an earlier build."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise CannotRun(f"{out}: is no folder; name one to fill")
    for path in out.iterdir() if out.is_dir() else ():
        if path.suffix != ".parquet" or not path.is_file():
            raise CannotRun(f"{out}: holds {path.name}, which is no table; name an empty folder")


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="build/tables",
    show_default=True,
    help="The folder to fill; an earlier build in it is replaced.",
)
def command(out: Path) -> None:
    """Build every table as Parquet from the records, with the derived columns filled.

    A draft for yourself: it checks types, but no rules. `communique validate` checks, `communique release`
    publishes.
    Exit code 0: built; 2: could not run, an earlier build stands as it was.

    \b
    Examples:
      communique build
      communique build --out ../draft
    """
    import pyarrow

    from communique_tools.release.edition import DRAFT, table_contents
    from communique_tools.release.parquet import write_tables
    from communique_tools.release.staging import StagingError, replacing, staging
    from communique_tools.workspace import read_dataset

    _refuse_others(out)
    dataset, _ = read_dataset()
    try:
        with staging(out) as folder:
            written = write_tables(table_contents(dataset), folder, DRAFT)
            with replacing(folder, out):
                pass
    except (pyarrow.ArrowException, StagingError) as error:
        raise CannotRun(f"{error}; `communique validate` says more") from error
    click.echo(f"{len(written)} tables in {out}")
