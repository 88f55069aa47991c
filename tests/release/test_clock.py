"""A release says the same on whatever day it is built: nothing that it is made with asks what day it is."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKING = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "uuid1", "uuid4", "random", "getpid"}
MADE_WITH = sorted(
    [*(ROOT / "schema").rglob("*.py"), *(ROOT / "scripts" / "communique_tools" / "release").glob("*.py")]
)


def asked(source: str) -> list[str]:
    """The calls in a source that give another answer each time."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = (call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls)
    return [name for name in names if name in ASKING]


def test_such_a_call_is_seen() -> None:
    assert asked("import datetime\ndef f():\n    return datetime.date.today()\n") == ["today"]


@pytest.mark.parametrize("path", MADE_WITH, ids=lambda path: path.stem)
def test_nothing_asks_for_the_time(path: Path) -> None:
    assert asked(path.read_text(encoding="utf-8")) == []
