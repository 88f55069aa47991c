"""Check the records, or one Parquet or CSV file, against the schemas and rules."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    import pandas as pd

    from communique.report import Finding
    from communique_tools.records import Record

SECTION_OF = {
    "status_steps": "steps",
    "participants": "participants",
    "outcomes": "outcomes",
    "relations": "relations",
}


def place(finding: "Finding", records: "dict[str, Record]") -> str:
    """The file and line of a finding in the records, else its table and key."""
    event_id, _, slug = finding.key.partition("/")
    record = records.get(event_id)
    if record is None:
        return f"{finding.table}:{finding.key}"
    if finding.table == "statements":
        lines = [line for (section, key), line in record.lines.items() if key == f"remarks.{slug}"]
        return f"{record.path}:{lines[0] if lines else 1}"
    keys = [key for section, key in record.lines if section == SECTION_OF.get(finding.table)]
    own = max((key for key in keys if slug.startswith(key.replace("_", "-"))), key=len, default="")
    return f"{record.path}:{record.line(SECTION_OF.get(finding.table, ''), own)}"


def render(findings: "list[Finding]", places: list[str], style: str) -> str:
    """The findings as text, JSON or GitHub annotations."""
    if style == "json":
        rows = [{**asdict(f), "place": where} for f, where in zip(findings, places, strict=True)]
        return json.dumps(rows, ensure_ascii=False, indent=2)
    if style == "github":
        return "\n".join(_annotation(f, where) for f, where in zip(findings, places, strict=True))
    return "\n".join(
        f"{where}  {f.code}  {f.table} {f.key}  {f.message}" for f, where in zip(findings, places, strict=True)
    )


def _annotation(finding: "Finding", where: str) -> str:
    path, _, line = where.rpartition(":")
    return f"::{finding.severity} file={path},line={line},title={finding.code}::{finding.key} {finding.message}"


def _read_frame(path: Path) -> "pd.DataFrame":
    import pandas as pd
    import pyarrow
    import pyarrow.parquet

    from communique.frames import to_frame

    try:
        if path.suffix == ".parquet":
            return to_frame(pyarrow.parquet.ParquetFile(path).read())
        return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        raise CannotRun(f"{path}: cannot be read: {error}") from error


@click.command("validate")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--table", help="The table to which one Parquet or CSV file belongs.")
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="Findings to print.")
@click.option("--statistics", is_flag=True, help="Print how often each rule failed instead.")
def command(path: Path | None, table: str | None, style: str, limit: int, statistics: bool) -> None:
    """Check the records of a checkout, or one file with --table.

    Exit code 0: clean; 1: an error was found; 2: could not run.

    \b
    Examples:
      communique validate
      communique validate my-events.parquet --table events --format json
    """
    from communique.check import check, check_table
    from communique.report import Report
    from communique.tables import TABLES
    from communique_tools.workspace import read_dataset

    records: dict[str, Record] = {}
    if table is not None:
        if table not in TABLES:
            raise CannotRun(f"--table {table}: no such table; expected one of {', '.join(TABLES)}")
        if path is None or not path.is_file():
            raise CannotRun(f"{path}: expected a Parquet or CSV file beside --table")
        report = Report(tuple(sorted(check_table(table, _read_frame(path)))))
    else:
        if path is not None and not path.is_dir():
            raise CannotRun(f"{path}: no such folder; for one file name its --table")
        dataset, records = read_dataset(path)
        report = check(dataset)
    if statistics:
        click.echo("\n".join(f"{code}  {count}" for code, count in report.counts().items()))
    else:
        shown = list(report.findings[:limit])
        text = render(shown, [place(finding, records) for finding in shown], style)
        click.echo(text, nl=bool(text))
    click.echo(f"{len(report.errors)} errors, {len(report.findings) - len(report.errors)} warnings", err=True)
    raise SystemExit(0 if report.is_clean else 1)
