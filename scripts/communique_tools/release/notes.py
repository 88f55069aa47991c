"""``RELEASE_NOTES.md``, ``validation.json`` and the diff from the last release: what changed for a reader."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from communique.content import plain
from communique.dataset import Dataset
from communique.diff import Change
from communique.report import Report
from communique.version import __version__

Row = dict[str, Any]


def _corrections(rows: dict[str, list[Row]], version: str) -> Iterator[str]:
    for row in rows["changes"]:
        if row["release_id"] == version:
            place = " ".join(part for part in (row["table_name"], row["row_id"], row["column_name"]) if part)
            yield f"- `{place}` ({row['change_kind']}): {row['reason']}"


def _retired(rows: dict[str, list[Row]], version: str) -> Iterator[str]:
    for row in rows["retired_ids"]:
        if row["release_id"] == version:
            into = f" into `{row['into_id']}`" if row["into_id"] else ""
            yield f"- `{row['old_id']}` ({row['retired_state']}{into}): {row['reason']}"


def _coverage(rows: dict[str, list[Row]]) -> Iterator[str]:
    for row in rows["coverage"]:
        yield f"- `{row['scope_id']}`, {row['years']}: {row['completeness']}, searched {row['searched_on']}"


def _differences(changes: tuple[Change, ...], previous: str | None) -> Iterator[str]:
    if previous is None:
        yield "This is the first release."
        return
    yield f"Against {previous}: {len(changes)} differences."
    for table in dict.fromkeys(change.table for change in changes):
        kinds = [change.kind for change in changes if change.table == table]
        counts = (f"{kinds.count(kind)} {kind}" for kind in ("added", "removed", "changed") if kind in kinds)
        yield f"- `{table}`: {', '.join(counts)}"


def notes(
    dataset: Dataset,
    version: str,
    *,
    changelog: str,
    report: Report,
    changes: tuple[Change, ...] = (),
    previous: str | None = None,
    is_rebuild: bool = False,
) -> str:
    """The notes as Markdown; a section that has nothing to say is left out."""
    rows = dataset.rows()
    size = ", ".join(f"{len(rows[name])} {name}" for name in ("events", "status_steps", "statements", "sources"))
    sections = {
        # Built again, a release has nothing but itself to compare with: its changelog says what changed.
        "What changed": () if is_rebuild else _differences(changes, previous),
        "Corrections": _corrections(rows, version),
        "Retired ids": _retired(rows, version),
        "Coverage": _coverage(rows),
        "Warnings": (f"- {code}: {count}" for code, count in report.counts().items()),
    }
    parts = [f"# Communique {version}", changelog, f"Schemas {__version__}; {size}."]
    for title, lines in sections.items():
        text = "\n".join(lines)
        parts += [f"## {title}", text] if text else []
    return "\n\n".join(parts) + "\n"


def _json(path: Path, content: Any) -> Path:
    text = json.dumps(content, ensure_ascii=False, indent=2, default=plain) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def write(
    dataset: Dataset,
    folder: Path,
    version: str,
    *,
    changelog: str = "",
    report: Report | None = None,
    changes: tuple[Change, ...] = (),
    previous: str | None = None,
    is_rebuild: bool = False,
) -> list[Path]:
    """The notes, the findings of the check, and the differences from the last release where there was one."""
    found = report or Report()
    path = folder / "RELEASE_NOTES.md"
    text = notes(
        dataset,
        version,
        changelog=changelog,
        report=found,
        changes=changes,
        previous=previous,
        is_rebuild=is_rebuild,
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    findings = {"counts": found.counts(), "findings": [asdict(finding) for finding in found.findings]}
    written = [path, _json(folder / "validation.json", findings)]
    if previous and not is_rebuild:
        listed = [asdict(change) for change in changes]
        written.append(_json(folder / f"diff-from-{previous}.json", {"from": previous, "changes": listed}))
    return written
