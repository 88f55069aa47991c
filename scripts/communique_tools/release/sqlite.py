"""SQLite: every table STRICT, with its primary key and real foreign keys, and a full-text index.

``search`` is an FTS5 table over the titles of events and the gists of statements:
``SELECT table_name, row_id FROM search WHERE search MATCH 'summit'``. Days are ISO text, flags 0 and 1.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow

from communique.content import plain
from communique.dataset import Dataset
from communique.frames import arrow_table
from communique.schemas import Column, TableSchema, table_schema

_TYPES = {pyarrow.int64(): "INTEGER", pyarrow.bool_(): "INTEGER", pyarrow.float64(): "REAL"}
_SEARCHED = (("events", "event_id", "title"), ("statements", "statement_id", "gist"))


def _column(column: Column) -> str:
    parts = [f'"{column.name}"', _TYPES.get(column.arrow, "TEXT")]
    if not column.nullable:
        parts.append("NOT NULL")
    if column.arrow == pyarrow.bool_():
        parts.append(f'CHECK ("{column.name}" IN (0, 1))')
    if column.foreign_key:
        target = table_schema(column.foreign_key).key
        if len(target) == 1:
            parts.append(f'REFERENCES "{column.foreign_key}" ("{target[0]}")')
    return " ".join(parts)


def create(schema: TableSchema) -> list[str]:
    """The statements that create a table.

    A key with a nullable part becomes a unique index: STRICT tables let no primary key be null.
    """
    keys = [column for column in schema.columns if column.is_key]
    lines = [_column(column) for column in schema.columns]
    nullable = any(column.nullable for column in keys)
    if not nullable:
        lines.append("PRIMARY KEY ({})".format(", ".join(f'"{column.name}"' for column in keys)))
    statements = ['CREATE TABLE "{}" (\n  {}\n) STRICT'.format(schema.name, ",\n  ".join(lines))]
    if nullable:
        parts = (f"ifnull(\"{c.name}\", '')" if c.nullable else f'"{c.name}"' for c in keys)
        statements.append(f'CREATE UNIQUE INDEX "{schema.name}_key" ON "{schema.name}" ({", ".join(parts)})')
    return statements


def _cell(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else plain(value)


def _insert(connection: sqlite3.Connection, schema: TableSchema, rows: list[dict[str, Any]]) -> None:
    marks = ", ".join("?" * len(schema.columns))
    connection.executemany(
        f'INSERT INTO "{schema.name}" VALUES ({marks})',
        [[_cell(value) for value in row.values()] for row in rows],
    )


def _index(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (table_name UNINDEXED, row_id UNINDEXED, words)")
    for table, key, column in _SEARCHED:
        connection.execute(
            f'INSERT INTO search SELECT \'{table}\', "{key}", "{column}" FROM "{table}" ORDER BY "{key}"'
        )
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:
    """Every table into ``communique.sqlite``.

    Raises:
        sqlite3.IntegrityError: when a key stands twice, a value is missing, or a reference points nowhere.
    """
    path = folder / "communique.sqlite"
    rows = dataset.rows()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        for name in dataset:
            for statement in create(table_schema(name)):
                connection.execute(statement)
        for name in dataset:
            _insert(connection, table_schema(name), arrow_table(name, rows[name]).to_pylist())
        _index(connection)
        connection.execute("CREATE TABLE release (version TEXT NOT NULL) STRICT")
        connection.execute("INSERT INTO release VALUES (?)", [version])
        connection.execute("COMMIT")
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
        if dangling:
            raise sqlite3.IntegrityError(f"{dangling[0]} refers to a row of {dangling[2]} that does not exist")
        connection.execute("VACUUM")
    return [path]
