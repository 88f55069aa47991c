"""Columns and tables that are to go: a user is told one release ahead, in the data, before anything breaks.

A notice says what to use instead. It is published in the Parquet footers, the codebook and the release notes;
the release after that may take the column away, if the schemas grow by a version that may break.
"""

from collections.abc import Iterator

NOTICES: dict[str, str] = {}
"""What is to go (``table`` or ``table.column``), and what to use instead."""


def notice_of(table: str, column: str | None = None) -> str | None:
    """The notice for a table, or for a column of it; None where it is to stay."""
    return NOTICES.get(f"{table}.{column}" if column else table)


def stale(columns: dict[str, list[str]]) -> Iterator[str]:
    """The notices for what is no longer there, given the columns of every table."""
    for name in NOTICES:
        table, _, column = name.partition(".")
        if table not in columns or (column and column not in columns[table]):
            yield name
