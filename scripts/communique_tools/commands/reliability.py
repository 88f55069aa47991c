"""Compute how far the coders agreed, field by field, from the codings."""

import click

from communique_tools.agreement import HEADER, cells, sentences
from communique_tools.errors import CannotRun
from communique_tools.measures import STYLES, aligned, as_csv, as_json


@click.command("reliability")
@click.argument("source", default="records")
@click.option("--round", "coding_round", type=click.IntRange(min=1), help="Only this round.  [default: each]")
@click.option("--format", "style", type=click.Choice(STYLES), default="text", show_default=True)
def command(source: str, coding_round: int | None, style: str) -> None:
    """Agreement and Krippendorff's alpha of every field, with 95 % intervals, from the codings in SOURCE.

    SOURCE is the folder of a release, a folder of Parquet tables, a dataset/ folder or `records` (the default).
    Rounds are never pooled. Which units were found by all follows in text and JSON.
    The codebook says how it is computed.

    Exit code 0: computed; 2: could not run, or there are no codings.

    \b
    Examples:
      communique reliability
      communique reliability build/release/2026.11.0 --round 1 --format csv
    """
    from communique.reliability import reliability
    from communique.unitising import unitising
    from communique_tools.workspace import read_source

    dataset = read_source(source)
    try:
        measured = reliability(dataset, coding_round=coding_round)
        found = unitising(dataset, coding_round=coding_round)
    except ValueError as error:
        raise CannotRun(f"{source}: {error}") from error
    if measured.empty and found.empty:
        known = sorted(set(dataset.codings["coding_round"]))
        which = f"of round {coding_round}; there are {', '.join(map(str, known))}" if coding_round and known else ""
        raise CannotRun(" ".join(filter(None, [f"{source}: there are no codings", which])))
    if style == "csv":
        click.echo(as_csv(measured))
    elif style == "json":
        click.echo(as_json({"reliability": measured, "unitising": found}))
    else:
        table = aligned([HEADER, *cells(measured)], left={"field", "scale"}) if len(measured) else []
        click.echo("\n".join([*table, *sentences(found)]))
