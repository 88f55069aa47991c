"""A first look at a part of a workbook: how far it reaches, which cells compute, and that its XML is plain."""

import re
from xml.parsers import expat

from communique_tools.importing.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

Corner = tuple[int, int]
"""Row and column of a cell, both from 1."""

_MOST_CELLS = 5_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TEXTS = frozenset({"si", "is", "v"})


class ScanError(ValueError):
    """A part that no program which writes tables would have written."""


def scan(part: bytes) -> frozenset[Corner]:
    """The cells of a part that hold formulas; a part that is no sheet has none.

    A reader sets aside memory for every cell up to the last corner, and repeats a shared text in every cell that
    bears it: both are bounded here.

    Raises:
        ScanError: when the part is no plain XML, or reaches further or holds longer texts than any table does.
    """
    found = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    parser.StartDoctypeDeclHandler = found.doctype
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise ScanError(f"is no workbook: {error}") from error
    if found.rows * found.columns > _MOST_CELLS:
        raise ScanError(f"a sheet reaches over {found.rows} rows and {found.columns} columns; clear the far cells")
    return frozenset(found.formulas)


class _Scan:
    """Where the parser stands, and what it came upon."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0
        self.length: int | None = None  # of the text of a cell; None outside of one
        self.formulas: set[Corner] = set()

    def doctype(self, *_: object) -> None:
        raise ScanError("declares a document type, which no workbook does")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element in _TEXTS:
            self.length = 0
        elif element == "f":
            self.formulas.add((self.row, self.column))
        elif element == "row":
            self.row, self.column = self._number(attributes.get("r"), self.row + 1), 0
        elif element == "c":
            self._cell(attributes.get("r"))

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] in _TEXTS:
            self.length = None

    def text(self, data: str) -> None:
        if self.length is None:
            return
        self.length += len(data)
        if self.length > LONGEST_CELL:
            raise ScanError(f"holds a cell of more than {LONGEST_CELL} characters")

    def _number(self, text: str | None, otherwise: int) -> int:
        if text is not None and not re.fullmatch(r"[0-9]{1,7}", text):
            raise ScanError(f"numbers a row {text!r}")
        return int(text) if text else otherwise

    def _cell(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                raise ScanError(f"names a cell {reference!r}")
            self.row, self.column = int(match[2]), _column(match[1])
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS:
            message = f"a sheet reaches to row {self.row}, column {self.column}; expected at most {MOST_ROWS} rows"
            raise ScanError(f"{message} and {MOST_COLUMNS} columns")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
