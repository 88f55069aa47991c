"""Compute how far the coders agreed, field by field, from the codings."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique_tools.agreement import HEADER, cells, records, sentences
from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    import pandas as pd

    from communique.dataset import Dataset

RECORDS = "records"
STYLES = ["text", "json", "csv"]
_TEXTS = {"field", "scale"}
"""The columns that begin at the left; numbers end at the right."""


def _dataset(place: str) -> Dataset:
    from communique.loading import load
    from communique_tools.workspace import read_dataset

    if place == RECORDS:
        return read_dataset()[0]
    if (Path(place) / "records").is_dir():
        return read_dataset(Path(place))[0]
    try:
        return load(place)
    except (OSError, ValueError) as error:
        raise CannotRun(str(error)) from error


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    aligned = [
        cell.ljust(width) if name in _TEXTS else cell.rjust(width)
        for name, cell, width in zip(HEADER, row, widths, strict=True)
    ]
    return "  ".join(aligned).rstrip()


def text(measured: pd.DataFrame, found: pd.DataFrame) -> str:
    """The table in aligned columns, then a line for each round in which units were looked for."""
    lines = [HEADER, *cells(measured)] if len(measured) else []
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join([*(_line(one, widths) for one in lines), *sentences(found)])


def as_json(measured: pd.DataFrame, found: pd.DataFrame) -> str:
    """Both tables as lists of objects; what is not defined is null."""

    def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
        return [
            {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}
            for row in records(table)
        ]

    return json.dumps({"reliability": rows(measured), "unitising": rows(found)}, ensure_ascii=False, indent=2)


def _rendered(measured: pd.DataFrame, found: pd.DataFrame, style: str) -> str:
    if style == "csv":
        return str(measured.to_csv(index=False, lineterminator="\n")).rstrip("\n")
    return as_json(measured, found) if style == "json" else text(measured, found)


@click.command("reliability")
@click.argument("source", default=RECORDS)
@click.option("--round", "coding_round", type=click.IntRange(min=1), help="Only this round.  [default: each]")
@click.option("--format", "style", type=click.Choice(STYLES), default="text", show_default=True)
def command(source: str, coding_round: int | None, style: str) -> None:
    """Agreement and Krippendorff's alpha of every field, with 95 % intervals, from the codings in SOURCE.

    SOURCE is the folder of a release, a folder of Parquet tables, a dataset/ folder or `records` (the default).
    Rounds are never pooled. Which units were found by all follows in text and JSON.
    The codebook says how it is computed.

    Exit code 0: computed; 2: could not run, or there are no codings.

    \b
    Examples:
      communique reliability
      communique reliability build/release/2026.11.0 --round 1 --format csv
    """
    from communique.reliability import reliability
    from communique.unitising import unitising

    dataset = _dataset(source)
    try:
        measured = reliability(dataset, coding_round=coding_round)
        found = unitising(dataset, coding_round=coding_round)
    except ValueError as error:
        raise CannotRun(f"{source}: {error}") from error
    if measured.empty and found.empty:
        known = sorted(set(dataset.codings["coding_round"]))
        which = f"of round {coding_round}; there are {', '.join(map(str, known))}" if coding_round and known else ""
        raise CannotRun(" ".join(filter(None, [f"{source}: there are no codings", which])))
    click.echo(_rendered(measured, found, style))
