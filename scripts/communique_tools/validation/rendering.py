"""How findings are told: as text, as JSON, as annotations of GitHub, or as SARIF 2.1.0."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from communique.version import __version__
from communique_tools.validation.targets import Located

JSON_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The findings of communique validate --format json",
    "type": "object",
    "additionalProperties": False,
    "required": ["errors", "warnings", "findings"],
    "properties": {
        "errors": {"type": "integer", "minimum": 0, "description": "How many findings block a release."},
        "warnings": {"type": "integer", "minimum": 0, "description": "How many do not."},
        "findings": {
            "type": "array",
            "description": "At most --limit of them, errors first.",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "severity", "table", "key", "column", "message", "path", "line", "explanation"],
                "properties": {
                    "code": {"type": "string", "description": "The rule; `communique explain` tells it."},
                    "severity": {"enum": ["error", "warning"]},
                    "table": {"type": "string"},
                    "key": {"type": "string", "description": "The key of the row, its parts joined by spaces."},
                    "column": {"type": ["string", "null"]},
                    "message": {"type": "string"},
                    "path": {"type": "string"},
                    "line": {"type": ["integer", "null"], "minimum": 1},
                    "explanation": {"type": ["string", "null"], "description": "Why a warning stays."},
                },
            },
        },
    },
}
"""The schema of the JSON report, for programs that read it."""


def count(found: Sequence[Located], severity: str) -> int:
    """How many findings are of a severity."""
    return sum(located.finding.severity == severity for located in found)


def as_text(found: Sequence[Located], limit: int) -> str:
    """One line a finding: place, code, table, key, message, and why a warning stays."""
    lines = [
        f"{one.place}  {one.finding.code}  {one.finding.table} {one.finding.key}  {one.finding.message}"
        + (f"  (explained: {one.explanation})" if one.explanation else "")
        for one in found[:limit]
    ]
    lines = [line.replace("\n", "\\n") for line in lines]  # the name of a file may hold anything
    if len(found) > limit:
        lines.append(f"… and {len(found) - limit} more; --limit shows them, --statistics counts them")
    return "\n".join(lines)


def as_json(found: Sequence[Located], limit: int) -> str:
    """An object that :data:`JSON_SCHEMA` describes."""
    rows = [
        {
            "code": one.finding.code,
            "severity": one.finding.severity,
            "table": one.finding.table,
            "key": one.finding.key,
            "column": one.finding.column,
            "message": one.finding.message,
            "path": one.place.path,
            "line": one.place.line,
            "explanation": one.explanation,
        }
        for one in found[:limit]
    ]
    report = {"errors": count(found, "error"), "warnings": count(found, "warning"), "findings": rows}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _escaped(text: str) -> str:
    """Text within an annotation, where per cent and line ends have a meaning."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_github(found: Sequence[Located], limit: int) -> str:
    """One workflow command a finding, shown by GitHub beside the line."""
    return "\n".join(
        f"::{one.finding.severity} file={_escaped(one.place.path)},line={one.place.line or 1},title={one.finding.code}"
        f"::{_escaped(f'{one.finding.table} {one.finding.key}  {one.finding.message}')}"
        for one in found[:limit]
    )


def as_sarif(found: Sequence[Located], limit: int) -> str:
    """A SARIF log of one run, for code scanning and editors."""
    results = [
        {
            "ruleId": one.finding.code,
            "level": one.finding.severity,
            "message": {"text": f"{one.finding.table} {one.finding.key}  {one.finding.message}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": one.place.path.replace("\\", "/")},
                        "region": {"startLine": one.place.line or 1},
                    }
                }
            ],
        }
        for one in found[:limit]
    ]
    rules = [{"id": code} for code in sorted({one.finding.code for one in found[:limit]})]
    driver = {"name": "communique", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def statistics(found: Sequence[Located]) -> str:
    """How often each rule failed, the most frequent first."""
    counts = Counter((one.finding.code, one.finding.severity) for one in found)
    return "\n".join(f"{code}  {severity:8}{number:>8}" for (code, severity), number in counts.most_common())


STYLES: dict[str, Callable[[Sequence[Located], int], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
