"""Records as curators type them: one event, one TOML file, one row one line.

A record looks like this; :mod:`communique_tools.expansion` turns it into rows of the event tables::

    event_id = "cjk-som-2023"
    [steps]
    occurred = { date = "2023-09-26", place = "seoul", mode = "in_person", spans = ["e1"] }
    [spans]
    e1 = { source = "efe-som-2023", words = 21, sha256 = "...", locator = "paragraph 1" }
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli

from communique.columns import nearest, shown
from communique_tools.errors import UnreadableError
from communique_tools.record_keys import EVENT, SECTIONS

Row = dict[str, Any]
Rows = dict[str, list[Row]]

MOST_BYTES = 256 * 1024
"""Of one record; the longest real one has a fourteenth of that."""

_HEADER = re.compile(r"\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r'(?:"([^"]+)"|([A-Za-z0-9_.-]+))\s*=')
# The parser's time grows with the square of the names that dots join: a hostile line could hold it for hours.
_NAME = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_MANY_DOTS = re.compile(rf"(?:{_NAME}[ \t]*+\.[ \t]*+){{32}}")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class RecordError(UnreadableError):
    """A record that cannot be read."""


@dataclass(frozen=True)
class Record:
    """A record as typed, with the line on which each section's key stands."""

    path: Path
    data: dict[str, Any]
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def event_id(self) -> str:
        """The event's permanent name, which is also the file's."""
        return str(self.data["event_id"])

    def line(self, section: str, key: str) -> int:
        """The line of a key in a section; where it has none of its own, of the header or key that holds it, else 1."""
        within = (line for (where, name), line in self.lines.items() if where == section and name.startswith(f"{key}."))
        places = ((section, key), ("", f"{section}.{key}"), ("", section), ("", section.partition(".")[0]))
        return self.lines.get(places[0]) or next(within, 0) or next(filter(None, map(self.lines.get, places)), 1)


def _lines(text: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):  # TOML knows no other end of a line
        if header := _HEADER.match(line):
            section = header[1]
            found.setdefault(("", section), number)
        elif key := _KEY.match(line):
            found.setdefault((section, key[1] or key[2]), number)
    return found


def _toml(text: str, path: Path) -> dict[str, Any]:
    """What a text says in TOML, whatever the text is."""
    if text.startswith("\ufeff"):
        raise RecordError(path, 1, "begins with a byte order mark; save it as UTF-8 without one")
    if dots := _MANY_DOTS.search(text):
        line = text.count("\n", 0, dots.start()) + 1
        raise RecordError(path, line, "no TOML of a record: more than 32 names joined by dots")
    try:
        return tomli.loads(text)
    except RecursionError as error:
        raise RecordError(path, 1, "no TOML of a record: lists or tables are nested too deep") from error
    except ValueError as error:  # a syntax error, or a number of thousands of digits
        at = _AT.search(str(error))
        line = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1 if at else 1
        reason = _AT.sub("", str(error)).replace("Cannot overwrite a value", "a key stands twice")
        raise RecordError(path, line, f"no TOML: {reason}") from error


def parse(text: str, path: Path) -> Record:
    """The record that a text holds.

    Raises:
        RecordError: on a TOML syntax error, an unknown key, or an event_id that is not the file's name.
    """
    record = Record(path, _toml(text, path), _lines(text))
    for key, value in record.data.items():
        if key not in (*EVENT, *SECTIONS):
            raise RecordError(path, record.line("", key), unknown_key(key, (*EVENT, *SECTIONS)))
        if key in SECTIONS and not isinstance(value, dict):
            message = f"{key}: {shown(value)}, expected a section that begins with [{key}]"
            raise RecordError(path, record.line("", key), message)
    typed = record.data.get("event_id")
    if typed != path.stem:
        found = "is missing" if typed is None else f"is {shown(typed)}"
        message = f"event_id {found}, expected the file's name, {path.stem!r}"
        raise RecordError(path, record.line("", "event_id"), message)
    return record


def unknown_key(key: str, allowed: tuple[str, ...]) -> str:
    """What to say of a key that none of the allowed ones is."""
    return f"unknown key {shown(key)}" + (nearest(key, allowed) or f"; expected one of {', '.join(allowed)}")


def read(path: Path) -> Record:
    """The record in a file.

    Raises:
        RecordError: when the file cannot be read, is not UTF-8 or no record.
    """
    try:
        if not path.is_file():  # a folder, a broken link, or a pipe that would be read for ever
            raise RecordError(path, 1, "is no file; expected a record in TOML")
        if (size := path.stat().st_size) > MOST_BYTES:
            raise RecordError(path, 1, f"holds {size} bytes; a record is one event, of at most {MOST_BYTES}")
        return parse(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise RecordError(path, line, f"not UTF-8: {error.reason} at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise RecordError(path, 1, f"cannot be read: {error.strerror}") from error


def files(folder: Path) -> Iterator[Path]:
    """Every record file below a folder, in order of name."""
    yield from sorted(folder.rglob("*.toml"))
