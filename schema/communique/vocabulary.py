"""The controlled vocabularies: every term that a column may hold, read from the dataset's own CSV files.

The vocabularies are data, not code: ``dataset/vocabulary/terms.csv`` is the only place where a term is
declared, and it ships in the wheel beside the schemas.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Term(NamedTuple):
    """One term of one vocabulary, with its definition and advice on when to use it."""

    vocabulary: str
    term: str
    label: str
    definition: str
    when_to_use: str
    broader: str | None
    since: str


def vocabulary_folder() -> Path:
    """Where the vocabulary files lie: in a checkout the dataset itself, else the copy in the package."""
    package = Path(__file__).resolve().parent
    is_checkout = package.parent.name == "schema"  # what lies beside an installed package is another's
    return package.parents[1] / "dataset" / "vocabulary" if is_checkout else package / "vocabulary_data"


@cache
def all_terms() -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    with (vocabulary_folder() / "terms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(**{**row, "broader": row["broader"] or None})  # type: ignore[arg-type]
            for row in csv.DictReader(file)
        )


@cache
def terms(vocabulary: str) -> tuple[str, ...]:
    """The terms of one vocabulary.

    Raises:
        KeyError: when there is no such vocabulary.
    """
    found = tuple(term.term for term in all_terms() if term.vocabulary == vocabulary)
    if not found:
        raise KeyError(vocabulary)
    return found


@cache
def _ranks(vocabulary: str) -> dict[str, int]:
    return {term: position for position, term in enumerate(terms(vocabulary))}


def rank(vocabulary: str, term: str | None) -> int:
    """The position of a term in its vocabulary; what is no term comes last, so that rows can be ordered unchecked."""
    ranks = _ranks(vocabulary)
    return ranks.get(term or "", len(ranks))
