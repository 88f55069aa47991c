"""``RELEASE_NOTES.md``, ``validation.json`` and the diff from the last release: what changed for a reader."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from communique.audit import audit_of
from communique.content import plain
from communique.figures import Dimension, figures_of
from communique.reliability import reliability_of
from communique.unitising import unitising_of
from communique.version import __version__
from communique_tools import counts, verdicts
from communique_tools.agreement import HEADER, cells, sentences
from communique_tools.explanations import identity
from communique_tools.measures import markdown
from communique_tools.release.edition import Comparison, Edition, Row
from communique_tools.release.notices import NOTICES

LISTED = 10
"""How many values changed for one reason are listed one by one."""
NOTED: tuple[Dimension, ...] = ("all", "family", "status", "year")
"""What the figures in the notes are counted by."""


def _corrections(edition: Edition) -> Iterator[str]:
    """Every changed value with its reason; many with one reason are counted, `changes` has them one by one."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in edition.rows("changes"):
        if row["release_id"] == edition.version:
            groups.setdefault((row["change_kind"], row["reason"]), []).append(row)
    for (kind, reason), rows in groups.items():
        if len(rows) > LISTED:
            counted = Counter(f"{row['table_name']}.{row['column_name'] or '*'}" for row in rows)
            told = ", ".join(f"{count} of `{name}`" for name, count in counted.items())
            yield f"- {told} ({kind}): {reason}"
            continue
        for row in rows:
            place = " ".join(part for part in (row["table_name"], row["row_id"], row["column_name"]) if part)
            yield f"- `{place}` ({kind}): {reason}"


def _retired(edition: Edition) -> Iterator[str]:
    for row in edition.rows("retired_ids"):
        if row["release_id"] == edition.version:
            into = f" into `{row['into_id']}`" if row["into_id"] else ""
            yield f"- `{row['old_id']}` ({row['retired_state']}{into}): {row['reason']}"


def _coverage(edition: Edition) -> Iterator[str]:
    for row in edition.rows("coverage"):
        yield f"- `{row['scope_id']}`, {row['years']}: {row['completeness']}, searched {row['searched_on']}"


def _reliability(edition: Edition) -> Iterator[str]:
    """Every field as it came out, good or bad."""
    codings = edition.rows("codings")
    found = [f"- {sentence}" for sentence in sentences(unitising_of(codings))]
    yield from found
    rows = cells(reliability_of(codings))
    if rows:
        yield from [""] if found else []
        yield from markdown([HEADER, *rows])


def _figures(edition: Edition) -> Iterator[str]:
    """What the release holds: by family, by standing, by year."""
    rows = {name: content.rows for name, content in edition.tables.items()}
    for by in NOTED if rows["events"] else ():
        yield from markdown([(by, *counts.HEADER[1:]), *counts.cells(figures_of(rows, by))])
        yield ""


def _audit(edition: Edition) -> Iterator[str]:
    """Every verdict counted, also those that found us wrong."""
    rows = verdicts.cells(audit_of(edition.rows("codings")))
    if rows:
        yield from markdown([verdicts.HEADER, *rows])


def _differences(comparison: Comparison | None) -> Iterator[str]:
    if comparison is None:
        yield "This is the first release."
        return
    yield f"Against {comparison.version}: {len(comparison.diff.changes)} differences."
    for table, kinds in comparison.diff.counts().items():
        yield f"- `{table}`: {', '.join(f'{count} {kind}' for kind, count in kinds.items() if count)}"


def _warnings(edition: Edition) -> Iterator[str]:
    """How many of each rule, and of each why it stays."""
    counted = edition.report.counts()
    for code, count in counted.items():
        yield f"- {code}: {count}"
        for finding in edition.report.findings:
            if finding.code == code:
                reason = edition.explanations.get(identity(finding), "not explained")
                yield f"  - `{finding.key}`: {reason}"


def notes(edition: Edition) -> str:
    """The notes as Markdown; a section that has nothing to say is left out."""
    told = ("events", "status_steps", "statements", "sources")
    size = ", ".join(f"{len(edition.rows(name))} {name}" for name in told)
    sections = {
        "What changed": _differences(edition.comparison),
        "Corrections": _corrections(edition),
        "Retired ids": _retired(edition),
        "Columns and tables that are to go": (f"- `{name}`: {text}" for name, text in NOTICES.items()),
        "Figures": _figures(edition),
        "Coverage": _coverage(edition),
        "Reliability": _reliability(edition),
        "Truth audit": _audit(edition),
        "Warnings": _warnings(edition),
    }
    parts = [f"# Communique {edition.version}", edition.changelog, f"Schemas {__version__}; {size}."]
    for title, lines in sections.items():
        text = "\n".join(lines).rstrip("\n")
        parts += [f"## {title}", text] if text else []
    return "\n\n".join(parts) + "\n"


def _json(path: Path, content: Any) -> Path:
    text = json.dumps(content, ensure_ascii=False, indent=2, default=plain) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def diff_name(previous: str) -> str:
    """The name of the file that holds the differences from a release."""
    return f"diff-from-{previous}.json"


def write(edition: Edition, folder: Path) -> list[Path]:
    """The notes, the findings of the check, and the differences from the last release where there was one."""
    path = folder / "RELEASE_NOTES.md"
    path.write_text(notes(edition), encoding="utf-8", newline="\n")
    found = edition.report
    told = [{**asdict(one), "explanation": edition.explanations.get(identity(one))} for one in found.findings]
    findings = {"counts": found.counts(), "findings": told}
    written = [path, _json(folder / "validation.json", findings)]
    if edition.comparison:
        before = edition.comparison
        document = before.diff.document(before.version, edition.version)
        written.append(_json(folder / diff_name(before.version), document))
    return written
