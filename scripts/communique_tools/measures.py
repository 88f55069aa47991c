"""Tables of measured figures as people and programs read them: text, JSON, CSV; a dash for what is undefined."""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

STYLES = ("text", "json", "csv")
UNDEFINED = "–"


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of a table, by name of column."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def number(value: float) -> str:
    """A number to three decimals."""
    return UNDEFINED if math.isnan(value) else f"{value:.3f}"


def interval(row: Mapping[str, Any]) -> str:
    """The ends ``low`` and ``high`` of an interval."""
    return UNDEFINED if math.isnan(row["low"]) else f"{row['low']:.3f} to {row['high']:.3f}"


def aligned(lines: Sequence[Sequence[str]], left: Collection[str]) -> list[str]:
    """Lines of cells, the first one the header, in columns; those named in ``left`` begin at the left."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    header = lines[0] if lines else ()
    return [
        "  ".join(
            cell.ljust(width) if name in left else cell.rjust(width)
            for name, cell, width in zip(header, line, widths, strict=True)
        ).rstrip()
        for line in lines
    ]


def markdown(lines: Sequence[Sequence[str]]) -> list[str]:
    """Lines of cells, the first one the header, as a table of Markdown."""
    ruled = [lines[0], ["---"] * len(lines[0]), *lines[1:]]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in ruled]


def as_csv(table: "pd.DataFrame") -> str:
    """A table as CSV, without a line end at its end."""
    return str(table.to_csv(index=False, lineterminator="\n")).rstrip("\n")


def as_json(tables: Mapping[str, "pd.DataFrame"]) -> str:
    """Tables by name, each a list of objects; what is not defined is null."""
    content = {
        name: [
            {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
            for row in records(table)
        ]
        for name, table in tables.items()
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
