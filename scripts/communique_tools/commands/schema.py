"""Print the JSON Schema of a record."""

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of a record, which an editor can use to complete and check TOML.

    It is derived from the table models and the vocabularies; dataset/record.schema.json is its committed copy.

    \b
    Examples:
      communique schema
      communique schema > dataset/record.schema.json
    """
    from communique_tools.record_schema import record_json_schema

    click.echo(json.dumps(record_json_schema(), ensure_ascii=False, indent=2))
