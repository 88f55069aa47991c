"""Each rule of ``as_of`` on a small dataset.

A plan of 1 January, put off on 1 February, held on 1 March; pages of those days and one without a day.
"""

import datetime
from typing import Any

import pytest

from communique.asof import as_of, first_public_days
from communique.check import check
from communique.dataset import Dataset

Day = datetime.date
Row = dict[str, Any]
Rows = dict[str, list[Row]]
ONE_DAY = datetime.timedelta(days=1)
PAGES = {"jan": "2020-01-01", "feb": "2020-02", "mar": "[2020-03-01..2020-03-02]", "undated": None}
JAN, FEB, MAR, LATE = (datetime.date(2020, *day) for day in ((1, 1), (2, 29), (3, 2), (12, 1)))


def _source(name: str, published: str | None, **given: Any) -> Row:
    return {
        "source_id": name,
        "publisher_id": "paper",
        "published_edtf": published,
        "lang": "en",
        "source_kind": "news_report",
        "origin_id": name,
        "retrieved_on": LATE,
        "extent": "whole",
        **given,
    }


def _step(slug: str, status: str, date: str, **given: Any) -> Row:
    return {"step_id": f"talks-2020/{slug}", "event_id": "talks-2020", "status": status, "date_edtf": date, **given}


def _said(slug: str, **given: Any) -> Row:
    event_id = given.pop("event_id", "talks-2020")
    return {
        "statement_id": f"{event_id}/{slug}",
        "event_id": event_id,
        "act": "inform",
        "voice": "v",
        "gist": slug,
        **given,
    }


def _span(page: str) -> str:
    return f"{page}-{str(list(PAGES).index(page)) * 12}"


def _cite(table: str, row: str, page: str, column: str | None = None, **given: Any) -> Row:
    cited = {
        "table_name": table,
        "row_id": row,
        "column_name": column,
        "span_id": _span(page),
        "stance": "supports",
    }
    return {**cited, **given}


@pytest.fixture
def small() -> Rows:
    actors = [{"actor_id": name, "actor_kind": "state", "name": name} for name in ("aaa", "bbb")]
    actors += [{"actor_id": "paper", "actor_kind": "publisher", "name": "paper", "publisher_kind": "newspaper"}]
    actors += [{"actor_id": "ann", "actor_kind": "person", "name": "Ann", "end_edtf": "2020-06"}]
    parties = [
        {
            "participant_id": f"{event}/{key}-participant",
            "event_id": event,
            "key": key,
            "role": "participant",
            "attendance": "expected",
        }
        for event in ("talks-2020", "ball-2020")
        for key in ("aaa", "bbb")
    ]
    return {
        "events": [
            {"event_id": "talks-2020", "event_type": "meeting.working", "title": "Talks", "note": "Put off once."},
            {"event_id": "ball-2020", "event_type": "ceremony", "title": "Ball"},
        ],
        "status_steps": [
            _step("scheduled", "scheduled", "2020-01-01", planned_edtf="2020-02-15", place_id="x"),
            _step("postponed", "postponed", "2020-02-01", because_event_id="ball-2020"),
            _step("occurred", "occurred", "2020-03-01", place_id="y", mode="in_person"),
            {"step_id": "ball-2020/occurred", "event_id": "ball-2020", "status": "occurred", "date_edtf": "2020-01"},
        ],
        "participants": parties,
        "places": [{"place_id": name, "name": name, "place_kind": "city"} for name in "xy"],
        "actors": actors,
        "sources": [_source(name, date) for name, date in PAGES.items()],
        "spans": [
            {"span_id": _span(name), "source_id": name, "words": 9, "sha256": f"{index}" * 64}
            for index, name in enumerate(PAGES)
        ],
        "evidence": [
            _cite("status_steps", "talks-2020/scheduled", "jan"),
            _cite("status_steps", "talks-2020/postponed", "feb"),
            _cite("status_steps", "talks-2020/occurred", "mar"),
            _cite("status_steps", "ball-2020/occurred", "mar"),
            *(_cite("participants", row["participant_id"], "jan") for row in parties),
        ],
    }


def _event(dataset: Dataset, event_id: str = "talks-2020") -> Row:
    return next(row for row in dataset.rows()["events"] if row["event_id"] == event_id)


def _shown(small: Rows, day: Day, table: str) -> list[Row]:
    return as_of(Dataset.from_rows(small), day).rows()[table]


def test_the_small_dataset_is_clean(small: Rows) -> None:
    assert check(Dataset.from_rows(small)).errors == ()


def test_a_page_counts_from_its_last_possible_day(small: Rows) -> None:
    dataset = Dataset.from_rows(small)
    assert first_public_days(dataset) == [JAN, FEB, MAR, LATE]
    seen = [_event(as_of(dataset, day))["status"] for day in (JAN, FEB - ONE_DAY, FEB, MAR - ONE_DAY, MAR)]
    assert seen == ["scheduled", "scheduled", "postponed", "postponed", "occurred"]


def test_an_event_without_public_steps_goes_with_all_of_its_own(small: Rows) -> None:
    rows = as_of(Dataset.from_rows(small), FEB).rows()
    assert [row["event_id"] for row in rows["events"]] == ["talks-2020"]
    assert {row["event_id"] for row in rows["participants"]} == {"talks-2020"}


def test_references_to_what_is_not_public_are_null(small: Rows) -> None:
    small["statements"] = [_said("hope", about_event_id="ball-2020", about_statement_id="ball-2020/speech")]
    small["statements"] += [_said("speech", event_id="ball-2020")]
    small["evidence"] += [_cite("statements", "talks-2020/hope", "jan"), _cite("statements", "ball-2020/speech", "mar")]
    hope = _shown(small, FEB, "statements")
    assert [(row["about_event_id"], row["about_statement_id"]) for row in hope] == [(None, None)]
    steps = _shown(small, FEB, "status_steps")
    assert [row["because_event_id"] for row in steps] == [None, None]


def test_a_relation_waits_for_both_ends(small: Rows) -> None:
    relation = {"from_event_id": "talks-2020", "relation": "after", "to_event_id": "ball-2020", "basis": "stated"}
    small["relations"] = [{"relation_id": "talks-2020/after-ball-2020", **relation}]
    small["evidence"] += [_cite("relations", "talks-2020/after-ball-2020", "jan")]
    assert [len(_shown(small, day, "relations")) for day in (FEB, MAR)] == [0, 1]


def test_an_inferred_relation_needs_no_words_but_both_endings(small: Rows) -> None:
    relation = {"from_event_id": "talks-2020", "relation": "after", "to_event_id": "ball-2020", "basis": "inferred"}
    small["relations"] = [{"relation_id": "talks-2020/after-ball-2020", "note": "Held later.", **relation}]
    small["evidence"][3] = _cite("status_steps", "ball-2020/occurred", "jan")
    assert [len(_shown(small, day, "relations")) for day in (FEB, MAR)] == [0, 1]


def test_a_column_with_evidence_of_its_own_waits_for_it(small: Rows) -> None:
    small["evidence"] += [_cite("status_steps", "talks-2020/scheduled", "feb", "planned_edtf")]
    plans = {day: _shown(small, day, "status_steps")[0] for day in (JAN, FEB)}
    assert plans[JAN]["planned_edtf"] is plans[JAN]["planned_end_on"] is None
    assert _shown(small, FEB, "status_steps")[1]["planned_edtf"] == "2020-02-15"


def test_a_row_waits_for_a_column_that_cannot_be_null(small: Rows) -> None:
    small["evidence"] += [_cite("status_steps", "talks-2020/occurred", "undated", "date_edtf")]
    dataset = Dataset.from_rows(small)
    assert _event(as_of(dataset, MAR))["status"] == "postponed"
    assert _event(as_of(dataset, LATE))["status"] == "occurred"
    assert dataset.rows()["status_steps"][1]["public_on"] == LATE


def test_a_contradiction_hides_nothing_but_is_itself_hidden(small: Rows) -> None:
    against = _cite("status_steps", "talks-2020/scheduled", "mar", "place_id", stance="contradicts", contradicting="y")
    small["evidence"] += [against]
    small["status_steps"][0]["dispute_note"] = "A later page has it in Y."
    rows = as_of(Dataset.from_rows(small), JAN).rows()
    assert (rows["status_steps"][0]["place_id"], rows["status_steps"][0]["dispute_note"]) == ("x", None)
    assert all(item["stance"] == "supports" for item in rows["evidence"])
    assert _event(as_of(Dataset.from_rows(small), JAN))["confidence"] == "single_origin"


def test_a_note_waits_for_the_whole_event(small: Rows) -> None:
    assert [_shown(small, day, "events")[-1]["note"] for day in (FEB, MAR)] == [None, "Put off once."]


def test_a_name_waits_while_pages_keep_it(small: Rows) -> None:
    small["statements"] = [_said("denial")]
    small["statement_actors"] = [{"statement_id": "talks-2020/denial", "actor_id": "ann", "speech_role": "speaker"}]
    small["evidence"] += [_cite("statements", "talks-2020/denial", "jan", attribution="anonymous")]
    small["evidence"] += [_cite("statements", "talks-2020/denial", "mar", attribution="on_record")]
    assert [len(_shown(small, day, "statement_actors")) for day in (FEB, MAR)] == [0, 1]


def test_a_meeting_of_one_waits_for_the_other(small: Rows) -> None:
    small["evidence"] = [item for item in small["evidence"] if item["row_id"] != "talks-2020/bbb-participant"]
    small["evidence"] += [_cite("participants", "talks-2020/bbb-participant", "undated")]
    dataset = Dataset.from_rows(small)
    assert [_event(as_of(dataset, day))["status"] for day in (MAR, LATE)] == ["postponed", "occurred"]
    assert check(as_of(dataset, MAR)).errors == ()


def test_a_postponement_waits_for_the_plan(small: Rows) -> None:
    small["evidence"][0] = _cite("status_steps", "talks-2020/scheduled", "mar")
    assert _shown(small, FEB, "events") == []


def test_a_silent_lapse_is_public_when_its_window_ends(small: Rows) -> None:
    small["status_steps"][2] = _step("lapsed", "lapsed", "2020-06")
    small["evidence"] = [item for item in small["evidence"] if item["row_id"] != "talks-2020/occurred"]
    dataset = Dataset.from_rows(small)
    assert [_event(as_of(dataset, f"2020-06-{day}"))["status"] for day in (29, 30)] == ["postponed", "lapsed"]


def test_the_origin_of_a_public_page_stays(small: Rows) -> None:
    small["sources"][0]["origin_id"] = "wire"
    small["sources"] += [_source("wire", "2020-01-02", extent="unseen")]
    shown = as_of(Dataset.from_rows(small), JAN)
    assert set(shown.sources["source_id"]) == {"jan", "wire"}
    assert set(shown.spans["span_id"]) == {_span("jan")}


def test_ends_after_the_day_are_cut(small: Rows) -> None:
    small["memberships"] = [{"member_id": "aaa", "group_id": "bbb", "start_edtf": "2019", "end_edtf": "2020-03-02"}]
    small["memberships"] += [{"member_id": "bbb", "group_id": "aaa", "start_edtf": "2020-03"}]
    ann = {row["actor_id"]: row["end_edtf"] for row in _shown(small, FEB, "actors")}["ann"]
    assert ann is None
    assert [row["end_edtf"] for row in _shown(small, FEB, "memberships")] == [None]
    assert [row["end_edtf"] for row in _shown(small, MAR, "memberships")] == ["2020-03-02"]
    assert len(_shown(small, LATE, "memberships")) == 2


def test_a_tenure_is_there_when_it_had_begun_and_a_page_or_a_participation_shows_it(small: Rows) -> None:
    small["offices"] = [
        {"office_id": name, "title": name, "body_id": "aaa", "level": level}
        for name, level in (("deputy", "vice_minister"), ("chief", "minister"))
    ]
    small["tenures"] = [
        {
            "tenure_id": f"ann-{name}",
            "person_id": "ann",
            "office_id": name,
            "start_edtf": start,
            "tenure_kind": "substantive",
        }
        for name, start in (("deputy", "[..2020-02-01]"), ("chief", "2020-03"))
    ]
    guest = {"participant_id": "talks-2020/ann-guest-expected", "event_id": "talks-2020", "key": "ann", "role": "guest"}
    small["participants"] += [{**guest, "attendance": "expected", "office_id": "deputy"}]
    small["evidence"] += [
        _cite("participants", "talks-2020/ann-guest-expected", "jan"),
        _cite("tenures", "ann-chief", "jan"),
        _cite("tenures", "ann-deputy", "feb"),
    ]
    seen = {
        day: [row["start_edtf"] for row in _shown(small, day, "tenures")]
        for day in (JAN, FEB, datetime.date(2020, 3, 31))
    }
    assert list(seen.values()) == [["[..2020-01-01]"], ["[..2020-02-01]"], ["2020-03", "[..2020-02-01]"]]


def test_the_dates_of_a_tenure_wait_for_their_own_pages(small: Rows) -> None:
    small["offices"] = [{"office_id": "chief", "title": "Chief", "body_id": "aaa", "level": "minister"}]
    tenure = {"tenure_id": "ann-chief", "person_id": "ann", "office_id": "chief", "tenure_kind": "substantive"}
    small["tenures"] = [{**tenure, "start_edtf": "2019-12-01", "end_edtf": "2020-01-02"}]
    small["evidence"] += [
        _cite("tenures", "ann-chief", "jan"),
        {**_cite("tenures", "ann-chief", "feb"), "column_name": "start_edtf"},
        {**_cite("tenures", "ann-chief", "mar"), "column_name": "end_edtf"},
    ]
    seen = [[(row["start_edtf"], row["end_edtf"]) for row in _shown(small, day, "tenures")] for day in (JAN, FEB, MAR)]
    assert seen == [[("[..2020-01-01]", None)], [("2019-12-01", None)], [("2019-12-01", "2020-01-02")]]


def test_no_participant_holds_an_office_of_later(small: Rows) -> None:
    test_a_tenure_is_there_when_it_had_begun_and_a_page_or_a_participation_shows_it(small)
    small["participants"][-1]["office_id"] = "chief"
    for day, office in ((JAN, None), (FEB, "deputy")):
        held = {row["person_id"]: row["office_id"] for row in _shown(small, day, "participants")}
        assert held["ann"] == office


def test_method_tables_hold_what_was_there_by_then(small: Rows) -> None:
    scope = {"parties": "aaa bbb", "types": "meeting.working", "years": "2020", "completeness": "census"}
    small["coverage"] = [{"scope_id": "all", "searched_on": MAR, **scope}]
    candidates = (("one", "all"), ("two", None))
    small["exclusions"] = [
        {"exclusion_id": name, "scope_id": scope_id, "description": "A ball.", "reason": "No."}
        for name, scope_id in candidates
    ]
    retired = {"old_id": "talk", "retired_state": "merged", "into_id": "talks-2020", "reason": "One."}
    small["retired_ids"] = [{**retired, "release_id": "2020.3.0"}]
    small["codings"] = [
        {
            "unit_id": "talks-2020",
            "coder": "a",
            "field": "status",
            "coded": "occurred",
            "is_blind": True,
            "coding_round": 1,
        }
    ]
    dataset = Dataset.from_rows(small)
    tables = ("coverage", "exclusions", "retired_ids", "codings")
    counts = {day: [len(as_of(dataset, day)[table]) for table in tables] for day in (FEB, MAR, LATE)}
    assert counts == {FEB: [0, 0, 0, 0], MAR: [1, 1, 0, 0], LATE: [1, 2, 1, 0]}
