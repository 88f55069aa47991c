"""The content hash of a table: what it says, whatever wrote it.

Each row is one line of canonical JSON (keys sorted, no spaces, days as ISO text, null for what is missing);
the lines are sorted, each ends with a line feed, and the SHA-256 of their UTF-8 bytes is the hash. Another
version of a Parquet writer changes a file's bytes, but not this.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def plain(value: Any) -> Any:
    """A value as JSON holds it.

    Raises:
        TypeError: when the value is of a type that no column has.
    """
    if isinstance(value, datetime.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"no column holds a {type(value).__name__}")


def canonical(row: Mapping[str, Any]) -> str:
    """One row as a line of canonical JSON."""
    values = {name: plain(value) for name, value in row.items()}
    return json.dumps(values, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def content_sha256(rows: Iterable[Mapping[str, Any]]) -> str:
    """The content hash of a table, whatever the order of its rows."""
    digest = hashlib.sha256()
    for line in sorted(map(canonical, rows)):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
