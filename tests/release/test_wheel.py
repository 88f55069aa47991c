"""The library as it is installed: the wheel carries the dataset, and loads it without a checkout or a network."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOAD = "import communique; print(communique.__file__); print(len(communique.load().events))"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_loads_its_own_dataset(installed: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    place, count = result.stdout.split()
    assert Path(place).is_relative_to(installed)
    assert int(count) > 0


def test_a_folder_beside_the_installed_package_is_not_taken_for_its_dataset(installed: Path, tmp_path: Path) -> None:
    site = shutil.copytree(installed, tmp_path / "lib" / "site-packages")
    (tmp_path / "lib" / "dataset" / "vocabulary").mkdir(parents=True)
    (tmp_path / "lib" / "dataset" / "tables").mkdir()
    result = subprocess.run(
        [sys.executable, "-c", f"from communique.vocabulary import terms; print(len(terms('status'))); {LOAD}"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(result.stdout.split()[0]) > 0


def test_the_wheel_holds_what_it_needs_and_none_of_the_records(installed: Path) -> None:
    data = installed / "communique" / "tables_data"
    assert {path.name for path in data.iterdir()} == {path.name for path in (ROOT / "dataset" / "tables").iterdir()}
    assert (installed / "communique" / "vocabulary_data" / "terms.csv").is_file()
    assert (installed / "communique_tools" / "release" / "codebook.css").is_file()
    assert not list(installed.rglob("*.toml"))
