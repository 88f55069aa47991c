"""Draw units by a seed, as a sheet to code again or to audit, or as the pages to read."""

import csv
import io
from typing import TYPE_CHECKING, Any

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.sampling import Rows

HEADER = ("unit_id", "coder", "field", "coded", "is_blind", "coding_round")
UNITS = {"coding": ("events", "statements"), "audit": ("events", "spans")}


def _sheet(drawn: list[str], fields: tuple[str, ...], known: dict[str, dict[str, Any]], coder: str, number: int) -> str:
    """Rows of ``codings``: empty for a blind coder, else with what the records say."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(HEADER)
    for unit in drawn:
        said = known.get(unit, {})
        sheet.writerows(
            (unit, coder, name, said.get(name) or "", "false" if known else "true", number) for name in fields
        )
    return out.getvalue().rstrip("\n")


def _reading(rows: "Rows", unit: str, drawn: list[str]) -> str:
    """What a coder may see of each unit: its id, its title, its pages; never what the record says of it."""
    from communique.sampling import KEYS, pages

    titles = {row["event_id"]: row["title"] for row in rows["events"]}
    cited = pages(rows)
    span = {row["span_id"]: row for row in rows["spans"]}
    source = {row["source_id"]: row for row in rows["sources"]}
    words: dict[str, list[str]] = {}
    for item in rows["evidence"]:
        if item["table_name"] == unit and item["stance"] == "supports":
            words.setdefault(item["row_id"], []).append(item["span_id"])
    lines: list[str] = []
    for name in drawn:
        lines += [f"## {name}", ""]
        if unit == "events":
            lines += [titles[name] or name, ""]
            lines += [f"- {page['url']} ({page['publisher_id']}, {page['published_edtf']})" for page in cited[name]]
        else:
            for found in [span[name]] if KEYS[unit] == "span_id" else [span[key] for key in words.get(name, [])]:
                page = source[found["source_id"]]
                place = f"{found['locator'] or 'anywhere'}, {found['words']} words, sha256 {found['sha256']}"
                lines.append(f"- {page['url']} ({page['source_kind']} of {page['publisher_id']}): {place}")
        lines.append("")
    return "\n".join(lines).rstrip("\n")


@click.command("sample")
@click.argument("unit", type=click.Choice(["events", "statements", "spans"]))
@click.option("--size", type=click.IntRange(min=1), required=True, help="How many units.")
@click.option("--seed", type=int, required=True, help="The seed; write it down with what it drew.")
@click.option(
    "--for", "purpose", type=click.Choice(list(UNITS)), default="coding", show_default=True, help="What is asked."
)
@click.option("--scope", "scopes", multiple=True, help="Only events in this folder of dataset/records; repeatable.")
@click.option("--status", "statuses", multiple=True, help="Only events of this status; repeatable.")
@click.option("--coder", default="second", show_default=True, help="The coder's name in the sheet.")
@click.option("--round", "number", type=click.IntRange(min=1), default=1, show_default=True, help="The round.")
@click.option("--recorded", is_flag=True, help="Fill in what the records say, for the coder who wrote them.")
@click.option("--pages", "reading", is_flag=True, help="Print the pages to read instead of the sheet.")
def command(
    unit: str,
    size: int,
    seed: int,
    purpose: str,
    scopes: tuple[str, ...],
    statuses: tuple[str, ...],
    coder: str,
    number: int,
    recorded: bool,
    reading: bool,
) -> None:
    """Draw SIZE rows of events, statements or spans by SEED, and print a sheet of codings for them as CSV.

    A sheet for coding asks for the values of each unit anew, one for an audit for verdicts: right, wrong or unclear.
    Its rows belong into dataset/codings.csv. Only --recorded shows what the records say: give a blind coder the rest.

    Exit code 0: drawn; 2: could not run.

    \b
    Examples:
      communique sample events --size 50 --seed 20261124 > sheet.csv
      communique sample events --size 60 --seed 7 --for audit --pages > pages.md
    """
    from communique.audit import FIELDS as AUDITED
    from communique.columns import nearest
    from communique.reliability import AUDIT
    from communique.sampling import FIELDS, KEYS, draw
    from communique.sampling import recorded as said
    from communique.vocabulary import terms
    from communique_tools.workspace import read_rows

    if unit not in UNITS[purpose]:
        raise CannotRun(f"{unit} are not drawn for {purpose}; expected {' or '.join(UNITS[purpose])}")
    if recorded and purpose == "audit":
        raise CannotRun("--recorded has no meaning for an audit: the records give no verdict on themselves")
    rows, records = read_rows()
    folders = {name: record.path.parent.name for name, record in records.items()}
    unknown = sorted(set(scopes) - set(folders.values()))
    if unknown:
        known = ", ".join(sorted(set(folders.values())))
        raise CannotRun(f"--scope {unknown[0]}: no such folder in dataset/records; there are {known}")
    ids = [row[KEYS[unit]] for row in rows[unit]]
    if scopes and unit == "spans":
        raise CannotRun("--scope has no meaning for spans: one may support events of many scopes")
    if scopes:
        ids = [name for name in ids if folders[name.split("/")[0]] in scopes]
    if statuses:
        known_terms = terms("status")
        for status in statuses:
            if status not in known_terms:
                raise CannotRun(f"--status {status}: no such term{nearest(status, known_terms)}")
        if unit == "spans":
            raise CannotRun("--status has no meaning for spans: one may support events of many")
        standing = {row["event_id"]: row["status"] for row in rows["events"]}
        ids = [name for name in ids if standing[name.split("/")[0]] in statuses]
    try:
        drawn = draw(ids, size, seed)
    except ValueError as error:
        raise CannotRun(str(error)) from error
    fields = FIELDS[unit] if purpose == "coding" else tuple(AUDIT + name for name in AUDITED[unit])
    known_values = said(rows, unit) if recorded else {}
    click.echo(_reading(rows, unit, drawn) if reading else _sheet(drawn, fields, known_values, coder, number))
