"""Is a release whole and right? Answered from its folder alone."""

from collections.abc import Iterator
from pathlib import Path

from communique.check import check
from communique.loading import load
from communique_tools.release.manifest import SUMS, files, sha256


def check_sums(folder: Path) -> Iterator[str]:
    """Files that differ from ``SHA256SUMS``, are missing, or are not listed."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        yield f"{SUMS}: is missing or no text; expected the sums of every file"
        return
    declared = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    present = set(files(folder)) - {SUMS}
    for name in sorted(present | declared.keys()):
        if name not in present:
            yield f"{name}: is missing, but {SUMS} lists it"
        elif name not in declared:
            yield f"{name}: {SUMS} does not list it"
        elif sha256(folder / name) != declared[name]:
            yield f"{name}: its bytes are not those that {SUMS} declares"


def check_data(folder: Path) -> Iterator[str]:
    """What is wrong with the tables: hashes, columns, keys, references, rules."""
    if not (folder / "manifest.json").is_file():
        yield "manifest.json: is missing; expected what the release declares of its files and tables"
    try:
        dataset = load(folder)
    except (FileNotFoundError, ValueError) as error:
        yield str(error)
        return
    for finding in check(dataset).errors:
        yield f"{finding.table} {finding.key}  {finding.code}  {finding.message}"


def verify(folder: Path) -> tuple[str, ...]:
    """Everything that is wrong with a release; nothing when it is as it was published."""
    return (*check_sums(folder), *check_data(folder))
