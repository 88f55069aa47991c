"""Fingerprint the words of a page, without storing them."""

import sys
from pathlib import Path

import click

from communique_tools.errors import CannotRun

FEWEST, MOST = 8, 160


@click.command("fingerprint")
@click.argument("file", type=click.Path(path_type=Path), default="-")
@click.option("--source", required=True, help="The source on whose page the words stand.")
@click.option("--locator", help="Where on the page, for example 'paragraph 2'.")
@click.option("--gist", multiple=True, help="Our own sentence: warn when it copies eight words in a row.")
def command(file: Path, source: str, locator: str | None, gist: tuple[str, ...]) -> None:
    """Turn a sentence, from FILE or standard input, into a line for [spans].

    \b
    Examples:
      echo "The meeting was attended by ..." | communique fingerprint --source efe-som-2023
      communique fingerprint sentence.txt --source efe-som-2023 --gist "Three officials met."
    """
    from communique.evidence import cut, fingerprint, shared_run

    try:
        text = sys.stdin.buffer.read().decode() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{file}: cannot be read as UTF-8: {error}") from error
    found = fingerprint(text)
    where = f', locator = "{locator}"' if locator else ""
    click.echo(f'{{ source = "{source}", words = {found.words}, sha256 = "{found.sha256}"{where} }}')
    copied = [run for own in gist if (run := shared_run(own, cut(text)))]
    for run in copied:
        click.echo(f"Warning: the gist copies {run!r}; use your own words", err=True)
    if not FEWEST <= found.words <= MOST:
        click.echo(f"Warning: {found.words} words; take {FEWEST} to {MOST}", err=True)
        raise SystemExit(1)
    raise SystemExit(1 if copied else 0)
