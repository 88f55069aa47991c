"""The ways in which reading or a command ends other than well."""

from pathlib import Path

import click


class CannotRun(click.ClickException):
    """The command could not do what it was asked to; its message is one line. Exit code 2."""

    exit_code = 2


class UnreadableError(Exception):
    """A file of the truth that cannot be read, with the line and what was expected."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}  {message}")
        self.path = path
        self.line = line
        self.message = message
