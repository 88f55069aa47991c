"""The steps of a release: Records → Checked → Built → Staged → Released.

Each step is a function from one state to the next, so that no step can be left out or taken early: there is
nothing to publish that was not staged, nothing to stage that was not built, nothing to build that was refused.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from communique.check import check
from communique.dataset import Dataset
from communique.version import __version__
from communique_tools.explanations import Identity
from communique_tools.release import (
    citation,
    codebook,
    csv,
    datapackage,
    jsonl,
    manifest,
    notes,
    parquet,
    sqlite,
)
from communique_tools.release.edition import Edition, table_contents, view_contents
from communique_tools.release.published import Published, copy_tables
from communique_tools.release.refusals import Candidate, refusals, section
from communique_tools.release.staging import StagingError, publish, replacing, staging

Writer = Callable[[Edition, Path], list[Path]]

WRITERS: tuple[Writer, ...] = (
    parquet.write,
    csv.write,
    jsonl.write,
    sqlite.write,
    datapackage.write,
    codebook.write,
    citation.write,
    notes.write,
)
"""One writer per format. The manifest comes after them."""


class ReleaseRefused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The release was refused, for these reasons."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Records:
    """The dataset as the records state it, with what else a release is made from."""

    dataset: Dataset
    changelog: str
    pages: tuple[str, ...]
    citation: str
    license: str
    previous: Published | None = None
    explanations: Mapping[Identity, str] = field(default_factory=dict)
    """Why warnings stay."""


@dataclass(frozen=True)
class Checked:
    """Records that nothing speaks against releasing under this version."""

    records: Records
    candidate: Candidate


@dataclass(frozen=True)
class Built:
    """All that the release says, derived and in its final order."""

    edition: Edition
    published: dict[str, str]
    """The sums of the files of this version, where it was published before."""


@dataclass(frozen=True)
class Staged:
    """A folder that holds the whole release, not yet visible under its name."""

    built: Built
    folder: Path


@dataclass(frozen=True)
class Released:
    """The published folder."""

    folder: Path
    version: str
    is_new: bool
    """False where the very same release stood there already."""
    differing: tuple[str, ...]
    """Files that are not those once published under this version: what writes them has changed since."""


def checked(records: Records, version: str) -> Checked:
    """Check the records against the rules, the last release and the changelog.

    Raises:
        ReleaseRefused: when anything speaks against releasing.
    """
    candidate = Candidate(
        version,
        __version__,
        records.dataset.rows(),
        check(records.dataset),
        records.changelog,
        records.previous,
        explanations=records.explanations,
    )
    reasons = refusals(candidate)
    if reasons:
        raise ReleaseRefused(reasons)
    return Checked(records, candidate)


def built(state: Checked) -> Built:
    """Put together all that the release says."""
    candidate, records = state.candidate, state.records
    tables = table_contents(records.dataset)
    edition = Edition(
        candidate.version,
        tables,
        view_contents(tables),
        report=candidate.report,
        changelog=section(candidate.changelog, candidate.version) or "",
        pages=records.pages,
        citation=records.citation,
        license=records.license,
        comparison=candidate.comparison,
        explanations=candidate.explanations,
    )
    return Built(edition, candidate.previous.sums if candidate.previous and candidate.is_rebuild else {})


def staged(state: Built, folder: Path) -> Staged:
    """Write every format into a folder that nobody sees yet, and then what tells that it is whole."""
    for write in WRITERS:
        write(state.edition, folder)
    manifest.write(state.edition, folder)
    manifest.write_sums(folder)
    return Staged(state, folder)


def _refuse_other(staged_sums: dict[str, str], target: Path) -> None:
    """Let a target stand that is this very release; anything else is not overwritten."""
    found = manifest.sums(target) if target.is_dir() else {}
    other = sorted(name for name in staged_sums.keys() | found.keys() if staged_sums.get(name) != found.get(name))
    if other:
        raise StagingError(
            f"{target}: exists already and is another ({len(other)} files differ, such as {other[0]}); "
            "a release is never overwritten: name another folder with --out, or remove it"
        )


def released(state: Staged, target: Path) -> Released:
    """Make it visible, all at once, unless the same release stands there.

    Raises:
        StagingError: when something else stands there.
    """
    edition, sums = state.built.edition, manifest.sums(state.folder)
    differing = sorted(name for name, digest in state.built.published.items() if sums.get(name) != digest)
    is_new = not os.path.lexists(target)
    if is_new:
        publish(state.folder, target)
    else:
        _refuse_other(sums, target)
    return Released(target, edition.version, is_new, tuple(differing))


def publication(ready: Built, target: Path, tables: Path | None = None) -> Released:
    """The steps that write: stage the release, and make it visible when all of it is there.

    Raises:
        StagingError: when the target is another release, is being written, or the disk takes no more.
    """
    with staging(target) as folder:
        done = staged(ready, folder)
        if tables is None:
            return released(done, target)
        with staging(tables) as fresh:
            copy_tables(folder, fresh)
            with replacing(fresh, tables):
                return released(done, target)


def release(records: Records, version: str, target: Path, tables: Path | None = None) -> Released:
    """All steps, one after the other; ``tables`` is the folder of the last release, to be replaced by this one.

    Raises:
        ReleaseRefused: when anything speaks against releasing.
        StagingError: when the target is another release, is being written, or the disk takes no more.
    """
    return publication(built(checked(records, version)), target, tables)
