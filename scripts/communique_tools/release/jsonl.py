"""JSON Lines: one file per table, one object per row, sorted by key; days are ISO text, missing is null."""

import json
from pathlib import Path
from typing import Any

from communique.content import plain
from communique_tools.release.edition import Edition


def line(row: dict[str, Any]) -> str:
    """One row, its columns in the order of the table."""
    return json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False, allow_nan=False)


def write(edition: Edition, folder: Path) -> list[Path]:
    """Every table into ``jsonl/``."""
    target = folder / "jsonl"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in edition.tables.items():
        path = target / f"{name}.jsonl"
        path.write_text("".join(f"{line(row)}\n" for row in content.rows), encoding="utf-8", newline="\n")
        written.append(path)
    return written
