"""How a table is declared: the base model, and one function for each kind of column.

A column function returns a Pandera field whose checks say what is allowed and whose metadata carry what
Pandera has no place for: the key's part, the foreign key's target, the vocabulary, the date format.
Everything else (Arrow types, keys, JSON Schema, codebook) is read from these declarations.
"""

from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pa
import pyarrow
from pandera.api.pandas.model_config import BaseConfig
from pandera.typing import Series

from communique.vocabulary import terms

Boolean = pd.BooleanDtype
Integer = pd.Int64Dtype
Day = Annotated[pd.ArrowDtype, pyarrow.date32()]

# `\Z`, since Python's `$` also matches before a line end.
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
ROW = r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*\Z"
SHA256 = r"^[0-9a-f]{64}\Z"

__all__ = ["ROW", "SHA256", "SLUG", "Boolean", "Integer", "Series", "Table"]


class Table(pa.DataFrameModel):
    """A table of the dataset: its columns are exactly those declared, in that order."""

    class Config(BaseConfig):
        """Types are coerced first, so that a frame read from CSV is judged by its values."""

        strict = True
        ordered = True
        coerce = True


def _field(description: str, *, nullable: bool = False, metadata: dict[str, Any], **checks: Any) -> Any:
    return pa.Field(nullable=nullable, description=description, metadata=metadata, **checks)


def key(description: str, *, pattern: str = SLUG, length: int = 80, target: str | None = None) -> Any:
    """A column of the table's primary key; ``target`` names the table it also refers to."""
    metadata = {"primary_key": True, "foreign_key": target}
    return _field(description, metadata=metadata, str_matches=pattern, str_length={"max_value": length})


def row_key(description: str) -> Any:
    """The key of a row that belongs to an event: ``<event_id>/<slug>``."""
    return key(description, pattern=ROW, length=200)


def free_key(description: str) -> Any:
    """A column of the primary key that is free text, such as a name."""
    return _field(description, metadata={"primary_key": True}, str_length={"min_value": 1})


def number_key(description: str, *, unit: str, **checks: Any) -> Any:
    """A column of the primary key that is a number; ``unit`` says what it counts."""
    return _field(description, metadata={"primary_key": True, "unit": unit}, **checks)


def nullable_key(description: str) -> Any:
    """A column of the primary key in which null is a value of its own."""
    return _field(description, nullable=True, metadata={"primary_key": True})


def term_key(vocabulary: str, description: str) -> Any:
    """A column of the primary key whose values are terms."""
    metadata = {"primary_key": True, "vocabulary": vocabulary}
    return _field(description, metadata=metadata, isin=terms(vocabulary))


def foreign_key(
    target: str, description: str, *, nullable: bool = False, derived: bool = False, since: str | None = None
) -> Any:
    """A reference to the primary key of another table; ``since`` names the first version of the schemas with it."""
    metadata = {"foreign_key": target, "derived": derived, "since": since}
    return _field(description, nullable=nullable, metadata=metadata)


def derived_term(vocabulary: str, description: str) -> Any:
    """A term that the build derives; null where nothing can be derived."""
    metadata = {"vocabulary": vocabulary, "derived": True}
    return _field(description, nullable=True, metadata=metadata, isin=terms(vocabulary))


def term(vocabulary: str, description: str, *, nullable: bool = False) -> Any:
    """A term of a controlled vocabulary."""
    return _field(description, nullable=nullable, metadata={"vocabulary": vocabulary}, isin=terms(vocabulary))


def edtf(description: str, *, nullable: bool = False, derived: bool = False) -> Any:
    """A date in the Extended Date/Time Format (EDTF, ISO 8601-2:2019)."""
    metadata = {"format": "edtf", "derived": derived}
    return _field(description, nullable=nullable, metadata=metadata, str_length={"min_value": 4})


def edtf_key(description: str) -> Any:
    """An EDTF date that is part of the primary key."""
    return _field(description, metadata={"primary_key": True, "format": "edtf"}, str_length={"min_value": 4})


def day(description: str, *, nullable: bool = True, derived: bool = False) -> Any:
    """A day of the proleptic Gregorian calendar."""
    return _field(description, nullable=nullable, metadata={"derived": derived})


def text(description: str, *, nullable: bool = True, longest: int = 2000, derived: bool = False) -> Any:
    """Free text in the curators' own words."""
    length = {"min_value": 1, "max_value": longest}
    return _field(description, nullable=nullable, metadata={"derived": derived}, str_length=length)


def value(
    description: str,
    *,
    nullable: bool = True,
    unit: str | None = None,
    derived: bool = False,
    **checks: Any,
) -> Any:
    """A number, a flag or a code; ``unit`` says what a number counts."""
    return _field(description, nullable=nullable, metadata={"unit": unit, "derived": derived}, **checks)
