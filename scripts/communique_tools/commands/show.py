"""Show an event as a person wants to read it."""

from typing import TYPE_CHECKING, Any

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.dataset import Dataset


def _parts(*parts: object) -> str:
    return "  ".join(str(part) for part in parts if part)


def describe(dataset: "Dataset", event_id: str) -> list[str]:
    """The lines that tell an event: its life, who took part, what was said, what it is related to."""
    from datetime import date

    from communique.dates import bounds
    from communique.derive import step_order

    rows = dataset.rows()
    names = {actor["actor_id"]: actor["name"] for actor in rows["actors"]}
    titles = {office["office_id"]: office["title"] for office in rows["offices"]}

    def of(table: str, column: str = "event_id") -> list[dict[str, Any]]:
        return [row for row in rows[table] if row[column] == event_id]

    event = of("events")[0]
    lines = [
        event["title"] or event_id,
        _parts(event["event_type"], event["status"], event["date_edtf"], event["place_id"]),
    ]
    lines += ["", "Life"]
    for step in sorted(of("status_steps"), key=step_order):
        planned = f"planned {step['planned_edtf']}" if step["planned_edtf"] else None
        lines.append("  " + _parts(step["date_edtf"], step["status"], planned, step["place_id"], step["reason"]))
    lines += ["", "Who"]
    for row in of("participants"):
        who = names.get(row["person_id"] or row["party_id"], row["office_id"])
        lines.append("  " + _parts(who, titles.get(row["office_id"]), row["party_id"], row["role"], row["attendance"]))
    lines += ["", "Said"]
    for row in sorted(of("statements"), key=lambda row: bounds(row["said_edtf"] or event["date_edtf"]).end or date.max):
        speakers = [
            names.get(actor["actor_id"], actor["actor_id"])
            for actor in rows["statement_actors"]
            if actor["statement_id"] == row["statement_id"] and actor["speech_role"] == "speaker"
        ]
        who = ", ".join(speakers) or row["description"] or "the page"
        said = row["said_edtf"] or event["date_edtf"]
        lines.append("  " + _parts(said, f"{who} ({row['attribution']}, {row['act']}):", row["gist"]))
    lines += ["", "Related"]
    lines += ["  " + _parts(row["relation"], row["to_event_id"]) for row in of("relations", "from_event_id")]
    lines += ["", f"{event['n_sources']} sources, {event['n_origins']} origins, {event['confidence']}"]
    return lines


@click.command("show")
@click.argument("event_id")
@click.argument("source", required=False)
def command(event_id: str, source: str | None) -> None:
    """Print one event: its life, who took part, what was said, what it led to.

    SOURCE is a release, a folder of Parquet tables, a dataset/ folder or `records`. Without it, the records of the
    checkout around the current folder count, and outside of one the release that is installed.

    \b
    Examples:
      communique show cjk-som-2023
      communique show cjk-summit-2023 build/release/2026.11.0
    """
    import difflib

    from communique_tools.workspace import read_nearest, read_source

    dataset = read_source(source) if source else read_nearest()
    known = list(dataset.events["event_id"])
    if event_id not in known:
        near = difflib.get_close_matches(event_id, known, n=1)
        raise CannotRun(f"{event_id}: no such event" + (f"; did you mean {near[0]!r}?" if near else ""))
    click.echo("\n".join(describe(dataset, event_id)))
