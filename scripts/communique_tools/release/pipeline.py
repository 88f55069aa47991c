"""The steps of a release: Records → Checked → Built → Staged → Released.

Each step is a function from one state to the next, so that no step can be left out or taken early: there is
nothing to publish that was not staged, nothing to stage that was not built, nothing to build that was refused.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from communique.check import check
from communique.dataset import Dataset
from communique.loading import read_manifest, read_tables
from communique.version import __version__
from communique_tools.release import (
    citation,
    codebook,
    csv,
    datapackage,
    flat,
    jsonl,
    manifest,
    notes,
    parquet,
    sqlite,
)
from communique_tools.release.refusals import Candidate, Published, refusals, section
from communique_tools.release.staging import publish, staging

Writer = Callable[[Dataset, Path, str], list[Path]]

WRITERS: tuple[Writer, ...] = (
    parquet.write,
    csv.write,
    jsonl.write,
    sqlite.write,
    flat.write,
    datapackage.write,
    citation.write,
)
"""One writer per format. Codebook and notes need more than the dataset; the manifest comes last."""


class ReleaseRefused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The release was refused, for these reasons."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Records:
    """The dataset as the records state it, with what else a release is made from."""

    dataset: Dataset
    changelog: str = ""
    decision_rules: str = ""
    license_file: Path | None = None
    previous: Published | None = None


@dataclass(frozen=True)
class Checked:
    """Records that nothing speaks against releasing under this version."""

    records: Records
    candidate: Candidate


@dataclass(frozen=True)
class Built:
    """What the writers are to write: every format of it, ready to be called on a folder."""

    checked: Checked
    writers: tuple[Writer, ...]


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


def published(folder: Path) -> Published | None:
    """The last release, as committed; None before the first.

    Raises:
        FileNotFoundError, ValueError: when it is not whole.
    """
    found = read_manifest(folder)
    if found is None:
        return None
    return Published(found["version"], found["schema_version"], read_tables(folder))


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
    )
    reasons = refusals(candidate)
    if reasons:
        raise ReleaseRefused(reasons)
    return Checked(records, candidate)


def built(state: Checked) -> Built:
    """Decide what is to be written."""
    candidate, records = state.candidate, state.records

    def write_codebook(dataset: Dataset, folder: Path, version: str) -> list[Path]:
        return codebook.write(dataset, folder, version, records.decision_rules)

    def write_notes(dataset: Dataset, folder: Path, version: str) -> list[Path]:
        return notes.write(
            dataset,
            folder,
            version,
            changelog=section(candidate.changelog, version) or "",
            report=candidate.report,
            changes=candidate.changes(),
            previous=candidate.previous.version if candidate.previous else None,
            is_rebuild=candidate.is_rebuild,
        )

    return Built(state, (*WRITERS, write_codebook, write_notes))


def staged(state: Built, folder: Path) -> Staged:
    """Write every format into a folder that nobody sees yet, and then what tells that it is whole."""
    records, version = state.checked.records, state.checked.candidate.version
    for write in state.writers:
        write(records.dataset, folder, version)
    if records.license_file is not None:
        shutil.copyfile(records.license_file, folder / "LICENSE")
    manifest.write(records.dataset, folder, version)
    manifest.write_sums(folder)
    return Staged(state, folder)


def released(state: Staged, target: Path) -> Released:
    """Make it visible, all at once."""
    publish(state.folder, target)
    return Released(target, state.built.checked.candidate.version)


def release(records: Records, version: str, target: Path) -> Released:
    """All steps, one after the other.

    Raises:
        ReleaseRefused: when anything speaks against releasing.
        StagingError: when the target exists or another release to it is running.
    """
    ready = built(checked(records, version))
    with staging(target) as folder:
        return released(staged(ready, folder), target)
