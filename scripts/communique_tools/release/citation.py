"""``CITATION.cff`` and ``LICENSE``: how to cite this release, and on what terms it may be used.

The citation is that of the project (Citation File Format 1.2.0) with the version of the release added.
"""

import re
from pathlib import Path

from communique_tools.release.edition import Edition

_VERSION = re.compile(r"^version:.*\n?", re.MULTILINE)


def versioned(citation: str, version: str) -> str:
    """A citation file with this version, whatever version it named before."""
    # No date-released: a release is named by its version, and two builds of one commit must not differ.
    return f'{_VERSION.sub("", citation).rstrip()}\nversion: "{version}"\n'


def write(edition: Edition, folder: Path) -> list[Path]:
    """Both files."""
    texts = {"CITATION.cff": versioned(edition.citation, edition.version), "LICENSE": edition.license}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]
