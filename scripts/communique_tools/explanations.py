"""Warnings that were looked into and stay: ``dataset/explained.csv`` says of each why.

A row names the code of the rule, the table, the key of the row and the reason. One that matches no warning any more is
an error: what it excused is mended, or is another thing now.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from communique.report import Finding
from communique_tools.errors import UnreadableError

FILE = "explained.csv"
HEADER = ["code", "table_name", "row_id", "reason"]
STALE = "T002"
"""The code of an explanation that explains nothing."""

Identity = tuple[str, str, str]
"""Code, table and key of a finding."""


class ExplanationError(UnreadableError):
    """A file of explanations that cannot be read."""


def identity(finding: Finding) -> Identity:
    """What an explanation names of a finding."""
    return finding.code, finding.table, finding.key


def read_explanations(dataset: Path) -> dict[Identity, tuple[int, str]]:
    """The line and the reason of each explanation; none where there is no file.

    Raises:
        ExplanationError: on another header, an empty cell, a row that stands twice, or another encoding.
    """
    path = dataset / FILE
    found: dict[Identity, tuple[int, str]] = {}
    line = 1
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if next(reader, []) != HEADER:
                raise ExplanationError(path, 1, f"expected the header {','.join(HEADER)}")
            for cells in reader:
                line = reader.line_num
                if len(cells) != len(HEADER) or not all(cells):
                    raise ExplanationError(path, line, f"expected {len(HEADER)} cells, none of them empty")
                code, table, row, reason = cells
                if (code, table, row) in found:
                    raise ExplanationError(path, line, f"{code} {table} {row} is explained twice")
                found[code, table, row] = line, reason
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise ExplanationError(path, line, f"not UTF-8: {error.reason} at byte {error.start}") from error
    except csv.Error as error:
        raise ExplanationError(path, line + 1, f"no CSV: {error}") from error
    except OSError as error:
        raise ExplanationError(path, 1, f"cannot be read: {error.strerror}") from error
    return found


def unanswered(explained: Iterable[Identity], findings: Iterable[Finding]) -> list[Identity]:
    """The explanations that no warning answers to."""
    told = {identity(finding) for finding in findings if finding.severity == "warning"}
    return sorted(set(explained) - told)


def stale_finding(name: Identity) -> Finding:
    """The finding that an explanation explains nothing."""
    code, table, row = name
    return Finding(STALE, table, row, f"{FILE} explains {code} of it, but there is no such warning; take the row out")
