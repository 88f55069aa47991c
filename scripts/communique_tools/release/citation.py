"""``CITATION.cff``: how to cite this release (Citation File Format 1.2.0)."""

from pathlib import Path

from communique.dataset import Dataset
from communique_tools.release.datapackage import LICENSE, TITLE

# No date-released: a release is named by its version, and two builds of one commit must not differ.
_TEMPLATE = """\
cff-version: 1.2.0
message: Please cite this release by its version.
title: "{title}"
type: dataset
version: "{version}"
license: {license}
authors:
  - name: The communique founders
keywords:
  - diplomacy
  - event data
  - international relations
"""


def write(dataset: Dataset, folder: Path, version: str) -> list[Path]:  # noqa: ARG001
    """The file for the version that is released."""
    path = folder / "CITATION.cff"
    text = _TEMPLATE.format(title=TITLE, version=version, license=LICENSE)
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]
