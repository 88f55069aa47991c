"""The command line: a group that imports a command only when it is called."""

import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from communique.version import __version__

COMMANDS = Path(__file__).parent / "commands"


def _modules() -> dict[str, str]:
    """The module of each command, by name; an underscore at its end only tells it from a word of Python."""
    stems = (path.stem for path in COMMANDS.glob("*.py") if path.stem != "__init__")
    return {stem.rstrip("_").replace("_", "-"): stem for stem in stems}


class LazyGroup(click.Group):
    """A group whose commands are the files of one folder; the first line of each is its short help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The name of every command."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, imported now."""
        modules = _modules()
        if cmd_name not in modules:
            return None
        module = import_module(f"communique_tools.commands.{modules[cmd_name]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands by the first line of their files, without importing any."""
        rows = []
        for name, module in sorted(_modules().items()):
            first = (COMMANDS / f"{module}.py").read_text(encoding="utf-8").split("\n", 1)[0]
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
