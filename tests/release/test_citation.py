"""How to cite a release is how to cite the project, with the version."""

from pathlib import Path

from communique_tools.release.citation import versioned
from communique_tools.release.datapackage import LICENSE, TITLE

ROOT = Path(__file__).parents[2]


def test_the_version_is_added() -> None:
    assert versioned('title: "x"\n', "2026.11.0") == 'title: "x"\nversion: "2026.11.0"\n'


def test_an_older_version_is_replaced() -> None:
    assert versioned('version: "1"\ntitle: "x"\n', "2026.11.0") == 'title: "x"\nversion: "2026.11.0"\n'


def test_the_project_and_the_data_package_have_one_title_and_licence() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{TITLE}"\n' in citation
    assert f"license: {LICENSE}\n" in citation
