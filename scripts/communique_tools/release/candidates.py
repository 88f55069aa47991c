"""What would be released next: the records as they are, held against the last release."""

import re
from pathlib import Path

from communique.report import Report
from communique.version import __version__
from communique_tools.errors import CannotRun
from communique_tools.release.published import published
from communique_tools.release.refusals import Candidate
from communique_tools.workspace import read_rows

_HEADING = re.compile(r"^## \[?(\d{4}\.\d{1,2}\.\d+)", re.MULTILINE)


def announced(changelog: Path) -> str:
    """The version that a changelog announces first.

    Raises:
        CannotRun: when it cannot be read or announces none.
    """
    try:
        found = _HEADING.search(changelog.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{changelog}: cannot be read: {error}") from error
    if found is None:
        raise CannotRun(f"{changelog}: announces no release; expected a section such as '## 2026.12.0'")
    return found[1]


def next_candidate(folder: Path) -> Candidate:
    """The records of a dataset folder as the release that the changelog beside it announces first, unchecked.

    Raises:
        CannotRun: when the records, the changelog or the last release cannot be read.
    """
    version = announced(folder.parent / "CHANGELOG.md")
    rows, _ = read_rows(folder)
    try:
        previous = published(folder / "tables")
    except (OSError, ValueError) as error:
        raise CannotRun(f"the last release cannot be read: {error}") from error
    return Candidate(version, __version__, rows, Report(), "", previous)
