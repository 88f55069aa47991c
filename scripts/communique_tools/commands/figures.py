"""Count what the dataset holds: events by kind, standing, year or scope, and how well they are evidenced."""

import click

from communique_tools.counts import HEADER, cells
from communique_tools.errors import CannotRun
from communique_tools.measures import STYLES, aligned, as_csv, as_json


@click.command("figures")
@click.argument("source", default="records")
@click.option(
    "--by",
    type=click.Choice(["all", "family", "event_type", "status", "year", "scope"]),
    default="all",
    show_default=True,
    help="What to count by; scope is the folder of the record.",
)
@click.option("--format", "style", type=click.Choice(STYLES), default="text", show_default=True)
def command(source: str, by: str, style: str) -> None:
    """Count the events in SOURCE, with the shares that rest on two origins and on official pages.

    SOURCE is the folder of a release, a folder of Parquet tables, a dataset/ folder or `records` (the default).
    Of the meetings and visits that took place it says how many carry a step from before.

    Exit code 0: counted; 2: could not run.

    \b
    Examples:
      communique figures --by scope
      communique figures build/release/2026.11.0 --by year --format csv
    """
    from pathlib import Path
    from typing import cast

    from communique.figures import Dimension, figures
    from communique_tools.workspace import dataset_folder, read_dataset, read_source

    scopes: dict[str, str] = {}
    if by == "scope":
        folder = dataset_folder() if source == "records" else Path(source)
        if not (folder / "records").is_dir():
            raise CannotRun(f"{source}: only records have scopes, which are their folders; expected a dataset/ folder")
        dataset, records = read_dataset(folder)
        scopes = {event: record.path.parent.name for event, record in records.items()}
    else:
        dataset = read_source(source)
    counted = figures(dataset, cast("Dimension", by), scopes)
    if style == "csv":
        click.echo(as_csv(counted))
    elif style == "json":
        click.echo(as_json({"figures": counted}))
    else:
        click.echo("\n".join(aligned([HEADER, *cells(counted)], left={HEADER[0]})))
