"""A cell as a value of its column, or a sentence that says why it cannot be one."""

import datetime
import math
import re
import unicodedata
from typing import Any

from communique.columns import nearest
from communique.schemas import Column
from communique.vocabulary import terms
from communique_tools.flat import PLAIN, read_value
from communique_tools.importing.sheet import Cell, Formula, Unreadable, shown

_MISSING = {
    *("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NaT", "inf", "-inf", "NULL", "Null", "null", "NIL"),
    *("None", "-99", "-999", "-9999", "9999"),
}
"""How others write that a value is missing; it is asked only where the text is no term."""
_FORMULA = re.compile(r"[=+\-@].")
_PLAIN = {**PLAIN, "bool": re.compile(r"true|false", re.IGNORECASE)}
_NAMES = {
    "int64": "whole number",
    "double": "number",
    "date32": "day such as 2023-09-26",
    "bool": "true or false",
}


def value(column: Column, cell: Cell, *, from_csv: bool = False) -> Any:
    """The value of a cell; None when it is empty.

    Raises:
        ValueError: when it is no value of the column, as a sentence for a person.
    """
    if cell is None:
        return None
    if isinstance(cell, Formula):
        raise ValueError(f"{column.name}: holds a formula; paste its value instead")
    if isinstance(cell, Unreadable):
        raise ValueError(f"{column.name}: is {cell.sort}, which no column holds")
    if isinstance(cell, str):
        return _from_text(column, cell, from_csv)
    if isinstance(cell, datetime.date):
        return _from_day(column, cell)
    if isinstance(cell, bool):
        return _fitting(column, cell, cell, "bool")
    return _from_number(column, cell)


def _from_text(column: Column, text: str, from_csv: bool) -> Any:
    if column.type != "string":
        _refuse_missing(column, text)
        if not _PLAIN[column.type].fullmatch(text):
            raise ValueError(f"{column.name}: {shown(text)} is no {_NAMES[column.type]}")
        return read_value(column, text.lower() if column.type == "bool" else text)
    if from_csv and column.format != "edtf":
        text = _unguarded(column, text)
    _refuse_untidy(column, text)
    if column.vocabulary is not None and text not in terms(column.vocabulary):
        _refuse_missing(column, text)
        hint = nearest(text, terms(column.vocabulary)) or f"; expected one of {', '.join(terms(column.vocabulary))}"
        raise ValueError(f"{column.name}: {shown(text)} is no term of {column.vocabulary}{hint}")
    if column.vocabulary is None and column.name != "code":  # the code of Namibia is NA
        _refuse_missing(column, text)
    return read_value(column, text)


def _from_day(column: Column, day: datetime.date) -> Any:
    if column.format != "edtf":
        return _fitting(column, day, day, "date32")
    if day.day == 1:  # a spreadsheet makes the same of 2023-09
        raise ValueError(f"{column.name}: {day} may have been typed as a month; type it as text")
    return day.isoformat()


def _from_number(column: Column, number: float) -> Any:
    is_whole = math.isfinite(number) and float(number).is_integer()
    _refuse_missing(column, str(int(number)) if is_whole else str(number))
    if column.type == "double":
        return _fitting(column, number, float(number), "double")
    return _fitting(column, number, int(number) if is_whole else number, "int64" if is_whole else "double")


def _fitting(column: Column, cell: object, found: object, kind: str) -> object:
    """What was found, if its type is the column's."""
    if column.type == "string":
        raise ValueError(f"{column.name}: {shown(cell)} is no text and may have lost digits; type it as text")
    if column.type != kind:
        raise ValueError(f"{column.name}: {shown(cell)} is no {_NAMES[column.type]}")
    return found


def _unguarded(column: Column, text: str) -> str:
    if _FORMULA.match(text):
        raise ValueError(f"{column.name}: {shown(text)} is a formula to a spreadsheet; put an apostrophe before it")
    return text[1:] if re.match(r"'+[=+\-@]", text) else text


def _refuse_missing(column: Column, text: str) -> None:
    if text in _MISSING:
        raise ValueError(f"{column.name}: {shown(text)} stands for a missing value; leave the cell empty")


def _refuse_untidy(column: Column, text: str) -> None:
    if text != text.strip():
        raise ValueError(f"{column.name}: {shown(text)} begins or ends with a space")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise ValueError(f"{column.name}: {shown(text)} holds a control character")
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError(f"{column.name}: {shown(text)} is not in Unicode's normal form C")
