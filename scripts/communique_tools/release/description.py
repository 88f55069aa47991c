"""What the codebook says of a table: its meaning from the schemas, and what was observed in this release.

The same description is rendered as Markdown and HTML and written, as JSON, into the footer of the Parquet file.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from communique.content import plain
from communique.schemas import Column
from communique.version import __version__
from communique.vocabulary import all_terms
from communique_tools.release.edition import Content, Row
from communique_tools.release.notices import notice_of


@dataclass(frozen=True)
class Observed:
    """What the rows of a table hold in one column; least and greatest only of numbers and days."""

    nulls: int
    null_share: float | None
    distinct: int
    least: Any = None
    greatest: Any = None


def observed(column: Column, rows: list[Row]) -> Observed:
    """What was observed in a column. The share is of all rows, to four decimals; None where there are none."""
    values = [row[column.name] for row in rows if row[column.name] is not None]
    nulls = len(rows) - len(values)
    share = round(nulls / len(rows), 4) if rows else None
    if not values or column.type in {"string", "bool"}:
        return Observed(nulls, share, len(set(values)))
    return Observed(nulls, share, len(set(values)), plain(min(values)), plain(max(values)))


def _column(table: str, column: Column, rows: list[Row]) -> dict[str, Any]:
    declared = {name: value for name, value in asdict(column).items() if value is not None and value is not False}
    notice = notice_of(table, column.name)
    return {
        **declared,
        "nullable": column.nullable,
        **({"notice": notice} if notice else {}),
        "observed": asdict(observed(column, rows)),
    }


def describe(content: Content, version: str) -> dict[str, Any]:
    """The description of one table or view, as JSON holds it.

    Keys: table, description, version (of the data), schema_version, rows, key, notice (only of what is to go),
    columns (each with what its model declares and what was observed) and vocabularies (term to definition).
    """
    schema = content.schema
    used = dict.fromkeys(column.vocabulary for column in schema.columns if column.vocabulary)
    notice = notice_of(schema.name)
    return {
        "table": schema.name,
        "description": schema.description,
        "version": version,
        "schema_version": __version__,
        "rows": len(content.rows),
        "key": list(schema.key),
        **({"notice": notice} if notice else {}),
        "columns": [_column(schema.name, column, content.rows) for column in schema.columns],
        "vocabularies": {
            name: {term.term: term.definition for term in all_terms() if term.vocabulary == name} for name in used
        },
    }


def term_uses(contents: Iterable[Content]) -> Counter[tuple[str, str]]:
    """How often each term of each vocabulary stands in the rows."""
    counts: Counter[tuple[str, str]] = Counter()
    for content in contents:
        for column in content.schema.columns:
            if column.vocabulary:
                counts.update((column.vocabulary, row[column.name]) for row in content.rows if row[column.name])
    return counts
