"""A release that is killed, finds the disk full, or meets another: what was there stays as it was."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique_tools.release.manifest import files
from communique_tools.release.verification import verify

VERSION = "2026.11.0"
Process = subprocess.Popen[str]
Start = Callable[..., Process]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def ended(process: Process) -> tuple[int, list[str], list[str]]:
    """Exit code and the lines of both outputs."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out.splitlines(), err.splitlines()


def wait_for(path: Path, process: Process) -> None:
    deadline = time.monotonic() + 60
    while not path.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    assert path.exists(), process.communicate()


@pytest.fixture
def standing(checkout: Path, released: Path) -> Path:
    """An older release that stands where the new one is to be published."""
    folder = checkout / "build" / "release" / "2026.10.0"
    folder.mkdir(parents=True)
    (folder / "codebook.md").write_bytes((released / "codebook.md").read_bytes())
    return folder


def test_a_release_killed_in_the_middle_is_not_there_and_the_next_one_clears_up(
    start: Start, checkout: Path, standing: Path
) -> None:
    before = contents(checkout)
    killed = start("release", VERSION, "--commit-tables")
    wait_for(standing.with_name(f"{VERSION}.partial") / "csv", killed)
    killed.kill()
    assert ended(killed)[0] == -9
    assert not (checkout / "dataset" / "tables").exists()
    assert contents(standing) == {"codebook.md": before["build/release/2026.10.0/codebook.md"]}
    left = sorted(path.name for path in standing.parent.iterdir())
    assert left == ["2026.10.0", f"{VERSION}.lock", f"{VERSION}.partial"]

    assert ended(start("release", VERSION, "--commit-tables")) == (0, [f"{VERSION} is in build/release/{VERSION}"], [])
    assert sorted(path.name for path in standing.parent.iterdir()) == ["2026.10.0", VERSION]
    assert verify(standing.with_name(VERSION)) == ()


def test_a_file_that_finds_no_room_is_one_line_and_leaves_nothing(start: Start, checkout: Path, standing: Path) -> None:
    before = contents(checkout)
    blocks = {"at-the-first-table": 2, "at-the-database": 200}
    together = {name: start("release", VERSION, "--out", f"build/{name}", most=most) for name, most in blocks.items()}
    for name, process in together.items():
        code, out, err = ended(process)
        assert (code, out) == (2, [])
        [line] = err
        assert line.startswith(f"Error: build/{name}: cannot be written: ")
    assert contents(checkout) == before
    assert [path.name for path in standing.parent.parent.iterdir()] == ["release"]


def test_two_releases_started_together_publish_one_whole_release(start: Start, checkout: Path) -> None:
    together = [start("release", VERSION, "--commit-tables") for _ in range(2)]
    answers = sorted(ended(process) for process in together)
    assert answers[0] == (0, [f"{VERSION} is in build/release/{VERSION}"], [])
    code, _, lines = answers[1]
    assert (code, len(lines)) in {(2, 1), (0, 0)}  # it is told to wait, or finds the very same release there already
    assert verify(checkout / "build" / "release" / VERSION) == ()
    assert [path.name for path in (checkout / "build" / "release").iterdir()] == [VERSION]
    committed = checkout / "dataset" / "tables" / "manifest.json"
    assert committed.read_bytes() == (checkout / "build" / "release" / VERSION / "manifest.json").read_bytes()
