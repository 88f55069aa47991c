"""What the README shows runs, and answers what it says."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from communique import load
from communique.dataset import Dataset
from communique_tools.cli import communique
from communique_tools.release import sqlite
from communique_tools.release.edition import Edition, table_contents

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def _answer(position: int) -> str:
    language, text = BLOCKS[position + 1]
    assert language == "text"
    return text.strip()


PYTHON = [(code, _answer(position)) for position, (language, code) in enumerate(BLOCKS) if language == "python"]
SLIPPED = dict(line.split() for line in PYTHON[0][1].splitlines())


@pytest.mark.parametrize(("code", "answer"), PYTHON, ids=["pandas", "as-of", "schemas"])
def test_python_answers_what_the_readme_says(code: str, answer: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stderr == ""
    assert done.stdout.strip() == answer


@pytest.fixture(scope="module")
def released() -> Dataset:
    """The last release: what the README speaks of, however far the records are ahead of it."""
    return load(ROOT / "dataset" / "tables")


def test_sql_answers_the_same(released: Dataset, tmp_path: Path) -> None:
    sqlite.write(Edition("2026.1.0", table_contents(released)), tmp_path)
    [query] = [code for language, code in BLOCKS if language == "sql"]
    with sqlite3.connect(tmp_path / "communique.sqlite") as connection:
        rows = connection.execute(query).fetchall()
    assert {status: str(number) for status, number in rows} == SLIPPED


def test_the_columns_that_r_and_stata_name_exist(released: Dataset) -> None:
    for language in ("r", "stata"):
        [code] = [text for name, text in BLOCKS if name == language]
        for table in re.findall(r"csv/(\w+)\.csv", code):
            assert table in released
        assert {"event_id", "status"} <= set(re.findall(r"\w+", code))


def test_the_timeline_tells_steps_of_the_dataset(released: Dataset) -> None:
    [timeline] = [text for name, text in BLOCKS if name == "mermaid"]
    steps = released.status_steps.query("event_id == 'cjk-summit-2023'")
    ends = {str(day) for day in steps["end_on"]}
    told = re.findall(r"^ +(\d{4}-\d{2}-\d{2}) :", timeline, flags=re.MULTILINE)
    assert told
    assert set(told) <= ends


def test_every_command_is_named() -> None:
    for name in communique.list_commands(None):  # type: ignore[arg-type]
        assert re.search(rf"`{name}[ `]", README), name
