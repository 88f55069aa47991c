"""The command line: a group that imports a command only when it is called."""

import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from communique.version import __version__

COMMANDS = Path(__file__).parent / "commands"


class LazyGroup(click.Group):
    """A group whose commands are the files of one folder; the first line of each is its short help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The name of every command."""
        names = (path.stem for path in COMMANDS.glob("*.py") if path.stem != "__init__")
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"communique_tools.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first line of their files, without importing any."""
        rows = []
        for name in self.list_commands(ctx):
            first = (COMMANDS / f"{name.replace('-', '_')}.py").read_text(encoding="utf-8").split("\n", 1)[0]
            rows.append((name, first.strip('"').rstrip(".")))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="communique")
@click.option("--debug", is_flag=True, help="Show the trace of an unexpected error.")
def communique(debug: bool) -> None:
    """Validate, import and release a dataset of diplomatic events.

    \b
    Examples:
      communique validate
      communique show cjk-som-2023
    """


def main() -> None:
    """Run the command line; an unexpected error is one line and exit code 2."""
    try:
        communique()
    except Exception as error:
        if "--debug" in sys.argv:
            traceback.print_exc()
        click.echo(f"Error: {type(error).__name__}: {error} (--debug shows where)", err=True)
        sys.exit(2)
