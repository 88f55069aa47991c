"""Compute how true the records are, field by field, from the verdicts of an audit."""

import click

from communique_tools.errors import CannotRun
from communique_tools.measures import STYLES, aligned, as_csv, as_json
from communique_tools.verdicts import HEADER, cells


@click.command("audit")
@click.argument("source", default="records")
@click.option("--format", "style", type=click.Choice(STYLES), default="text", show_default=True)
def command(source: str, style: str) -> None:
    """Precision of every audited field, with 95 % intervals, from the verdicts in SOURCE.

    SOURCE is the folder of a release, a folder of Parquet tables, a dataset/ folder or `records` (the default).
    Precision is the share that is right among what was decided: right or wrong.

    Exit code 0: computed; 2: could not run, or nothing was audited.

    \b
    Examples:
      communique audit
      communique audit build/release/2026.11.0 --format csv
    """
    from communique.audit import audit
    from communique_tools.workspace import read_source

    try:
        measured = audit(read_source(source))
    except ValueError as error:
        raise CannotRun(f"{source}: {error}") from error
    if measured.empty:
        raise CannotRun(f"{source}: nothing was audited; no field in codings begins with audit_")
    if style == "csv":
        click.echo(as_csv(measured))
    elif style == "json":
        click.echo(as_json({"audit": measured}))
    else:
        click.echo("\n".join(aligned([HEADER, *cells(measured)], left={"field"})))
