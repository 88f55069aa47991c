"""What a date in EDTF allows: the earliest and the latest day.

``2023-09`` lies somewhere in September 2023, ``a/b`` lasted from a to b, ``[a..b]`` is some day between,
``[..b]`` was known by b. Comparisons use these bounds, so that only what is certainly wrong is an error.
"""

import calendar
import contextlib
import datetime
import io
import re
from functools import cache
from typing import Any, NamedTuple


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


_LONGEST = 80
"""Characters of a date; the parser is slow, and a hostile text may have millions."""
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")


def _plain(text: str) -> Bounds | None:
    """The bounds of a year, month or day, which most dates are; the parser would take milliseconds for each."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, first, last = int(match[1]), int(match[2] or 1), int(match[2] or 12)
    if match[3]:
        day = datetime.date(year, first, int(match[3]))
        return Bounds(day, day)
    end = calendar.monthrange(year, last)[1]
    return Bounds(datetime.date(year, first, 1), datetime.date(year, last, end))


def _parsed(text: str) -> Bounds:
    # Imported late: the parser builds its grammar for half a second.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the parser prints what it fails to build
            parsed: Any = parse_edtf(text)  # its result classes share no typed base
        return Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, TypeError, AttributeError) as error:
        raise DateError(f"{text!r} is no EDTF date") from error


def _point(text: str) -> Bounds:
    try:
        return _plain(text) or _parsed(text)
    except ValueError as error:
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
def bounds(text: str | None) -> Bounds:
    """The bounds of an EDTF date; a date that is not given allows every day.

    Raises:
        DateError: when the text is no date, or its end precedes its start.
    """
    if text is None:
        return Bounds(None, None)
    if len(text) > _LONGEST:
        raise DateError(f"{text[:_LONGEST]!r}… is no EDTF date: too long")
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
    """How precise a date is: day, month, year, interval, or bounded (some day between two, as in a season)."""
    if "/" in text:
        return "interval"
    plain = _PLAIN.fullmatch(text.rstrip("?~%"))
    if plain is None:
        return "bounded"
    return "day" if plain[3] else "month" if plain[2] else "year"
