"""The catalogue of the rules, column by column and across rows and tables.

Each rule across rows is one function in the module of its subject; its docstring is the sentence that users read,
and why the rule is there.
"""

from communique.rules import (
    dates,
    duplicates,
    evidence,
    parties,
    people,
    places,
    relations,
    sequence,
    status,
    structure,
    tenures,
    titles,
    vocabulary,
)
from communique.rules.catalogue import RULES, Entry, Rule
from communique.rules.declared import DECLARED

CATALOGUE: dict[str, Entry] = dict(sorted({**DECLARED, **RULES}.items()))
"""Every rule by its code: those that the models declare and those across rows."""

__all__ = [
    "CATALOGUE",
    "DECLARED",
    "RULES",
    "Entry",
    "Rule",
    "dates",
    "duplicates",
    "evidence",
    "parties",
    "people",
    "places",
    "relations",
    "sequence",
    "status",
    "structure",
    "tenures",
    "titles",
    "vocabulary",
]
