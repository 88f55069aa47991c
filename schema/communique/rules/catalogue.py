"""How a rule is declared, and where all of them are found.

A rule is one function in the module of its subject. The first paragraph of its docstring is the sentence that
users read, the rest says why the rule is there::

    @rule("S205", "error")
    def a_cancelled_plan_says_by_whom(rows: Rows) -> Failures:
        \"\"\"A cancelled step says who cancelled.

        Calling off is an act of somebody; a plan that nobody called off has lapsed.
        \"\"\"
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from communique.report import Severity
from communique.schemas import table_schema

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Failures = Iterator[tuple[str, str, str]]
"""Table, key and message of each row that breaks a rule."""


@dataclass(frozen=True)
class Entry:
    """A rule as users read it: its code, severity, sentence, and why it is there."""

    code: str
    severity: Severity
    sentence: str
    why: str


@dataclass(frozen=True)
class Rule(Entry):
    """A rule across rows, with the function that finds the rows that break it."""

    failures: Callable[[Rows], Failures]


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity) -> Callable[[Callable[[Rows], Failures]], Callable[[Rows], Failures]]:
    """Enter a function into the catalogue; its docstring is the rule's sentence, and why it is there.

    Raises:
        ValueError: when two rules have one code, or a rule does not say why it is there.
    """

    def enter(function: Callable[[Rows], Failures]) -> Callable[[Rows], Failures]:
        document = inspect.getdoc(function) or ""
        sentence, _, why = (" ".join(part.split()) for part in document.partition("\n\n"))
        if code in RULES or not why:
            raise ValueError(f"{code}: a rule has a code of its own, a sentence, and says why it is there")
        RULES[code] = Rule(code, severity, sentence, why, function)
        return function

    return enter


def grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of a column."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def key_of(table: str, row: Row) -> str:
    """The key of a row as one text, as findings name it."""
    return table_schema(table).key_of(row)
