"""Rows of a flat table as the text of its CSV file: typed columns only, sorted by key, missing values empty."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from communique.schemas import table_schema
from communique.vocabulary import all_terms
from communique_tools.records import Row

_TERM_OF: dict[str, Callable[[Row], tuple[str, str]]] = {
    "terms": lambda row: (row["vocabulary"], row["term"]),
    "crosswalk": lambda row: ("event_type", row["event_type"]),
}
"""The tables whose order is that of the terms, and where each finds its own."""


def flat_text(table: str, rows: Iterable[Row]) -> str:
    """The file of a flat table, as :func:`communique_tools.flat.read_flat` reads it."""
    schema = table_schema(table)
    names = [column.name for column in schema.columns if not column.is_derived]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in sorted(rows, key=_order(table)))
    return text.getvalue()


def _order(table: str) -> Callable[[Row], tuple[int, list[str]]]:
    """How the rows of a table are sorted: by key, but those of the vocabularies as terms follow one another."""
    places = {(term.vocabulary, term.term): place for place, term in enumerate(all_terms())}
    term_of, key = _TERM_OF.get(table), table_schema(table).key

    def order(row: Row) -> tuple[int, list[str]]:
        place = places.get(term_of(row), len(places)) if term_of else 0
        return place, [str(row.get(name) or "") for name in key]

    return order


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
