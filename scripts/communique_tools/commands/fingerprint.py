"""Fingerprint the words of a page, without storing them."""

from pathlib import Path

import click

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
      echo "They met in Seoul on 26 September 2023." | communique fingerprint --source efe-som-2023
      communique fingerprint sentence.txt --source efe-som-2023 --gist "Three officials met."
    """
    from communique.evidence import cut, fingerprint, shared_run
    from communique_tools.canonical import value_text
    from communique_tools.page import read_page

    text = read_page(file)
    found = fingerprint(text)
    where = {"locator": locator} if locator else {}
    click.echo(value_text({"source": source, "words": found.words, "sha256": found.sha256, **where}))
    copied = [run for own in gist if (run := shared_run(own, cut(text)))]
    for run in copied:
        click.echo(f"Warning: the gist copies {run!r}; use your own words", err=True)
    if not FEWEST <= found.words <= MOST:
        click.echo(f"Warning: {found.words} words; take {FEWEST} to {MOST}", err=True)
        raise SystemExit(1)
    raise SystemExit(1 if copied else 0)
