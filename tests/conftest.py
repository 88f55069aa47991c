"""What the tests share: the real dataset, read once."""

from pathlib import Path
from typing import Any

import pytest

from communique.dataset import Dataset
from communique_tools.truth import read_truth

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def truth() -> dict[str, list[dict[str, Any]]]:
    return read_truth(ROOT / "dataset")[0]


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.from_rows(read_truth(ROOT / "dataset")[0])
