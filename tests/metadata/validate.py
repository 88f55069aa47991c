"""Does the metadata of a release say what the standards ask? Run by the tools of the standards, in a venv of their own.

    .venv-metadata/bin/python tests/metadata/validate.py build/release/2026.11.0

Prints each fault on a line; exit code 0: none, 1: some, 2: could not run.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import frictionless  # type: ignore[import-not-found]
import yaml  # type: ignore[import-untyped]

REQUIRED = {"cff-version", "message", "title", "authors"}
KNOWN = {*REQUIRED, "type", "version", "license", "keywords", "abstract", "url", "doi", "date-released", "contact"}


def data_package(release: Path) -> Iterator[str]:
    """What Frictionless finds in ``datapackage.json`` and in every file that it describes."""
    report = frictionless.validate(str(release / "datapackage.json"))
    for error in report.flatten(["title", "rowNumber", "fieldName", "type", "message"]):
        yield f"datapackage.json: {' '.join(str(part) for part in error if part is not None)}"
    for warning in report.warnings:
        yield f"datapackage.json: {warning}"


def citation(release: Path) -> Iterator[str]:
    """What the Citation File Format 1.2.0 asks of ``CITATION.cff``, and whether it names the right version."""
    content = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    for name in sorted(REQUIRED - content.keys()):
        yield f"CITATION.cff: lacks {name}"
    for name in sorted(content.keys() - KNOWN):
        yield f"CITATION.cff: the format has no {name}"
    if content.get("cff-version") != "1.2.0" or not content.get("authors"):
        yield "CITATION.cff: expected version 1.2.0 of the format and at least one author"
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    if content.get("version") != package["version"]:
        yield f"CITATION.cff: cites {content.get('version')!r}, but this is {package['version']!r}"


def main(arguments: list[str]) -> int:
    """Check the release that the arguments name."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "datapackage.json").is_file():
        print("expected the folder of one release", file=sys.stderr)
        return 2
    faults = [*data_package(Path(arguments[0])), *citation(Path(arguments[0]))]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
