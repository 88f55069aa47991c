"""The ways in which a command ends other than well."""

import click


class CannotRun(click.ClickException):
    """The command could not do what it was asked to; its message is one line. Exit code 2."""

    exit_code = 2
