"""Say what a rule demands, why, and what passes and fails it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.rules.catalogue import Entry
    from communique.rules.examples import Example, Values

_MISSING = "(no such row)"


def _lines(values: "Values | None") -> Iterator[str]:
    if values is None:
        yield f"    {_MISSING}"
        return
    for name, value in values.items():
        yield f"    {name} = {'null' if value is None else value}"


def _passing(example: "Example") -> Iterator[str]:
    for row in example.rows:
        if row.passes is not None:
            yield f"  {row.table}  {row.key}"
            yield from _lines(row.passes)


def _failing(example: "Example") -> Iterator[str]:
    """Only what differs from the rows that pass, and what the check then says."""
    for row in example.rows:
        if row.passes != row.fails:
            before = () if row.passes is None else row.passes.items()
            fails = row.fails and {name: value for name, value in row.fails.items() if (name, value) not in before}
            yield f"  {row.table}  {row.key}"
            yield from _lines(fails)
    yield from (f"  → {table}  {key}  {message}" for table, key, message in example.findings)


def explanation(entry: "Entry", example: "Example | None") -> str:
    """A rule as a page of its own: sentence, reason and, where there is one, an example of each kind."""
    lines = [f"{entry.code}  {entry.severity}  {entry.sentence}", "", entry.why]
    if example:
        lines += ["", "Passes:", *_passing(example), "", "Fails:", *_failing(example)]
    return "\n".join(lines)


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Print what a rule demands, why, and an example that passes and one that fails; or list all rules.

    Exit code 0: told; 2: there is no such rule.

    \b
    Examples:
      communique explain S202
      communique explain
    """
    from communique.columns import nearest
    from communique.rules import CATALOGUE
    from communique.rules.examples import examples

    if code is None:
        for entry in CATALOGUE.values():
            click.echo(f"{entry.code}  {entry.severity:7}  {entry.sentence}")
        return
    known = code.upper()
    if known not in CATALOGUE:
        hint = nearest(known, CATALOGUE)
        raise CannotRun(f"{code}: no such rule{hint}; `communique explain` lists all of them")
    click.echo(explanation(CATALOGUE[known], examples().get(known)))
