"""A dataset of one meeting, small enough to read and complete enough to release."""

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from communique.dataset import Dataset
from communique.vocabulary import all_terms
from communique_tools.release.pipeline import Records, release

Rows = dict[str, list[dict[str, Any]]]
DAY = datetime.date(2024, 5, 28)
VERSION = "2026.11.0"
CHANGELOG = f"# Changelog\n\n## {VERSION}\n\nBriefly: the first release.\n\n## 2026.12.0\n\nBriefly: more.\n"


def small_rows() -> Rows:
    """Typed rows: derived columns are left to the build."""
    event = "chn-jpn-working-2024"
    steps = [
        {"step_id": f"{event}/scheduled", "status": "scheduled", "date_edtf": "2024-05-20", "planned_edtf": "2024-05"},
        {"step_id": f"{event}/occurred", "status": "occurred", "date_edtf": "2024-05-27", "place_id": "seoul"},
    ]
    participants = [
        {"participant_id": f"{event}/{party}-participant", "party_id": party, "role": "participant"}
        for party in ("chn", "jpn")
    ]
    remark = {"statement_id": f"{event}/hope", "act": "expect", "voice": "page", "gist": "=Talks may go on."}
    cited = {
        "status_steps": [row["step_id"] for row in steps],
        "participants": [row["participant_id"] for row in participants],
        "statements": [remark["statement_id"]],
    }
    span = {"span_id": "wire-2024-aaaaaaaaaaaa", "source_id": "wire-2024", "words": 12, "sha256": "a" * 64}
    return {
        "events": [{"event_id": event, "event_type": "meeting.working", "title": "China–Japan working talks"}],
        "status_steps": [{"event_id": event, "mode": "in_person", **row} for row in steps],
        "participants": [{"event_id": event, **row} for row in participants],
        "statements": [{"event_id": event, **remark}],
        "event_topics": [{"event_id": event, "topic": "trade"}],
        "actors": [
            *({"actor_id": key, "actor_kind": "state", "name": key.upper()} for key in ("chn", "jpn", "kor")),
            {"actor_id": "wire", "actor_kind": "publisher", "name": "Wire", "publisher_kind": "wire"},
        ],
        "places": [
            {"place_id": "seoul", "name": "Seoul", "place_kind": "city", "country_id": "kor", "lat": 37.5, "lon": -0.5}
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


@pytest.fixture
def rows() -> Rows:
    return small_rows()


@pytest.fixture(scope="session")
def small() -> Dataset:
    return Dataset.from_rows(small_rows())


@pytest.fixture(scope="session")
def records(small: Dataset) -> Records:
    return Records(small, CHANGELOG, "# Decision rules\n\nOne plan, one event.\n")


@pytest.fixture(scope="session")
def released(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that no test may touch."""
    return release(records, VERSION, tmp_path_factory.mktemp("released") / "release").folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """A copy of the release, to be tampered with."""
    return Path(shutil.copytree(released, tmp_path / "release"))
