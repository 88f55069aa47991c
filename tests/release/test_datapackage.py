"""The data package describes every file, and the tools of the standards find no fault in it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from communique.dataset import Dataset
from communique.schemas import table_schemas
from communique.views import VIEWS
from communique_tools.release.datapackage import package
from communique_tools.release.edition import Edition, table_contents, view_contents
from communique_tools.release.pipeline import Built, staged

ROOT = Path(__file__).parents[2]
TOOLS = Path(os.environ.get("COMMUNIQUE_METADATA_PYTHON", ROOT / ".venv-metadata" / "bin" / "python"))
needs_tools = pytest.mark.skipif(
    not TOOLS.exists() and "CI" not in os.environ, reason="`make test` sets up .venv-metadata, which this needs"
)


def faults(release: Path) -> list[str]:
    """What the tools of the standards find."""
    script = ROOT / "tests" / "metadata" / "validate.py"
    result = subprocess.run([TOOLS, script, release], capture_output=True, text=True, check=False)
    assert result.returncode in {0, 1}, result.stderr
    return result.stdout.split("\n")[:-1] if result.returncode else []


def test_it_describes_every_table_and_view(edition: Edition) -> None:
    described = package(edition)
    by_name = {resource["name"]: resource for resource in described["resources"]}
    assert by_name.keys() == {*table_schemas(), *VIEWS}
    assert by_name["events"]["schema"]["primaryKey"] == ["event_id"]
    references = by_name["participants"]["schema"]["foreignKeys"]
    assert references[0] == {"fields": "event_id", "reference": {"resource": "events", "fields": "event_id"}}
    assert by_name["actors"]["schema"]["foreignKeys"][0]["reference"]["resource"] == ""
    assert described["version"] == "2026.11.0"


def test_it_names_files_that_are_there(released: Path) -> None:
    described = json.loads((released / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        header = (released / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


@needs_tools
def test_the_tools_find_no_fault_in_the_real_dataset(dataset: Dataset, tmp_path: Path) -> None:
    tables = table_contents(dataset)
    edition = Edition(
        "2026.11.0", tables, view_contents(tables), citation=(ROOT / "CITATION.cff").read_text(encoding="utf-8")
    )
    staged(Built(edition, {}), tmp_path)
    assert faults(tmp_path) == []


FAULTS = {
    ("csv/places.csv", "-12.05", "south"): "Type Error",
    ("csv/places.csv", "-77.04", "-181"): "Constraint Error",
    ("csv/places.csv", ",per,", ",peru,"): "ForeignKey Error",
    ("csv/actors.csv", "\njpn,", "\nchn,"): "PrimaryKey Error",
    ("csv/status_steps.csv", ",occurred,", ",took_place,"): "Constraint Error",
    ("CITATION.cff", "2026.11.0", "2026.11.1"): "CITATION.cff: cites '2026.11.1', but this is '2026.11.0'",
}


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@needs_tools
def test_the_tools_would_find_each_of_these_faults(folder: Path) -> None:
    for name, old, new in FAULTS:
        spoil(folder / name, old, new)
    found = faults(folder)
    assert [fault for fault in FAULTS.values() if not any(fault in line for line in found)] == []
    spoil(folder / "datapackage.json", '"resources"', '"resorces"')
    assert any("resources" in line for line in faults(folder))
