"""JSON Lines: one file per table, one object per row, sorted by key; days are ISO text, missing is null."""

import json
from pathlib import Path
from typing import Any

from communique.content import plain
from communique.dataset import Dataset
from communique.frames import arrow_table


def line(row: dict[str, Any]) -> str:
    """One row, its columns in the order of the table."""
    return json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False)


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:  # noqa: ARG001
    """Every table into ``jsonl/``."""
    rows = dataset.rows()
    target = folder / "jsonl"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name in dataset:
        path = target / f"{name}.jsonl"
        text = "".join(f"{line(row)}\n" for row in arrow_table(name, rows[name]).to_pylist())
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
