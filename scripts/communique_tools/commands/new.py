"""Begin a new record."""

from pathlib import Path

import click

from communique_tools.errors import CannotRun


def _refuse_misfits(given: dict[str, tuple[str, str]]) -> None:
    from communique_tools.skeleton import misfit

    for name, (column, value) in given.items():
        if problem := misfit("events", column, value):
            raise CannotRun(f"{name}: {problem}")


def _refuse_to_overwrite(event_id: str, folder: Path) -> None:
    # Ids are unique across scopes, so a file of that name in any folder is in the way.
    for path in folder.rglob(f"{event_id}.toml"):
        raise CannotRun(f"{path}: exists already; an event has one record, choose another id")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CannotRun(f"{path}: cannot be written: {error.strerror}") from error


@click.group("new")
def command() -> None:
    """Begin something new.

    \b
    Examples:
      communique new event cjk-som-2026 --type meeting.senior_officials --title "Senior officials' meeting"
      communique new event --help
    """


@command.command("event")
@click.argument("event_id")
@click.option("--type", "event_type", required=True, help="The type of the plan as first made public.")
@click.option("--title", required=True, help="What the event is, neutral in time, in your own words.")
@click.option("--scope", default="china-japan-korea", show_default=True, help="The folder below dataset/records.")
def event(event_id: str, event_type: str, title: str, scope: str) -> None:
    """Write the record of a new event, with a comment for every field that it may hold.

    It never overwrites: when the event has a record already, nothing is written and the exit code is 2.

    \b
    Examples:
      communique new event cjk-som-2026 --type meeting.senior_officials --title "Senior officials' meeting"
      communique new event usa-vnm-visit --type visit.state --title "State visit to Vietnam" --scope usa-asean
    """
    from communique_tools.skeleton import skeleton
    from communique_tools.workspace import dataset_folder

    _refuse_misfits(
        {
            "EVENT_ID": ("event_id", event_id),
            "--type": ("event_type", event_type),
            "--title": ("title", title),
            "--scope": ("event_id", scope),
        }
    )
    folder = dataset_folder() / "records"
    _refuse_to_overwrite(event_id, folder)
    path = folder / scope / f"{event_id}.toml"
    _write(path, skeleton(event_id, event_type, title))
    click.echo(path)
