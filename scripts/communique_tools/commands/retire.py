"""Say what became of a published id that is gone."""

import click


@click.command("retire")
@click.argument("old")
@click.option("--into", help="The id that it went into; without it, the row was withdrawn.")
@click.option("--reason", required=True, help="Why, in one sentence.")
def command(old: str, into: str | None, reason: str) -> None:
    """Add a row to dataset/retired_ids.csv for OLD, an id that was published and whose row was taken out.

    `communique changes` lists the ids that need one. The row is for the release that the changelog announces first.
    Exit code 0: written; 2: could not run, and nothing was written.

    \b
    Examples:
      communique retire chn-jpn-talks-2024/lapsed --reason "A later page shows the plan alive."
      communique retire cjk-secretariat-2009/kor-host --into cjk-secretariat-2009/kor-participant --reason "No meeting."
    """
    from communique_tools.collapse.flat import flat_text
    from communique_tools.flat import read_flat
    from communique_tools.importing.writing import FileChange, write
    from communique_tools.release.candidates import next_candidate
    from communique_tools.retiring import retired_row
    from communique_tools.workspace import dataset_folder

    folder = dataset_folder()
    row = retired_row(next_candidate(folder), old, into, reason)
    path = folder / "retired_ids.csv"
    known = read_flat("retired_ids", path) if path.is_file() else []
    write([FileChange.of(path, flat_text("retired_ids", [*known, row]))], folder)
    click.echo(f"{old}: {row['retired_state']}{f' into {into}' if into else ''}, told in {path}", err=True)
