"""Figures: whatever they are counted by, they count the same events."""

import pytest

from communique.dataset import Dataset
from communique.figures import DIMENSIONS, Dimension, figures, figures_of, official_sources
from communique.frames import Row

COUNTS = [
    "n_events",
    "n_two_origins",
    "n_official",
    "n_meetings_held",
    "n_foreseen",
    "n_sought_in_vain",
    "n_statements",
]


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_dimension_adds_up_to_all(dataset: Dataset, by: Dimension) -> None:
    [total] = figures(dataset)[COUNTS].to_dict("records")
    assert figures(dataset, by)[COUNTS].sum().to_dict() == total


def test_all_is_what_the_tables_hold(dataset: Dataset) -> None:
    [total] = figures(dataset).to_dict("records")
    assert total["n_events"] == len(dataset.events)
    assert total["n_statements"] == len(dataset.statements)
    assert total["n_two_origins"] == int((dataset.events["n_origins"] > 1).sum())
    assert total["n_foreseen"] <= total["n_meetings_held"] <= total["n_events"]


def test_an_announcement_sought_in_vain_counts_until_one_is_found(dataset: Dataset) -> None:
    rows = dataset.rows()
    planned = {row["event_id"] for row in rows["status_steps"] if row["status"] != "occurred"}
    held = [row for row in rows["events"] if row["status"] == "occurred" and row["event_type"] == "meeting.summit"]
    foreseen = next(row["event_id"] for row in held if row["event_id"] in planned)
    sudden = next(row["event_id"] for row in held if row["event_id"] not in planned)
    texts = {"scope_id": None, "description": "An announcement.", "reason": "None found."}
    rows["exclusions"] = [{"exclusion_id": name, "event_id": name, **texts} for name in (foreseen, sudden)]
    [total] = figures_of(rows).to_dict("records")
    assert total["n_sought_in_vain"] == 1


def test_a_scope_is_what_the_caller_says(dataset: Dataset) -> None:
    counted = figures(dataset, "scope", {"cjk-som-2023": "seed"}).set_index("value")["n_events"]
    assert counted.to_dict() == {"seed": 1, "-": len(dataset.events) - 1}


def test_official_are_the_texts_of_governments_and_their_copies_not_reports_of_them() -> None:
    def page(name: str, publisher: str, kind: str, credited: str | None = None, origin: str | None = None) -> Row:
        ids = {"source_id": name, "publisher_id": publisher, "credits_id": credited, "origin_id": origin or name}
        return {**ids, "source_kind": kind}

    rows: dict[str, list[Row]] = {
        "actors": [
            {"actor_id": "ministry", "publisher_kind": "government"},
            {"actor_id": "paper", "publisher_kind": "newspaper"},
        ],
        "sources": [
            page("readout", "ministry", "readout"),
            page("news", "ministry", "news_report"),
            page("copy", "paper", "news_report", origin="readout"),
            page("carried", "paper", "press_conference", credited="ministry"),
            page("retold", "paper", "news_report", credited="ministry"),
            page("story", "paper", "news_report"),
        ],
    }
    assert official_sources(rows) == {"readout", "news", "copy", "carried"}
