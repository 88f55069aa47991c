"""SQLite: every table and view STRICT, with its primary key and real foreign keys, and a full-text index.

``search`` is an FTS5 table over the titles of events and the gists of statements:
``SELECT table_name, row_id FROM search WHERE search MATCH 'summit'``. Days are ISO text, flags 0 and 1.
The views are stored as tables, so that any version of SQLite since 3.37 reads them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from communique.content import plain
from communique.schemas import Column, TableSchema, table_schema
from communique.version import __version__
from communique_tools.release.edition import Content, Edition

_TYPES = {"int64": "INTEGER", "bool": "INTEGER", "double": "REAL"}
_SEARCHED = (("events", "event_id", "title"), ("statements", "statement_id", "gist"))
_WRITER = slice(96, 100)
"""Where the header of a database names the SQLite that wrote it: the one thing that differs by machine."""
_OLDEST = 3_037_000
"""The first SQLite that knows STRICT, as the header writes it."""


def _column(column: Column) -> str:
    parts = [f'"{column.name}"', _TYPES.get(column.type, "TEXT")]
    if not column.nullable:
        parts.append("NOT NULL")
    if column.type == "bool":
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


def _insert(connection: sqlite3.Connection, content: Content) -> None:
    marks = ", ".join("?" * len(content.schema.columns))
    connection.executemany(
        f'INSERT INTO "{content.schema.name}" VALUES ({marks})',
        [[_cell(value) for value in row.values()] for row in content.rows],
    )


def _index(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (table_name UNINDEXED, row_id UNINDEXED, words)")
    for table, key, column in _SEARCHED:
        connection.execute(
            f'INSERT INTO search SELECT \'{table}\', "{key}", "{column}" FROM "{table}" ORDER BY "{key}"'
        )
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def _fill(connection: sqlite3.Connection, edition: Edition) -> None:
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("BEGIN")
    for content in edition.contents.values():
        for statement in create(content.schema):
            connection.execute(statement)
    for content in edition.contents.values():
        _insert(connection, content)
    _index(connection)
    connection.execute("CREATE TABLE release (version TEXT NOT NULL, schema_version TEXT NOT NULL) STRICT")
    connection.execute("INSERT INTO release VALUES (?, ?)", [edition.version, __version__])
    connection.execute("COMMIT")
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise sqlite3.IntegrityError(f"{dangling[0]} refers to a row of {dangling[2]} that does not exist")
    connection.execute("VACUUM")


def write(edition: Edition, folder: Path) -> list[Path]:
    """Every table and view into ``communique.sqlite``.

    Raises:
        OSError: when the disk takes no more.
        sqlite3.IntegrityError: when a key stands twice, a value is missing, or a reference points nowhere.
    """
    path = folder / "communique.sqlite"
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _fill(connection, edition)
    except sqlite3.OperationalError as error:
        raise OSError(f"{path.name}: {error}") from error
    content = bytearray(path.read_bytes())
    content[_WRITER] = _OLDEST.to_bytes(4, "big")
    path.write_bytes(content)
    return [path]
