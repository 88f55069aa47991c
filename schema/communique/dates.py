"""What a date in EDTF allows: the earliest and the latest day.

``2023-09`` lies somewhere in September 2023, ``a/b`` lasted from a to b, ``[a..b]`` is some day between,
``[..b]`` was known by b. Comparisons use these bounds, so that only what is certainly wrong is an error.
"""

import datetime
from functools import cache
from typing import Any, NamedTuple

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException


class Bounds(NamedTuple):
    """The earliest and the latest day that a date allows; None where it is open."""

    start: datetime.date | None
    end: datetime.date | None


class DateError(ValueError):
    """A text that is no date in EDTF, or none of this calendar."""


def _day(parts: object) -> datetime.date | None:
    if isinstance(parts, float):  # minus or plus infinity: an open end
        return None
    year, month, day = list(parts)[:3]  # type: ignore[call-overload]
    return datetime.date(year, month, day)


def _point(text: str) -> Bounds:
    try:
        parsed: Any = parse_edtf(text)  # the parser's result classes share no typed base
        return Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise DateError(f"{text!r} is no EDTF date") from error


def _parts(text: str) -> tuple[str, str] | None:
    """The two ends of ``[a..b]`` and ``a/b``, which the parser reads only at equal precision; else None."""
    if text.startswith("[") and text.endswith("]") and text.count("..") == 1:
        first, _, last = text[1:-1].partition("..")
        return first, last
    if text.count("/") == 1:
        first, _, last = text.partition("/")
        return ("" if first == ".." else first), ("" if last == ".." else last)
    return None


@cache
def bounds(text: str) -> Bounds:
    """The bounds of an EDTF date.

    Raises:
        DateError: when the text is no date, or its end precedes its start.
    """
    ends = _parts(text)
    if ends is None:
        found = _point(text)
    elif any(ends):
        first, last = ends
        found = Bounds(_point(first).start if first else None, _point(last).end if last else None)
    else:
        raise DateError(f"{text!r} has no end")
    if found.start and found.end and found.end < found.start:
        raise DateError(f"{text!r} ends before it begins")
    return found


def precision(text: str) -> str:
    """How precise a date is: day, month, year, interval, or bounded (some day between two)."""
    if text.startswith("["):
        return "bounded"
    if "/" in text:
        return "interval"
    return {0: "year", 1: "month"}.get(text.count("-"), "day")
