"""CSV (RFC 4180, UTF-8, line feeds): one file per table and view, sorted by key; an empty cell is missing.

A spreadsheet takes a cell that begins with ``= + - @`` for a formula. Such a text gets a leading apostrophe;
to read it back, take one apostrophe off every text that begins with apostrophes and then one of the four.
Numbers, days and flags are left as they are.
"""

import csv
import re
from pathlib import Path
from typing import Any

from communique.content import plain
from communique_tools.release.edition import Content, Edition

_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def cell(value: Any) -> str:
    """A value as a cell: missing is empty, flags are true and false, days ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else str(plain(value))


def write_content(content: Content, path: Path) -> Path:
    """One table or view as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(content.table.column_names)
        writer.writerows([cell(value) for value in row.values()] for row in content.rows)
    return path


def write(edition: Edition, folder: Path) -> list[Path]:
    """Every table into ``csv/``, every view into ``views/``."""
    return [
        *(write_content(content, folder / "csv" / f"{name}.csv") for name, content in edition.tables.items()),
        *(write_content(content, folder / "views" / f"{name}.csv") for name, content in edition.views.items()),
    ]
