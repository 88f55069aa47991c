"""Verify that a release is whole and right, from its folder alone."""

from pathlib import Path

import click

from communique_tools.errors import CannotRun


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Verify a release: sums, content hashes, columns, keys, references and every rule.

    Exit code 0: it is as it was published; 1: it is not; 2: could not run.

    \b
    Examples:
      communique verify build/release/2026.11.0
      communique verify ~/Downloads/communique-2026.11.0
    """
    from communique_tools.release.verification import NoReleaseError, verify

    try:
        reasons = verify(folder)
    except (NoReleaseError, OSError) as error:
        raise CannotRun(str(error)) from error
    for reason in reasons:
        click.echo(reason)
    if reasons:
        raise SystemExit(1)
    click.echo(f"{folder}: whole and right")
