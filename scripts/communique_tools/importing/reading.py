"""Files and folders named on the command line, as sheets."""

import stat
from pathlib import Path

from communique.columns import nearest
from communique.schemas import table_schemas
from communique_tools.errors import CannotRun
from communique_tools.importing.sheet import LONGEST_FILE, Sheet

_KINDS = (".csv", ".parquet", ".xlsx")


def read_sheets(paths: list[Path], table: str | None) -> list[Sheet]:
    """The sheets of all files; a folder stands for the files in it that are named after tables.

    Raises:
        CannotRun: when a file cannot be read, or it is not clear to which table it belongs.
    """
    tables = tuple(table_schemas())
    if table is not None and table not in tables:
        hint = nearest(table, tables) or f"; expected one of {', '.join(tables)}"
        raise CannotRun(f"--table {table}: no such table{hint}")
    files = [file for path in paths for file in _files(path, tables)]
    if table is not None and len(files) != 1:
        raise CannotRun(f"--table {table}: expected one file beside it, not {len(files)}")
    return [sheet for file in files for sheet in _sheets(file, table, tables)]


def _files(path: Path, tables: tuple[str, ...]) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = [file for file in sorted(path.iterdir()) if file.suffix.lower() in _KINDS and file.stem in tables]
    if not found:
        raise CannotRun(f"{path}: holds no file named after a table, such as status_steps.csv")
    return found


def _sheets(path: Path, table: str | None, tables: tuple[str, ...]) -> list[Sheet]:
    kind = path.suffix.lower()
    if kind not in _KINDS:
        raise CannotRun(f"{path}: expected a file that ends in {', '.join(_KINDS)}")
    if kind != ".xlsx" and table is None and path.stem not in tables:
        raise CannotRun(f"{path}: is named after no table; say which with --table")
    content = _content(path)
    if kind == ".xlsx":
        from communique_tools.importing.workbook import read_workbook

        return read_workbook(content, path, table, tables)
    if kind == ".parquet":
        from communique_tools.importing.parquet_file import read_parquet

        return [read_parquet(content, path, table or path.stem)]
    from communique_tools.importing.csv_file import read_csv

    return [read_csv(content, path, table or path.stem)]


def _content(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise CannotRun(f"{path}: is no regular file")
        if found.st_size > LONGEST_FILE:
            raise CannotRun(f"{path}: {found.st_size} bytes; expected no more than {LONGEST_FILE}")
        content = path.read_bytes()
    except OSError as error:
        raise CannotRun(f"{path}: cannot be read: {error.strerror}") from error
    if not content:
        raise CannotRun(f"{path}: is empty")
    return content
