"""Build every table as Parquet from the records, unchecked."""

import shutil
from pathlib import Path

import click

from communique_tools.errors import CannotRun


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="build/tables",
    show_default=True,
    help="The folder to fill; an earlier build in it is replaced.",
)
def command(out: Path) -> None:
    """Build every table as Parquet from the records, with the derived columns filled.

    A draft for yourself: it checks types, but no rules. `communique validate` checks, `communique release`
    publishes.

    \b
    Examples:
      communique build
      communique build --out /tmp/draft
    """
    import pyarrow

    from communique_tools.release.parquet import write_tables
    from communique_tools.release.staging import StagingError, publish, staging
    from communique_tools.workspace import read_dataset

    others = [path for path in out.iterdir() if path.suffix != ".parquet"] if out.is_dir() else []
    if others:
        raise CannotRun(f"{out}: holds {others[0].name}, which is no table; name an empty folder")
    dataset, _ = read_dataset()
    fresh = out.with_name(f"{out.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with staging(fresh) as folder:
            written = write_tables(dataset, folder)
            publish(folder, fresh)
    except (pyarrow.ArrowException, StagingError) as error:
        raise CannotRun(f"{out}: {error}; `communique validate` says more") from error
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    click.echo(f"{len(written)} tables in {out}")
