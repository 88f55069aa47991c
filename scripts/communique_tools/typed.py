"""What a curator typed, held against what its place may hold: keys, types, dates.

Whatever is wrong is refused with file, line, key, value and what was expected.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from communique.columns import shown
from communique.dates import DateError, bounds
from communique.schemas import Column, table_schema
from communique_tools.canonical import value_text
from communique_tools.records import Record, RecordError, Row, unknown_key

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "int64": (int,),
    "double": (int, float),
    "bool": (bool,),
    "date32": (datetime.date,),
}
_EXPECTED = {
    "string": "a text in quotes",
    "int64": "a whole number",
    "double": "a number",
    "bool": "true or false",
    "date32": 'a day such as "2023-09-26"',
}
_EDTF = 'a date in quotes, such as "2023-09-26", "2023-09" or "[..2023-09-26]"'
_LIMIT = 2**63
_SHOWN = 100
_PLAIN = re.compile(r"[A-Za-z0-9_.-]{1,80}")


@dataclass(frozen=True)
class Entry:
    """One table that a curator typed, and where it stands."""

    record: Record
    section: str
    key: str
    typed: Row

    def error(self, message: str, name: str = "") -> RecordError:
        """The refusal of a value in this table, or of the whole table."""
        parts = filter(None, (self.section, self.key, name))
        place = ".".join(part if _PLAIN.fullmatch(part) else shown(part) for part in parts)
        line = self.record.line(self.section, self.key or name)
        return RecordError(self.record.path, line, f"{place}: {message}")

    def only(self, *allowed: str) -> None:
        """Refuse every other key."""
        for name in self.typed:
            if name not in allowed:
                raise self.error(unknown_key(name, allowed))

    def value(self, name: str, table: str, column: str) -> Any:
        """A value in its column's type, None when it is not typed; days may be typed as text or as TOML dates."""
        value = self.typed.get(name)
        if value is None:
            return None
        declared = table_schema(table).column(column)
        if declared.type == "date32" and isinstance(value, str):
            value = _day(value)
        if not _fits(value, declared):
            expected = _EDTF if declared.format == "edtf" else _EXPECTED[declared.type]
            raise self.error(f"{_as_typed(self.typed[name])}, expected {expected}", name)
        if declared.format == "edtf":
            try:
                bounds(value)
            except DateError as error:
                raise self.error(f"{error}; expected {_EDTF}", name) from error
        return value

    def required(self, name: str, table: str, column: str) -> Any:
        """A value that must be typed."""
        value = self.value(name, table, column)
        if value is None:
            raise self.error(f"is missing, expected {_EXPECTED[table_schema(table).column(column).type]}", name)
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts, empty when it is not typed."""
        value = self.typed.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            example = value if isinstance(value, str) and _PLAIN.fullmatch(value) else "a"
            raise self.error(f'{_as_typed(value)}, expected a list of texts, such as ["{example}"]', name)
        return value

    def table(self, name: str, key: str | None = None) -> "Entry":
        """The table under a name; without its own key it stands where this one does."""
        value = self.typed[name]
        if not isinstance(value, dict):
            raise self.error(f"{_as_typed(value)}, expected a table such as {{ … }}", name)
        return Entry(self.record, self.section, key or name, value)

    def tables(self, name: str) -> "Iterator[Entry]":
        """The table, or each table of the list, under a name."""
        value = self.typed[name]
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, dict):
                raise self.error(f"{_as_typed(item)}, expected a table such as {{ … }}, or a list of them", name)
            yield Entry(self.record, self.section, name, item)


def _as_typed(value: Any) -> str:
    """A value as TOML writes it, on one line, and cut when it is long."""
    text = "".join(character if character.isprintable() else repr(character)[1:-1] for character in value_text(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _fits(value: Any, column: Column) -> bool:
    """Whether a value is of a column's type and of a size that the type holds."""
    if not isinstance(value, _TYPES[column.type]):
        return False
    if isinstance(value, bool):
        return column.type == "bool"
    if isinstance(value, int | float):
        return -_LIMIT <= value < _LIMIT  # not so of what is no number or infinite
    return not isinstance(value, datetime.datetime)
