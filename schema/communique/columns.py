"""The compiled pass over columns: the same verdicts as the Pandera models, over plain rows, without pandas.

The models are the reference (a property test compares the two row by row); this pass exists because it
starts in milliseconds. It reads the same declarations from the contract.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from communique.report import Finding
from communique.schemas import Column, TableSchema
from communique.vocabulary import terms

Row = dict[str, Any]
Verdict = tuple[str, str] | None
"""The code of what is wrong with a value and the words for it; None when nothing is."""

_SHOWN = 100
"""Characters of a value in a message; a hostile one may have millions."""
NULL = ("C002", "is null, but must hold a value")


def shown(value: object) -> str:
    """A value as a message shows it: as Python writes it, on one line, and cut when it is long."""
    text = repr(value[:_SHOWN] if isinstance(value, str | bytes | list) else value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def nearest(value: object, known: Iterable[str]) -> str:
    """A hint that names the nearest known value, or nothing."""
    text = str(value)
    near = difflib.get_close_matches(text, list(known), n=1) if len(text) <= _SHOWN else []
    return f"; did you mean {near[0]!r}?" if near else ""


def term_verdict(value: object, vocabulary: str) -> tuple[str, str]:
    """What is wrong with a value that is no term."""
    return "C003", f"{shown(value)} is no term of {vocabulary}{nearest(value, terms(vocabulary))}"


def judge(column: Column) -> Callable[[Any], Verdict]:
    """A function that says what is wrong with a value of this column."""
    tests: list[tuple[Callable[[Any], bool], str]] = []
    if column.pattern is not None:
        pattern = re.compile(column.pattern)
        tests.append((lambda value: pattern.fullmatch(value) is not None, f"the pattern {column.pattern}"))
    shortest, longest = column.min_length, column.max_length
    if shortest is not None:
        tests.append((lambda value: len(value) >= shortest, f"{shortest} characters or more"))
    if longest is not None:
        tests.append((lambda value: len(value) <= longest, f"{longest} characters or fewer"))
    least, most = column.minimum, column.maximum
    if least is not None:
        tests.append((lambda value: value >= least, f"{least} or more"))
    if most is not None:
        tests.append((lambda value: value <= most, f"{most} or less"))
    allowed = frozenset(terms(column.vocabulary)) if column.vocabulary else None

    def verdict(value: Any) -> Verdict:
        if value is None:
            return None if column.nullable else NULL
        if allowed is not None and value not in allowed:
            return term_verdict(value, column.vocabulary or "")
        for holds, expected in tests:
            if not holds(value):
                return "C004", f"{shown(value)}: expected {expected}"
        return None

    return verdict


def column_findings(schema: TableSchema, rows: list[Row]) -> Iterator[Finding]:
    """What is wrong with the values of a table, column by column (C002 to C004)."""
    for column in schema.columns:
        verdict = judge(column)
        verdicts = {value: verdict(value) for value in {row.get(column.name) for row in rows}}
        if not any(verdicts.values()):  # values recur: each is judged once, and rows are looked at only for the wrong
            continue
        for row in rows:
            wrong = verdicts[row.get(column.name)]
            if wrong is not None:
                code, words = wrong
                key = schema.key_of(row)
                yield Finding(code, schema.name, key, f"{column.name}: {words}", column=column.name)


def key_findings(schema: TableSchema, rows: list[Row]) -> Iterator[Finding]:
    """The keys that stand twice (K101)."""
    seen: set[str] = set()
    for row in rows:
        key = schema.key_of(row)
        if key in seen:
            yield Finding("K101", schema.name, key, "the key stands twice; give one of the rows another name")
        seen.add(key)


def reference_findings(schemas: dict[str, TableSchema], tables: dict[str, list[Row]]) -> Iterator[Finding]:
    """The foreign keys that point nowhere (K102)."""
    known = {name: {row[schema.key[0]] for row in tables[name]} - {None} for name, schema in schemas.items()}
    for table, schema in schemas.items():
        for column in schema.columns:
            target = column.foreign_key
            if target is None:
                continue
            for row in tables[table]:
                value = row.get(column.name)
                if value is not None and value not in known[target]:
                    words = f"{column.name}: {target} has no {shown(value)}{nearest(value, known[target])}"
                    yield Finding("K102", table, schema.key_of(row), words, column=column.name)
