"""The check of a whole dataset, and each rule on the row that breaks it."""

import copy
from typing import Any

import pytest

from communique.check import check
from communique.dataset import Dataset
from communique.derive import derive
from communique.rules import RULES

Rows = dict[str, list[dict[str, Any]]]


def test_the_dataset_is_clean(dataset: Dataset) -> None:
    assert [finding for finding in check(dataset).findings if finding.severity == "error"] == []


def test_every_rule_has_a_sentence() -> None:
    assert all(rule.sentence.endswith(".") for rule in RULES.values())


@pytest.fixture
def rows(truth: Rows) -> Rows:
    return derive(copy.deepcopy(truth))


def _one(rows: Rows, table: str, column: str, wanted: Any) -> dict[str, Any]:
    return next(row for row in rows[table] if row[column] == wanted)


def _broken(rows: Rows, code: str) -> set[str]:
    return {key for _, key, _ in RULES[code].failures(rows)}


def _drop(rows: Rows, table: str, column: str, value: Any) -> None:
    rows[table] = [row for row in rows[table] if row[column] != value]


def test_s201_an_event_without_steps(rows: Rows) -> None:
    _drop(rows, "status_steps", "event_id", "cjk-som-2023")
    assert _broken(rows, "S201") == {"cjk-som-2023"}


def test_s202_a_step_after_the_end(rows: Rows) -> None:
    step = _one(rows, "status_steps", "step_id", "cjk-som-2023/occurred")
    rows["status_steps"].append({**step, "step_id": "cjk-som-2023/lapsed", "status": "lapsed", "date_edtf": "2023-10"})
    assert _broken(rows, "S202") == {"cjk-som-2023/lapsed"}


def test_s204_postponed_without_a_plan(rows: Rows) -> None:
    _one(rows, "status_steps", "step_id", "cjk-som-2023/scheduled").update(status="postponed", planned_edtf=None)
    assert _broken(rows, "S204") == {"cjk-som-2023/scheduled"}


def test_s205_cancelled_by_nobody(rows: Rows) -> None:
    before = _broken(rows, "S205")
    _one(rows, "status_steps", "step_id", "cjk-som-2023/occurred").update(status="cancelled", by_id=None)
    assert _broken(rows, "S205") - before == {"cjk-som-2023/occurred"}


def test_s206_in_person_nowhere(rows: Rows) -> None:
    _one(rows, "status_steps", "step_id", "cjk-som-2023/occurred").update(mode="in_person", place_id=None)
    assert _broken(rows, "S206") == {"cjk-som-2023/occurred"}


def test_d101_a_date_that_is_none(rows: Rows) -> None:
    _one(rows, "status_steps", "step_id", "cjk-som-2023/occurred")["date_edtf"] = "26.9.2023"
    assert _broken(rows, "D101") == {"cjk-som-2023/occurred"}


def test_d102_published_after_it_was_read(rows: Rows) -> None:
    _one(rows, "sources", "source_id", "almayadeen-som-2023")["published_edtf"] = "2030"
    assert _broken(rows, "D102") == {"almayadeen-som-2023"}


def test_d103_reported_before_it_was(rows: Rows) -> None:
    cited = {e["span_id"] for e in rows["evidence"] if e["row_id"] == "cjk-som-2023/occurred"}
    source = next(s["source_id"] for s in rows["spans"] if s["span_id"] in cited)
    _one(rows, "sources", "source_id", source)["published_edtf"] = "2023-09-01"
    assert "cjk-som-2023/occurred" in _broken(rows, "D103")


def test_e401_a_row_without_evidence(rows: Rows) -> None:
    _drop(rows, "evidence", "row_id", "cjk-som-2023/occurred")
    assert _broken(rows, "E401") == {"cjk-som-2023/occurred"}


def test_e402_evidence_of_nothing(rows: Rows) -> None:
    _drop(rows, "status_steps", "step_id", "cjk-som-2023/occurred")
    assert _broken(rows, "E402") == {"status_steps cjk-som-2023/occurred"}


def test_e403_an_origin_with_an_origin(rows: Rows) -> None:
    first = _one(rows, "sources", "source_id", "almayadeen-som-2023")["origin_id"]
    _one(rows, "sources", "source_id", first)["origin_id"] = "almayadeen-som-2023"
    _one(rows, "sources", "source_id", "almayadeen-som-2023")["origin_id"] = first
    assert "almayadeen-som-2023" in _broken(rows, "E403")


def test_e404_an_anonymous_voice_without_description(rows: Rows) -> None:
    voice = next(row for row in rows["statements"] if row["attribution"] == "anonymous" and row["description"])
    voice["description"] = None
    assert _broken(rows, "E404") == {voice["statement_id"]}


def test_p301_a_meeting_of_one(rows: Rows) -> None:
    for row in rows["participants"]:
        if row["event_id"] == "cjk-som-2023":
            row["party_id"] = "kor"
    assert _broken(rows, "P301") == {"cjk-som-2023"}


def test_p302_a_person_for_nobody(rows: Rows) -> None:
    row = _one(rows, "participants", "person_id", "nong-rong")
    row["party_id"] = None
    assert _broken(rows, "P302") == {row["participant_id"]}


def test_p303_a_participation_of_nobody(rows: Rows) -> None:
    row = rows["participants"][0]
    row.update(person_id=None, party_id=None, office_id=None)
    assert _broken(rows, "P303") == {row["participant_id"]}


def test_r501_an_event_related_to_itself(rows: Rows) -> None:
    row = rows["relations"][0]
    row["to_event_id"] = row["from_event_id"]
    assert _broken(rows, "R501") == {row["relation_id"]}


def test_r502_a_circle(rows: Rows) -> None:
    row = next(row for row in rows["relations"] if row["relation"] == "prepares")
    back = {
        **row,
        "from_event_id": row["to_event_id"],
        "to_event_id": row["from_event_id"],
        "relation_id": "x/back",
    }
    rows["relations"].append(back)
    assert {row["relation_id"], "x/back"} <= _broken(rows, "R502")


def test_r503_an_unexplained_inference(rows: Rows) -> None:
    row = rows["relations"][0]
    row.update(basis="inferred", note=None)
    assert _broken(rows, "R503") == {row["relation_id"]}
