"""Cite words for a row of a record."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique_tools.commands.fmt import diff, flat_tables, replace
from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique_tools.records import Record, Row


def _record(event_id: str) -> "Record":
    from communique_tools import records
    from communique_tools.workspace import dataset_folder

    for path in records.files(dataset_folder() / "records"):
        if path.stem == event_id:
            return records.read(path)
    raise CannotRun(f"{event_id}: no such record below {dataset_folder() / 'records'}; begin one with `communique new`")


def _flat(source: str) -> "dict[str, list[Row]]":
    """The flat tables, which must hold the page."""
    _, rows = flat_tables()
    if source not in {row["source_id"] for row in rows["sources"]}:
        raise CannotRun(f"--source {source}: no such page in dataset/sources; add its row first")
    return rows


def _span(text: str, source: str, locator: str | None, gist: str | None) -> dict[str, Any]:
    from communique.evidence import cut, fingerprint, shared_run
    from communique_tools.commands.fingerprint import FEWEST, MOST

    found = fingerprint(text)
    if not FEWEST <= found.words <= MOST:
        raise CannotRun(f"{found.words} words; take {FEWEST} to {MOST}")
    if gist and (run := shared_run(gist, cut(text))):
        raise CannotRun(f"the gist copies {run!r}; use your own words")
    return {
        "source": source,
        "words": found.words,
        "sha256": found.sha256,
        **({"locator": locator} if locator else {}),
    }


def _typed(settings: tuple[str, ...]) -> dict[str, str]:
    pairs = [setting.partition("=") for setting in settings]
    for key, equals, value in pairs:
        if not (key and equals and value):
            raise CannotRun(f"--set {key}{equals}{value}: expected KEY=VALUE, such as date=2023-09-26")
    return {key: value for key, _, value in pairs}


@click.command("cite")
@click.argument("event_id")
@click.argument("row")
@click.argument("file", type=click.Path(path_type=Path), default="-")
@click.option("--source", required=True, help="The source on whose page the words stand.")
@click.option("--locator", help="Where on the page, for example 'paragraph 2'.")
@click.option(
    "--attribution", help="Whom the words credit, a term of attribution, where the page's kind does not tell."
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A value of a row that is to be made.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
def command(
    event_id: str,
    row: str,
    file: Path,
    source: str,
    locator: str | None,
    attribution: str | None,
    settings: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Cite words, from FILE or standard input, as evidence of ROW in the record of EVENT_ID.

    The words are fingerprinted, not stored. ROW is named as in the record: steps.scheduled, participants.park-jin,
    participants.park-jin.+ (one more row of hers), outcomes.fund, relations.follows_up.cjk-som-2023,
    voices.minister.hope. A row that is not there yet is made of the values that are --set; one that is there keeps
    its values. What changed is printed; when anything is wrong nothing is written and the exit code is 2.

    \b
    Examples:
      echo "They will meet in Seoul on 26 September, the ministry said." | communique cite cjk-som-2023 \\
        steps.scheduled --source efe-som-2023 --set date=2023-09-19 --set planned=2023-09-26
      communique cite cjk-som-2023 steps.occurred sentence.txt --source efe-som-2023 --locator "paragraph 2"
    """
    from communique_tools.canonical import canonical
    from communique_tools.citing import CitingError, cite
    from communique_tools.collapse.normal import normal
    from communique_tools.errors import UnreadableError
    from communique_tools.page import read_page
    from communique_tools.records import parse
    from communique_tools.skeleton import misfit

    typed = _typed(settings)
    if attribution and (problem := misfit("evidence", "attribution", attribution)):
        raise CannotRun(f"--attribution: {problem}")
    try:
        record = _record(event_id)
        flat = _flat(source)
        span = _span(read_page(file), source, locator, typed.get("gist"))
        changed = type(record)(record.path, cite(record.data, row, span, typed, attribution))
        before = record.path.read_text(encoding="utf-8")
        after = canonical(normal(parse(canonical(changed), record.path), flat))
        if before != after and not dry_run:
            replace(record.path, after)
    except (CitingError, UnreadableError) as error:
        raise CannotRun(str(error)) from error
    except OSError as error:
        raise CannotRun(f"{event_id}: cannot be written: {error.strerror}") from error
    click.echo(diff(record.path, before, after), nl=False)
    if before == after:
        click.echo(f"{row} cites these words already", err=True)
