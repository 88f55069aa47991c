"""Check records, a release, a folder of tables or one file against the schemas and rules."""

from pathlib import Path

import click

STYLES = ["text", "json", "github", "sarif"]


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--table", help="The table that one Parquet or CSV file holds.")
@click.option("--format", "style", type=click.Choice(STYLES), default="text", show_default=True)
@click.option("--baseline", type=click.Path(path_type=Path), help="Tell only what this release did not have.")
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="Findings to tell.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of telling them.")
def command(
    paths: tuple[Path, ...], table: str | None, style: str, baseline: Path | None, limit: int, statistics: bool
) -> None:
    """Check the records of this checkout, or whatever each PATH holds.

    A PATH may be a dataset/ folder of records, a release, a folder of Parquet tables, or with --table one
    Parquet or CSV file. Findings go to standard output, their number to standard error. Warnings that stay are
    explained in dataset/explained.csv; an explanation that no warning answers to is an error.

    Exit code 0: no error (warnings do not count); 1: errors were found; 2: could not run.

    \b
    Examples:
      communique validate
      communique validate --baseline dataset/tables --format github
      communique validate my-events.parquet --table events --format json
    """
    import gc

    from communique_tools.validation import rendering
    from communique_tools.validation.targets import findings, only_new
    from communique_tools.workspace import dataset_folder

    gc.disable()  # a million rows live until the end: looking for garbage among them costs a fifth of the time
    found = [one for path in paths or [dataset_folder()] for one in findings(path, table)]
    if baseline is not None:
        found = only_new(found, findings(baseline))
    found.sort(key=lambda one: (one.finding.severity, one.place.path, one.place.line or 0, one.finding.code))
    text = rendering.statistics(found) if statistics else rendering.STYLES[style](found, limit)
    click.echo(text, nl=bool(text))
    errors = rendering.count(found, "error")
    explained = sum(one.explanation is not None for one in found)
    told = f" ({explained} explained)" if explained else ""
    click.echo(f"{errors} errors, {rendering.count(found, 'warning')} warnings{told}", err=True)
    raise SystemExit(1 if errors else 0)
