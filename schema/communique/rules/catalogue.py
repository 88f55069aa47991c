"""How a rule is declared, and where all of them are found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from communique.report import Severity

Rows = dict[str, list[dict[str, Any]]]
Failures = Iterator[tuple[str, str, str]]
"""Table, key and message of each row that breaks a rule."""


@dataclass(frozen=True)
class Rule:
    """A rule: its code, severity, sentence, and the function that finds the rows that break it."""

    code: str
    severity: Severity
    sentence: str
    failures: Callable[[Rows], Failures]


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity) -> Callable[[Callable[[Rows], Failures]], Callable[[Rows], Failures]]:
    """Enter a function into the catalogue; its docstring is the rule's sentence."""

    def enter(function: Callable[[Rows], Failures]) -> Callable[[Rows], Failures]:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        RULES[code] = Rule(code, severity, (function.__doc__ or "").strip(), function)
        return function

    return enter


def grouped(rows: list[dict[str, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by the value of a column."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
