"""CSV: UTF-8, commas, a header. A text that a spreadsheet would take for a formula begins with an apostrophe."""

import csv
import io
from pathlib import Path

from communique_tools.errors import CannotRun
from communique_tools.importing.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, Sheet


def read_csv(content: bytes, path: Path, table: str) -> Sheet:
    """The sheet in a CSV file.

    Raises:
        CannotRun: when the content is no CSV in UTF-8, or larger than any table is.
    """
    text = _decoded(content, path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = csv.field_size_limit(LONGEST_CELL)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    try:
        header = tuple(next(reader, ()))
        _check_header(header, path)
        for cells in reader:
            if len(cells) not in {0, len(header)}:
                raise CannotRun(f"{path}:{reader.line_num}  {len(cells)} cells; the header has {len(header)}")
            if any(cells):
                rows.append((reader.line_num, tuple(cell or None for cell in cells)))
            if len(rows) > MOST_ROWS:
                raise CannotRun(f"{path}: more than {MOST_ROWS} rows; import it in parts")
    except csv.Error as error:
        message = f"a cell of more than {LONGEST_CELL} characters" if "limit" in str(error) else f"no CSV: {error}"
        raise CannotRun(f"{path}:{reader.line_num}  {message}") from error
    finally:
        csv.field_size_limit(before)
    return Sheet(path, table, header, tuple(rows))


def _decoded(content: bytes, path: Path) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save it as CSV UTF-8"
        raise CannotRun(f"{path}: not UTF-8: {error.reason} at byte {error.start}; {hint}") from error
    if "\0" in text:
        raise CannotRun(f"{path}: holds null characters, so it is no CSV in UTF-8; save it as CSV UTF-8")
    return text


def _check_header(header: tuple[str, ...], path: Path) -> None:
    if not any(header):
        raise CannotRun(f"{path}:1  is empty; expected a header with the names of the columns")
    if len(header) > MOST_COLUMNS:
        raise CannotRun(f"{path}:1  {len(header)} columns; no table has as many")
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            raise CannotRun(f"{path}:1  the columns are separated by {name}; expected commas")
