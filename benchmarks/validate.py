"""How long `communique validate` takes as a whole process, and how that grows with the number of events.

The records are multiplied in a temporary folder: every copy has event ids of its own and shares sources, actors
and fingerprints with the original. The yardstick, in the same run, is a process that only imports
``pandera.pandas``.

    python benchmarks/validate.py 2000 20000
"""

import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATASET = Path(__file__).parents[1] / "dataset"
REPEATS = 5


def multiply(target: Path, events: int) -> int:
    """Write a copy of the dataset that holds at least so many events; returns how many."""
    shutil.copytree(DATASET, target, ignore=shutil.ignore_patterns("tables", "records"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (DATASET / "records").rglob("*.toml")}
    names = re.compile(r'(?<=["/])[a-z0-9-]+(?=["/])')
    copies = -(-events // len(texts))
    for copy in range(copies):
        suffix = f"-copy{copy}" if copy else ""
        folder = target / "records" / f"copy-{copy}"
        folder.mkdir(parents=True)
        for name, text in texts.items():
            own = names.sub(lambda match, suffix=suffix: match[0] + (suffix if match[0] in texts else ""), text)
            (folder / f"{name}{suffix}.toml").write_text(own, encoding="utf-8")
    return copies * len(texts)


def seconds(command: list[str], repeats: int = REPEATS) -> float:
    """The median time of a whole process, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_megabytes() -> float:
    """The largest resident size of any child process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Print a table of times, ratios and peak memory."""
    validate = [sys.executable, "-m", "communique_tools", "validate"]
    yardstick = seconds([sys.executable, "-W", "ignore", "-c", "import pandera.pandas"])
    own = seconds([*validate, str(DATASET)])
    events = len(list((DATASET / "records").rglob("*.toml")))
    print("| what | seconds | × import pandera.pandas | ms per event | peak MB |")
    print("|---|---|---|---|---|")
    print(f"| import pandera.pandas | {yardstick:.2f} | 1 | | |")
    print(f"| the dataset, {events} events | {own:.2f} | {own / yardstick:.2f} | {1000 * own / events:.2f} | |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "dataset"
            number = multiply(target, size)
            spent = seconds([*validate, str(target), "--limit", "0"], repeats=3)
            ratio = spent / yardstick
            figures = f"{spent:.1f} | {ratio:.1f} | {1000 * spent / number:.2f} | {peak_megabytes():.0f}"
            print(f"| {number} events | {figures} |")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2000, 20000])
