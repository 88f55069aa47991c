"""A sheet: the cells of one table as they lie in a file, not yet judged."""

import datetime
from dataclasses import dataclass
from pathlib import Path

LONGEST_FILE = 50_000_000
"""Bytes of a file, packed or unpacked; the whole dataset has a tenth of it."""
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 4_000
"""Characters; the longest column holds half of it."""


@dataclass(frozen=True)
class Formula:
    """A cell that computes: what it shows now is not what it will show."""


@dataclass(frozen=True)
class Unreadable:
    """A cell of a sort that no column has."""

    sort: str


Cell = str | int | float | bool | datetime.date | Formula | Unreadable | None


@dataclass(frozen=True)
class Problem:
    """Something that speaks against an import: where it stands and what is wrong."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}  {self.message}"


@dataclass(frozen=True)
class Sheet:
    """The header and the rows of one table, each row with the number by which a person finds it."""

    path: Path
    table: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    unit: str = ""
    """What the numbers count where they are no lines: ``row`` or the name of a workbook's sheet."""

    def place(self, number: int) -> str:
        """Where a row stands."""
        return f"{self.path}:{self.unit}{number}"


def shown(value: object, longest: int = 60) -> str:
    """A value in a message: quoted, on one line, and cut where it runs on."""
    quoted = repr if str(value).isprintable() else ascii
    text = quoted(value) if isinstance(value, str) else str(value)
    return text if len(text) <= longest else f"{text[:longest]}…"
