"""A dataset of one meeting, small enough to read and complete enough to release, and a checkout that states it."""

import csv
import datetime
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.dataset import Dataset
from communique.report import Report
from communique.schemas import table_schema
from communique.vocabulary import all_terms
from communique_tools.cli import communique
from communique_tools.release.edition import DRAFT, Edition
from communique_tools.release.parquet import write_tables
from communique_tools.release.pipeline import Built, Records, built, checked, publication
from communique_tools.release.published import Published
from communique_tools.release.refusals import Candidate

ROOT = Path(__file__).parents[2]
Rows = dict[str, list[dict[str, Any]]]
Process = subprocess.Popen[str]
DAY = datetime.date(2024, 5, 28)
VERSION = "2026.11.0"
NEXT = "2026.12.0"
CHANGELOG = f"# Changelog\n\n## {VERSION}\n\nBriefly: the first release.\n\n## {NEXT}\n\nBriefly: more.\n"
CITATION = 'cff-version: 1.2.0\ntitle: "communique"\n'
EVENT = "chn-jpn-working-2024"
REAL = {"place_id": "lima", "mode": "in_person"}
RECORD = Path(__file__).parent / "fixtures" / f"{EVENT}.toml"
"""The same meeting as a record."""


def small_rows() -> Rows:
    """Typed rows: derived columns are left to the build."""
    steps = [
        {"step_id": f"{EVENT}/scheduled", "status": "scheduled", "date_edtf": "2024-05-20", "planned_edtf": "2024-05"},
        {"step_id": f"{EVENT}/occurred", "status": "occurred", "date_edtf": "2024-05-27", **REAL},
    ]
    participants = [
        {"participant_id": f"{EVENT}/{party}-participant", "party_id": party, "role": "participant"}
        for party in ("chn", "jpn")
    ]
    remark = {"statement_id": f"{EVENT}/hope", "act": "expect", "certainty": "possible"}
    remark |= {"voice": "page", "gist": "=Talks may go on."}
    cited = {
        "status_steps": [row["step_id"] for row in steps],
        "participants": [row["participant_id"] for row in participants],
        "statements": [remark["statement_id"]],
    }
    span = {"span_id": "wire-2024-aaaaaaaaaaaa", "source_id": "wire-2024", "words": 12, "sha256": "a" * 64}
    return {
        "events": [{"event_id": EVENT, "event_type": "meeting.working", "title": "China–Japan working talks"}],
        "status_steps": [{"event_id": EVENT, **row} for row in steps],
        "participants": [{"event_id": EVENT, **row} for row in participants],
        "statements": [{"event_id": EVENT, **remark}],
        "event_topics": [{"event_id": EVENT, "topic": "trade"}],
        "actors": [
            *({"actor_id": key, "actor_kind": "state", "name": key.upper()} for key in ("chn", "jpn", "per")),
            {"actor_id": "wire", "actor_kind": "publisher", "name": "Wire", "publisher_kind": "wire"},
        ],
        "places": [
            {
                "place_id": "lima",
                "name": "Lima",
                "place_kind": "city",
                "country_id": "per",
                "lat": -12.05,
                "lon": -77.04,
            }
        ],
        "sources": [
            {
                "source_id": "wire-2024",
                "publisher_id": "wire",
                "published_edtf": DAY.isoformat(),
                "lang": "en",
                "source_kind": "news_report",
                "origin_id": "wire-2024",
                "retrieved_on": DAY,
                "extent": "whole",
            }
        ],
        "spans": [span],
        "evidence": [
            {"table_name": table, "row_id": key, "span_id": span["span_id"], "stance": "supports"}
            for table, keys in cited.items()
            for key in keys
        ],
        "terms": [term._asdict() for term in all_terms() if term.vocabulary == "status"],
    }


def write_flat(path: Path, table: str, rows: list[dict[str, Any]]) -> None:
    """A flat table as people type it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = [column.name for column in table_schema(table).columns if not column.is_derived]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def rows() -> Rows:
    return small_rows()


@pytest.fixture(scope="session")
def small() -> Dataset:
    return Dataset.from_rows(small_rows())


@pytest.fixture(scope="session")
def edition(ready: Built) -> Edition:
    """All that the release says."""
    return ready.edition


@pytest.fixture(scope="session")
def records(small: Dataset) -> Records:
    return Records(small, CHANGELOG, ("# Decision rules\n\nOne plan, one event.\n",), CITATION, "CC BY 4.0\n")


@pytest.fixture(scope="session")
def ready(records: Records) -> Built:
    """Checked and built, not yet written."""
    return built(checked(records, VERSION))


@pytest.fixture(scope="session")
def released(ready: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that no test may touch."""
    return publication(ready, tmp_path_factory.mktemp("released") / "release").folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """A copy of the release, to be tampered with."""
    return Path(shutil.copytree(released, tmp_path / "release"))


@pytest.fixture
def candidate(edition: Edition) -> Candidate:
    """The same dataset once more: nothing speaks against it."""
    previous = Published(VERSION, "0.1.0", {name: content.table for name, content in edition.tables.items()})
    rows = {name: content.rows for name, content in edition.tables.items()}
    return Candidate(NEXT, "0.1.0", rows, Report(), CHANGELOG, previous)


@pytest.fixture
def tables(edition: Edition, tmp_path: Path) -> Path:
    """A folder of the same tables without a manifest."""
    write_tables(edition.tables, tmp_path / "tables", DRAFT)
    return tmp_path / "tables"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose records state the same meeting, with nothing released yet."""
    root = tmp_path / "checkout"
    dataset, typed = root / "dataset", small_rows()
    (dataset / "records" / "talks").mkdir(parents=True)
    shutil.copy(RECORD, dataset / "records" / "talks")
    for table in ("actors", "places"):
        write_flat(dataset / f"{table}.csv", table, typed[table])
    write_flat(dataset / "sources" / "sources.csv", "sources", typed["sources"])
    shutil.copytree(ROOT / "dataset" / "vocabulary", dataset / "vocabulary")
    shutil.copytree(ROOT / "dataset" / "codebook", dataset / "codebook")
    for name, text in {"CHANGELOG.md": CHANGELOG, "CITATION.cff": CITATION, "dataset/LICENSE": "CC BY 4.0\n"}.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


COMMAND = (sys.executable, "-c", "from communique_tools.cli import main; main()")


@pytest.fixture
def start(checkout: Path) -> Callable[..., Process]:
    """Start the command line in the checkout; it may write files of so many blocks of 512 bytes."""

    def start(*arguments: object, most: int | str = "unlimited") -> Process:
        return subprocess.Popen(
            ["sh", "-c", f'ulimit -f {most}; exec "$@"', "sh", *COMMAND, *map(str, arguments)],
            cwd=checkout,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.fixture
def published_version(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The version that a checkout has released with its tables; the test runs in that checkout."""
    monkeypatch.chdir(checkout)
    version = (checkout / "CHANGELOG.md").read_text(encoding="utf-8").split("## ")[1].split()[0]
    result = CliRunner().invoke(communique, ["release", version, "--commit-tables"])
    assert result.exit_code == 0, result.output
    return version
