"""The Pandera models: complete, described, and usable on anybody's frame."""

import re

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from communique.dataset import Dataset
from communique.schemas import table_schema
from communique.tables import TABLES, Terms
from communique.vocabulary import all_terms

RESERVED = {
    "user",
    "order",
    "group",
    "table",
    "select",
    "from",
    "to",
    "by",
    "if",
    "for",
    "function",
    "long",
    "in",
}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_is_described_and_well_named(table: str) -> None:
    schema = table_schema(table)
    assert schema.description
    assert schema.key
    for column in schema.columns:
        assert column.description.endswith((".", ")")), column.name
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column.name)
        assert column.name not in RESERVED


@pytest.mark.parametrize("table", TABLES)
def test_foreign_keys_name_tables_that_exist(table: str) -> None:
    for column in table_schema(table).columns:
        assert column.foreign_key is None or column.foreign_key in TABLES


@pytest.mark.parametrize("table", TABLES)
def test_the_real_rows_pass_their_model(dataset: Dataset, table: str) -> None:
    TABLES[table].validate(dataset[table], lazy=True)


def test_a_wrong_value_is_reported_with_its_column_and_row() -> None:
    frame = pd.DataFrame(
        {
            "vocabulary": ["status"],
            "term": ["occurred"],
            "label": [None],
            "definition": ["d"],
            "when_to_use": ["w"],
            "broader": [None],
            "since": ["0.1.0"],
        },
        dtype="str",
    )
    with pytest.raises(SchemaErrors) as raised:
        Terms.validate(frame, lazy=True)
    cases = raised.value.failure_cases
    assert list(cases["column"]) == ["label"]
    assert list(cases["index"]) == [0]


def test_every_term_is_defined_and_says_when_to_use_it() -> None:
    seen: set[tuple[str, str]] = set()
    for term in all_terms():
        assert len(term.definition) > 10, term
        assert len(term.when_to_use) > 10, term
        seen.add((term.vocabulary, term.definition))
    assert len(seen) == len(all_terms())


def test_every_column_of_terms_has_a_vocabulary_in_use() -> None:
    used = {column.vocabulary for table in TABLES for column in table_schema(table).columns if column.vocabulary}
    assert used == {term.vocabulary for term in all_terms()}
