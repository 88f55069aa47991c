"""One example of each rule: rows that it passes, what breaks them, and what the check then says.

They are made from the fixtures of the tests, and ship beside the rules as ``examples.json``.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).with_name("examples.json")

Values = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A row as it passes and as it fails; None where there is no such row."""

    table: str
    key: str
    passes: Values | None
    fails: Values | None


@dataclass(frozen=True)
class Example:
    """The rows of an example, and what the check says of those that fail: table, key and message."""

    rows: tuple[Shown, ...]
    findings: tuple[tuple[str, str, str], ...]


@cache
def examples() -> dict[str, Example]:
    """The examples by the code of their rule."""
    return {
        code: Example(
            tuple(Shown(**row) for row in content["rows"]),
            tuple((item["table"], item["key"], item["message"]) for item in content["findings"]),
        )
        for code, content in json.loads(EXAMPLES.read_text(encoding="utf-8")).items()
    }
