"""Do two builds of one tree give the same bytes, whatever the machine is set to?

    .venv/bin/python .ci/reproduce.py

Copies the tree to two places and releases the version that the changelog names first in both: under other
locales, time zones, umasks, hash seeds, threads, optimisation and working folders. Then it commits the tables in the
first copy and builds once more, as the next clone would. All three must be the same, file by file.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MAIN = (
    "import communique, sys; from communique_tools.cli import main; print(communique.__file__, file=sys.stderr); main()"
)


class Setting(NamedTuple):
    """What a machine may be set to."""

    folder: str
    below: str
    umask: int
    environment: dict[str, str]


def _locale() -> str:
    """A locale that sorts and folds unlike C, if this machine has one."""
    found = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.splitlines()
    return next((name for name in found if name.lower() in {"tr_tr.utf8", "tr_tr.utf-8"}), "C.UTF-8")


def _settings() -> tuple[Setting, Setting]:
    one = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"}
    other = {"LC_ALL": _locale(), "TZ": "America/Adak", "PYTHONHASHSEED": "4242", "PYTHONOPTIMIZE": "1"}
    return (
        Setting("one", ".", 0o022, {**one, "PYTHONCOERCECLOCALE": "0", "OMP_NUM_THREADS": "1"}),
        Setting("another/and deeper", "dataset/records", 0o077, {**other, "OMP_NUM_THREADS": "4"}),
    )


def _copy(target: Path, *, is_reversed: bool) -> None:
    """Copy what is, or is to be, committed; in the other order, so that folders list it otherwise."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in sorted((name for name in {*listed.split("\0")} if (ROOT / name).is_file()), reverse=is_reversed):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)


def _release(copy: Path, setting: Setting, version: str, out: Path, *options: str) -> None:
    path = os.pathsep.join(str(copy / part) for part in ("schema", "scripts"))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        **setting.environment,
    }
    result = subprocess.run(
        [sys.executable, "-c", MAIN, "release", version, "--out", str(out), *options],
        cwd=copy / setting.below,
        env=environment,
        umask=setting.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0 or str(copy) not in result.stderr:
        last = "\n".join([*result.stdout.splitlines()[:10], *result.stderr.splitlines()])
        sys.exit(f"release {version} in {setting.folder}: exit code {result.returncode}\n{last}")


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _differing(first: Path, second: Path) -> list[str]:
    one, other = _contents(first), _contents(second)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> None:
    """Build three times and compare."""
    version = re.search(r"^## (\d[\d.]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    if version is None:
        sys.exit("CHANGELOG.md announces no release")
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for setting in _settings():
            _copy(root / setting.folder, is_reversed=setting.umask == 0o077)
        one, other = _settings()
        outs = [root / name for name in ("out-1", "out-2", "out-3")]
        _release(root / one.folder, one, version[1], outs[0], "--commit-tables")
        _release(root / other.folder, other, version[1], outs[1])
        _release(root / one.folder, other, version[1], outs[2], "--commit-tables")
        for out in outs[1:]:
            differing = _differing(outs[0], out)
            if differing:
                sys.exit(f"{version[1]} is not reproducible; other bytes in: {', '.join(differing)}")
        print(f"{version[1]}: three builds, {len(_contents(outs[0]))} files, the same bytes")


if __name__ == "__main__":
    main()
