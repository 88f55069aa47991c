"""Say what a rule demands."""

import click

from communique_tools.errors import CannotRun

COLUMN_CODES = {
    "C001": "A table has every column of its schema.",
    "C002": "A column that must hold a value is not null.",
    "C003": "A column of terms holds only terms of its vocabulary.",
    "C004": "A value has the type, pattern and range that its column declares.",
    "K101": "A table's key is unique.",
    "K102": "A foreign key points at a row that exists.",
}


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Print the sentence of a rule, or the whole catalogue.

    \b
    Examples:
      communique explain S202
      communique explain
    """
    from communique.rules import RULES

    sentences = {
        **{code: f"error    {sentence}" for code, sentence in COLUMN_CODES.items()},
        **{rule.code: f"{rule.severity:8} {rule.sentence}" for rule in RULES.values()},
    }
    if code is not None and code not in sentences:
        raise CannotRun(f"{code}: no such rule; `communique explain` lists all of them")
    for known in [code] if code else sorted(sentences):
        click.echo(f"{known}  {sentences[known]}")
