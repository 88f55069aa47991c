"""Look for the fingerprinted words of a source in a copy of its page."""

from pathlib import Path

import click

from communique_tools.errors import CannotRun


@click.command("verify-evidence")
@click.option("--source", required=True, help="The source whose spans to look for.")
@click.argument("file", type=click.Path(path_type=Path))
def command(source: str, file: Path) -> None:
    """Say for each span of a source whether its words stand in FILE (- for standard input).

    Answers are `found`, `absent`, or `not_checked` where the span is of another kind of text than the page.
    Exit code 1 when any is absent.

    \b
    Examples:
      communique verify-evidence --source almayadeen-som-2023 article.txt
      curl -s URL | communique verify-evidence --source efe-som-2023 -
    """
    from communique.evidence import Fingerprint, cut, stands_in
    from communique_tools.page import read_page
    from communique_tools.workspace import read_dataset

    text = read_page(file)
    dataset, _ = read_dataset()
    if not (dataset.sources["source_id"] == source).any():
        raise CannotRun(f"--source {source}: no such source in dataset/sources")
    spans = [span for span in dataset.rows()["spans"] if span["source_id"] == source]
    page = cut(text)
    answers = []
    for span in spans:
        if not page:
            answer = "not_checked"
        else:
            answer = "found" if stands_in(Fingerprint(span["words"], span["sha256"]), page) else "absent"
        answers.append(answer)
        click.echo(f"{span['span_id']}\t{answer}\t{span['locator']}")
    click.echo(f"{answers.count('found')} of {len(answers)} spans found", err=True)
    raise SystemExit(1 if "absent" in answers else 0)
