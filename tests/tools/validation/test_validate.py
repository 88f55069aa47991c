"""`communique validate` on everything that it may be given."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from communique.dataset import Dataset
from communique.frames import arrow_table
from communique_tools.cli import communique

ROOT = Path(__file__).parents[3]


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(communique, ["validate", *map(str, arguments)])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the truth that a test may break."""
    ignored = shutil.ignore_patterns("tables")
    return shutil.copytree(ROOT / "dataset", tmp_path / "dataset", ignore=ignored)


@pytest.fixture(scope="module")
def tables(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    for name, rows in dataset.rows().items():
        parquet.write_table(arrow_table(name, rows), folder / f"{name}.parquet")
    return folder


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_records_are_clean(copy: Path) -> None:
    result = _run(copy)
    assert result.exit_code == 0, result.stdout
    assert "0 errors" in result.stderr


def test_a_folder_of_tables_is_clean(tables: Path) -> None:
    assert _run(tables).exit_code == 0


def test_an_unknown_reference_is_told_with_file_line_and_the_nearest(copy: Path) -> None:
    record = next((copy / "records").rglob("cjk-som-2023.toml"))
    line = 1 + record.read_text(encoding="utf-8").splitlines().index("[participants]")
    _edit(record, "nong-rong =", "nong-ron =")
    result = _run(copy)
    assert result.exit_code == 1
    assert f"{record}:" in result.stdout
    assert "did you mean 'nong-rong'" in result.stdout
    assert line > 1


def test_a_span_and_its_evidence_are_told_on_the_line_of_the_record(copy: Path) -> None:
    path = next((copy / "records").rglob("cjk-som-2023.toml"))
    text = path.read_text(encoding="utf-8").replace('{ source = "efe-som-2023"', '{ source = "efe-som-2032"', 1)
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("efe-som-2032")].count("\n") + 1
    assert f"{path}:{line}  K102  spans efe-som-2032-" in _run(copy).stdout
    text = text.replace("efe-som-2032", "efe-som-2023").replace(' carried_over"', ' carried_ovr"', 1)
    path.write_text(text, encoding="utf-8")
    [found] = [line for line in _run(copy).stdout.splitlines() if "C003" in line]
    assert found.startswith(f"{path}:{text[: text.index('carried_ovr')].count(chr(10)) + 1}  C003  evidence ")


def test_every_unreadable_file_is_told_at_once(copy: Path) -> None:
    first, second = sorted((copy / "records").rglob("*.toml"))[:2]
    first.write_text("event_id = ", encoding="utf-8")
    second.write_bytes("title = 'Gespräch'".encode("cp1252"))
    result = _run(copy)
    assert result.exit_code == 1
    assert [line.split("  ")[1] for line in result.stdout.splitlines()] == ["T001", "T001"]
    assert str(first) in result.stdout
    assert "not UTF-8" in result.stdout


def test_a_wrong_cell_of_a_flat_table_is_told_with_its_line(copy: Path) -> None:
    path = copy / "actors" / "offices.csv"
    text = path.read_text(encoding="utf-8").splitlines()
    text[2] = text[2].rsplit(",", 1)[0] + ",ministr"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    result = _run(copy)
    assert f"{path}:3  C003" in result.stdout
    assert "did you mean 'minister'?" in result.stdout


def test_a_baseline_leaves_only_what_is_new(copy: Path, tables: Path) -> None:
    path = copy / "actors" / "offices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",minister\n", ",ministr\n"), encoding="utf-8")
    everything = json.loads(_run(copy, "--format", "json", "--limit", "9999").stdout)
    assert everything["errors"] > 1
    new = json.loads(_run(copy, "--format", "json", "--limit", "9999", "--baseline", str(copy)).stdout)
    assert new["findings"] == []
    assert json.loads(_run(copy, "--format", "json", "--baseline", str(tables)).stdout)["errors"] > 1


def test_statistics_count_instead(copy: Path) -> None:
    path = copy / "actors" / "offices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",minister\n", ",ministr\n"), encoding="utf-8")
    assert _run(copy, "--statistics").stdout.startswith("C003")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 64 + b"PAR1", b"not a table"])
def test_a_damaged_file_cannot_be_run(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "events.parquet"
    path.write_bytes(content)
    result = _run(path, "--table", "events")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert str(path) in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "no such folder"),
        (["nowhere.csv", "--table", "events"], "no such file"),
        (["nowhere.csv", "--table", "evnts"], "did you mean 'events'?"),
    ],
)
def test_what_is_not_there_cannot_be_run(arguments: list[str], message: str) -> None:
    result = _run(*arguments)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_a_folder_of_anything_else_cannot_be_run(tmp_path: Path) -> None:
    result = _run(tmp_path)
    assert result.exit_code == 2
    assert "holds no tables" in result.stderr
