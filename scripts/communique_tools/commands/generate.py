"""Make the committed files that follow from the models and vocabularies, or check them."""

import click


@click.command("generate")
@click.option("--check", is_flag=True, help="Write nothing; name the files that are out of date.")
def command(check: bool) -> None:
    """Make contract.json and the JSON Schemas anew from the Pandera models and the vocabularies.

    Exit code 0: all are current, or were made so; 1: --check found one that is not; 2: could not run.

    \b
    Examples:
      communique generate
      communique generate --check
    """
    from communique_tools.generated import outdated
    from communique_tools.workspace import dataset_folder

    root = dataset_folder().resolve().parent
    stale = 0
    for path, text in outdated(root):
        stale += 1
        click.echo(path.relative_to(root))
        if not check:
            path.write_text(text, encoding="utf-8")
    raise SystemExit(1 if check and stale else 0)
