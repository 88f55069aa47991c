"""XLSX: an archive of XML, which is opened only when its true size and the corners of its sheets are known."""

import datetime
import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from communique_tools.errors import CannotRun
from communique_tools.importing.sheet import LONGEST_FILE, Cell, Formula, Sheet, Unreadable
from communique_tools.importing.workbook_scan import Corner, ScanError, scan

_MOST_PARTS = 1_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(content: bytes, path: Path, table: str | None, tables: tuple[str, ...]) -> list[Sheet]:
    """The sheets of a workbook: the one of a table, or with None every one, each named as its table.

    Raises:
        CannotRun: when the content is no workbook, is larger than any table is, or lacks the sheet.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise CannotRun(f"{path}: reading a workbook needs python-calamine; or save it as CSV UTF-8") from error
    parts = _parts(content, path)
    formulas = _formulas(parts, path)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_repacked(parts))) as book:
            found = []
            for name, of in _chosen(book.sheet_names, path, table, tables).items():
                cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                found.append(_sheet(path, name, of, cells, formulas.get(name, frozenset())))
            return found
    except CalamineError as error:
        raise CannotRun(f"{path}: is damaged or no workbook") from error


def _parts(content: bytes, path: Path) -> dict[str, bytes]:
    """The parts of the archive, unpacked here once: what its directory claims of their size is held to."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > LONGEST_FILE:
                raise CannotRun(f"{path}: unpacks to more than {LONGEST_FILE} bytes; no table is as large")
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise CannotRun(f"{path}: is truncated, locked or no workbook") from error


def _repacked(parts: dict[str, bytes]) -> bytes:
    """The same parts in an archive that cannot grow."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def _formulas(parts: dict[str, bytes], path: Path) -> dict[str, frozenset[Corner]]:
    """Where formulas stand, by the name of the sheet; every part is scanned on the way."""
    try:
        scanned = {name: scan(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
        names = _sheet_names(parts)
    except (ScanError, ElementTree.ParseError, KeyError) as error:
        raise CannotRun(f"{path}: {error if isinstance(error, ScanError) else 'is no workbook'}") from error
    return {names[name]: formulas for name, formulas in scanned.items() if name in names}


def _sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    """The name of the sheet that each part holds."""
    links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))) for link in links}
    sheets = [node for node in ElementTree.fromstring(parts["xl/workbook.xml"]).iter() if node.tag.endswith("}sheet")]
    return {str(targets.get(sheet.get(_RELATION))).lstrip("/"): sheet.get("name", "") for sheet in sheets}


def _chosen(names: list[str], path: Path, table: str | None, tables: tuple[str, ...]) -> dict[str, str]:
    """The table of each sheet that is to be read."""
    if table is not None:
        if table in names or len(names) == 1:
            return {table if table in names else names[0]: table}
        raise CannotRun(f"{path}: has no sheet {table!r}; its sheets are {', '.join(map(repr, names))}")
    for name in names:
        if name not in tables:
            raise CannotRun(f"{path}: sheet {name!r} is named after no table; rename it, or name one with --table")
    return {name: name for name in names}


def _sheet(path: Path, name: str, table: str, cells: list[list[Any]], formulas: frozenset[Corner]) -> Sheet:
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in enumerate(cells, start=1):
        read = tuple(
            Formula() if (number, column) in formulas else _cell(value) for column, value in enumerate(row, start=1)
        )
        if any(cell is not None for cell in read):
            rows.append((number, read))
    if not rows:
        raise CannotRun(f"{path}: sheet {name!r} is empty; expected a header with the names of the columns")
    header = ["" if cell is None else str(cell) for cell in rows[0][1]]
    width = max(number for number, title in enumerate(header, start=1) if title)
    beyond = next((number for number, row in rows if any(cell is not None for cell in row[width:])), None)
    if beyond is not None:
        raise CannotRun(f"{path}:{name} row {beyond}  a cell stands beside the last column of the header")
    return Sheet(path, table, tuple(header[:width]), tuple((n, row[:width]) for n, row in rows[1:]), f"{name} row ")


def _cell(value: Any) -> Cell:
    if value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else Unreadable("a time of day")
    if isinstance(value, str | int | float | bool | datetime.date):
        return value
    return Unreadable("a time")
