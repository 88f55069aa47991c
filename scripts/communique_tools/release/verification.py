"""Is a release whole and right? Answered from its folder alone, which may have come from anywhere."""

from collections.abc import Iterator
from pathlib import Path

from communique.check import check
from communique.loading import OtherSchemaError, load
from communique.manifest import NAME, Manifest, is_file_name, is_regular, is_sha256, read_manifest, sha256
from communique_tools.release.manifest import SUMS, files

_LARGEST = 16 * 2**20
"""In bytes; the sums of a release are some kilobytes."""


class NoReleaseError(Exception):
    """A folder that is no release at all, or one that these schemas cannot judge."""


def _declared(path: Path) -> Iterator[tuple[str, str] | str]:
    """Name and sum of each line of ``SHA256SUMS``, or what is wrong with it."""
    seen = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if not is_sha256(digest) or not is_file_name(name):
            yield f"{SUMS}:{number}: {line!r:.80} is no sum and name of a file of the release"
        elif name in seen:
            yield f"{SUMS}:{number}: {name} is listed twice"
        else:
            yield name, digest
        seen.add(name)


def check_sums(folder: Path) -> Iterator[str]:
    """Files that differ from ``SHA256SUMS``, are missing, are not listed, or are no files of their own."""
    present = files(folder)
    links = [name for name in present if not is_regular(folder / name)]
    yield from (f"{name}: is no file of its own; a release holds no links" for name in links)
    sums = folder / SUMS
    if not is_regular(sums) or sums.stat().st_size > _LARGEST:
        yield f"{SUMS}: is missing or no text; expected the sums of every file"
        return
    try:
        lines = list(_declared(sums))
    except (OSError, UnicodeDecodeError):
        yield f"{SUMS}: is missing or no text; expected the sums of every file"
        return
    yield from (line for line in lines if isinstance(line, str))
    declared = dict(line for line in lines if not isinstance(line, str))
    readable = set(present) - {SUMS, *links}
    for name in sorted(readable | declared.keys()):
        if name not in present:
            yield f"{name}: is missing, but {SUMS} lists it"
        elif name not in declared:
            yield f"{name}: {SUMS} does not list it"
        elif name in readable and sha256(folder / name) != declared[name]:
            yield f"{name}: its bytes are not those that {SUMS} declares"


def check_manifest(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Files other than those that the manifest declares; the tables among them are looked at when they are loaded."""
    present = {name for name in files(folder) if name not in {NAME, SUMS}}
    for name in sorted(present | manifest.files.keys()):
        path, declared = folder / name, manifest.files.get(name)
        if declared is None:
            yield f"{name}: {NAME} does not list it"
        elif name not in present:
            yield f"{name}: is missing, but {NAME} lists it"
        elif is_regular(path) and (path.stat().st_size, sha256(path)) != (declared.bytes, declared.sha256):
            yield f"{name}: is not the file that {NAME} declares"


def check_data(folder: Path) -> Iterator[str]:
    """What is wrong with the tables: hashes, columns, keys, references, rules.

    Raises:
        NoReleaseError: when they were written by other schemas, which these cannot judge.
    """
    try:
        dataset = load(folder)
    except OtherSchemaError as error:
        raise NoReleaseError(f"{error}; every sum is right, but its rules cannot be checked here") from error
    except (FileNotFoundError, ValueError) as error:
        yield str(error)
        return
    for finding in check(dataset).errors:
        yield f"{finding.table} {finding.key}  {finding.code}  {finding.message}"


def verify(folder: Path) -> tuple[str, ...]:
    """Everything that is wrong with a release, the bytes first; nothing when it is as it was published.

    Raises:
        NoReleaseError: when the folder is no release, or one that these schemas cannot judge.
    """
    if not folder.is_dir() or not ({NAME, SUMS} & {path.name for path in folder.iterdir()}):
        what = "is no folder; unpack the release first" if folder.exists() else "no such folder"
        what = f"is no release: it holds neither {SUMS} nor {NAME}" if folder.is_dir() else what
        raise NoReleaseError(f"{folder}: {what}")
    reasons = [*check_sums(folder)]
    told = {reason.partition(":")[0] for reason in reasons}
    try:
        manifest = read_manifest(folder)
    except ValueError as error:
        return (*reasons, str(error))
    if manifest is None:
        return (*reasons, f"{NAME}: is missing; expected what the release declares of its files and tables")
    reasons += [reason for reason in check_manifest(folder, manifest) if reason.partition(":")[0] not in told]
    return tuple(reasons) or tuple(check_data(folder))
