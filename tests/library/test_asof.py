"""The laws of ``as_of`` on the real dataset, for every event and every day, and each rule on a small one."""

import copy
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from communique.asof import as_of, first_public_days, rows_as_of
from communique.check import check
from communique.dataset import Dataset
from communique.dates import bounds
from communique.derive import derive, step_order
from communique.schemas import table_schema

Day = datetime.date
Row = dict[str, Any]
Rows = dict[str, list[Row]]
KEYS = {
    "status_steps": "step_id",
    "participants": "participant_id",
    "statements": "statement_id",
    "relations": "relation_id",
    "outcomes": "outcome_id",
}
ONE_DAY = datetime.timedelta(days=1)
COLUMNS = ("status", "date_edtf", "start_on", "end_on", "place_id", "mode")


@dataclass(frozen=True)
class Cut:
    """What stood on a day: every key, and the rows that later days may change."""

    day: Day
    keys: dict[str, frozenset[tuple[Any, ...]]]
    rows: Rows


@pytest.fixture(scope="module")
def whole(dataset: Dataset) -> Rows:
    return dataset.rows()


@pytest.fixture(scope="module")
def days(dataset: Dataset) -> list[Day]:
    return first_public_days(dataset)


def _cut(rows: Rows, day: Day) -> Rows:
    return derive(rows_as_of(rows, day))


def _keys(rows: Rows) -> dict[str, frozenset[tuple[Any, ...]]]:
    return {
        table: frozenset(tuple(row[name] for name in table_schema(table).key) for row in content)
        for table, content in rows.items()
    }


@pytest.fixture(scope="module")
def cuts(whole: Rows, days: list[Day]) -> list[Cut]:
    """The dataset on the day before the first page, and on every day on which something became public."""
    found = []
    for day in [days[0] - ONE_DAY, *days]:
        rows = _cut(whole, day)
        kept = ("events", "status_steps", "relations", "tenures", "actors", "series", "actor_codes", "sources")
        found.append(Cut(day, _keys(rows), {table: rows[table] for table in kept}))
    return found


@pytest.fixture(scope="module")
def public(whole: Rows) -> dict[tuple[str, str], list[Day]]:
    """The days of the pages that support each row, counted here anew and not by the library."""
    published = {
        source["source_id"]: bounds(source["published_edtf"] or "[1900-01-01..]").end or source["retrieved_on"]
        for source in whole["sources"]
    }
    source_of = {span["span_id"]: span["source_id"] for span in whole["spans"]}
    found: dict[tuple[str, str], list[Day]] = {}
    for item in whole["evidence"]:
        if item["stance"] == "supports":
            key = (item["table_name"], item["row_id"])
            found.setdefault(key, []).append(published[source_of[item["span_id"]]])
    return found


def _steps(rows: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for step in rows["status_steps"]:
        found.setdefault(step["event_id"], []).append(step)
    return found


def _standing(steps: list[Row]) -> Row:
    ordered = sorted(steps, key=step_order)
    return ([step for step in ordered if not step["status"].startswith("date_")] or ordered)[-1]


def test_nothing_stands_before_the_first_page(cuts: list[Cut]) -> None:
    assert all(not cuts[0].keys[table] for table in ("events", *KEYS, "sources", "spans", "evidence"))


def test_what_stood_stands_for_ever(cuts: list[Cut]) -> None:
    for before, after in zip(cuts, cuts[1:], strict=False):
        for table, keys in before.keys.items():
            assert keys <= after.keys[table], f"{table} lost rows on {after.day}"


def test_the_last_day_is_the_dataset(dataset: Dataset, days: list[Day]) -> None:
    last = as_of(dataset, days[-1])
    for table in set(dataset) - {"codings"}:
        assert_frame_equal(last[table], dataset[table])
    assert last.codings.empty


def test_every_day_brings_something(cuts: list[Cut]) -> None:
    for before, after in zip(cuts, cuts[1:], strict=False):
        assert before.keys["sources"] | before.keys["spans"] != after.keys["sources"] | after.keys["spans"] or (
            before.keys != after.keys
        ), after.day


def test_every_event_shows_only_steps_that_were_public(
    cuts: list[Cut], public: dict[tuple[str, str], list[Day]], whole: Rows
) -> None:
    lives = _steps(whole)
    for cut in cuts:
        shown = _steps(cut.rows)
        for event in cut.rows["events"]:
            steps = shown[event["event_id"]]
            known = {
                step["step_id"]
                for step in lives[event["event_id"]]
                if min(public["status_steps", step["step_id"]]) <= cut.day
            }
            assert {step["step_id"] for step in steps} <= known
            standing = _standing(steps)
            assert [event[name] for name in COLUMNS] == [standing[name] for name in COLUMNS]


def test_every_event_shows_all_that_was_public(
    cuts: list[Cut], public: dict[tuple[str, str], list[Day]], whole: Rows
) -> None:
    lives = _steps(whole)
    for cut in cuts:
        shown = {step["step_id"] for step in cut.rows["status_steps"]}
        for steps in lives.values():
            known = [step for step in steps if min(public["status_steps", step["step_id"]]) <= cut.day]
            held_back = [step for step in known if step["step_id"] not in shown]
            # an occurrence waits for its second party, a column that must be filled for its own page
            assert all(step["status"] in {"occurred", "postponed", "cancelled"} for step in held_back)


def test_no_event_tells_a_later_day(cuts: list[Cut]) -> None:
    for cut in cuts:
        for event in cut.rows["events"]:
            assert event["first_public_on"] <= cut.day
            if event["status"] == "occurred":
                assert event["start_on"] is None or event["start_on"] <= cut.day + ONE_DAY
        for step in cut.rows["status_steps"]:
            assert step["public_on"] <= cut.day
            assert step["start_on"] is None or step["start_on"] <= cut.day + ONE_DAY


def test_every_row_that_stands_was_public(cuts: list[Cut], public: dict[tuple[str, str], list[Day]]) -> None:
    for cut in cuts:
        inferred = {row["relation_id"] for row in cut.rows["relations"] if row["basis"] == "inferred"}
        for table in KEYS:
            late = {
                row_id
                for (row_id,) in cut.keys[table]
                if row_id not in inferred and min(public[table, row_id]) > cut.day
            }
            assert late == set(), f"{table} on {cut.day}"


def test_an_inferred_relation_waits_for_the_last_step_of_both(cuts: list[Cut], whole: Rows) -> None:
    last = {event_id: _standing(steps)["step_id"] for event_id, steps in _steps(whole).items()}
    for cut in cuts:
        shown = {step["step_id"] for step in cut.rows["status_steps"]}
        for row in cut.rows["relations"]:
            if row["basis"] == "inferred":
                assert {last[row["from_event_id"]], last[row["to_event_id"]]} <= shown, row["relation_id"]


def test_notes_wait_for_all_that_they_may_speak_of(cuts: list[Cut], whole: Rows) -> None:
    cited: dict[str, set[tuple[Any, ...]]] = {}
    for item in whole["evidence"]:
        key = tuple(item[name] for name in table_schema("evidence").key)
        for owner in (item["row_id"], item["row_id"].split("/")[0]):
            cited.setdefault(owner, set()).add(key)
    for cut in cuts:
        noted = [row["event_id"] for row in cut.rows["events"] if row["note"]]
        noted += [row["step_id"] for row in cut.rows["status_steps"] if row["dispute_note"]]
        for owner in noted:
            assert cited[owner] <= cut.keys["evidence"], f"{owner} on {cut.day}"


def test_beginnings_and_ends_lie_by_the_day(cuts: list[Cut]) -> None:
    for cut in cuts:
        for table in ("tenures", "actors", "series"):
            for row in cut.rows[table]:
                for date in filter(None, (row["start_edtf"], row["end_edtf"])):
                    end = bounds(date).end
                    assert end is not None and end <= cut.day, f"{table} {row}"
        for row in cut.rows["actor_codes"]:
            assert max(row["valid_from_on"], row["valid_to_on"] or row["valid_from_on"]) <= cut.day


def test_sources_were_public_or_stand_behind_one_that_was(cuts: list[Cut]) -> None:
    for cut in cuts:
        here = {
            row["source_id"]: bounds(row["published_edtf"] or "[1900-01-01..]").end or row["retrieved_on"]
            for row in cut.rows["sources"]
        }
        origins = {row["origin_id"] for row in cut.rows["sources"] if here[row["source_id"]] <= cut.day}
        assert all(day <= cut.day or source in origins for source, day in here.items())


def _spread(days: list[Day], count: int) -> list[Day]:
    return [days[index * (len(days) - 1) // (count - 1)] for index in range(count)]


def test_every_cut_passes_the_check(dataset: Dataset, days: list[Day]) -> None:
    for day in _spread(days, 12):
        assert check(as_of(dataset, day)).errors == (), day


def test_every_day_passes_the_rules(whole: Rows, days: list[Day]) -> None:
    from communique.rules import RULES

    for day in days:
        rows = _cut(whole, day)
        broken = [(rule.code, *failure) for rule in RULES.values() for failure in rule.failures(rows)]
        assert [finding for finding in broken if RULES[finding[0]].severity == "error"] == [], day


@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_cut_of_a_cut_is_the_earlier_cut(data: st.DataObject, whole: Rows, days: list[Day]) -> None:
    earlier, later = sorted((data.draw(st.sampled_from(days)), data.draw(st.sampled_from(days))))
    assert _cut(_cut(whole, later), earlier) == _cut(whole, earlier)


def test_as_of_is_pure(dataset: Dataset, whole: Rows, days: list[Day]) -> None:
    before = copy.deepcopy(whole)
    rows_as_of(whole, days[len(days) // 2])
    as_of(dataset, days[len(days) // 2])
    assert whole == before == dataset.rows()


def test_the_seed_article_the_day_before_and_the_day(dataset: Dataset) -> None:
    before = as_of(dataset, "2023-09-25").events.set_index("event_id").loc["cjk-som-2023"]
    assert (before["status"], before["place_id"]) == ("scheduled", "seoul")
    day = as_of(dataset, datetime.date(2023, 9, 26)).events.set_index("event_id").loc["cjk-som-2023"]
    assert (day["status"], day["place_id"]) == ("occurred", "lotte-hotel-seoul")


def test_a_text_that_is_no_day(dataset: Dataset) -> None:
    with pytest.raises(ValueError, match="Invalid isoformat string"):
        as_of(dataset, "26 September 2023")


# A small dataset: a plan of 1 January, put off on 1 February, held on 1 March; pages of those days and one undated.

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


def _cite(table: str, row: str, page: str, column: str | None = None, **given: Any) -> Row:
    cited = {
        "table_name": table,
        "row_id": row,
        "column_name": column,
        "span_id": f"{page}-words",
        "stance": "supports",
    }
    return {**cited, **given}


@pytest.fixture
def small() -> Iterator[Rows]:
    actors = [{"actor_id": name, "actor_kind": "state", "name": name} for name in ("aaa", "bbb")]
    actors += [{"actor_id": "paper", "actor_kind": "publisher", "name": "paper", "publisher_kind": "newspaper"}]
    actors += [{"actor_id": "ann", "actor_kind": "person", "name": "Ann", "end_edtf": "2020-06"}]
    parties = [
        {"participant_id": f"{event}/{key}-participant", "event_id": event, "key": key, "role": "participant"}
        for event in ("talks-2020", "ball-2020")
        for key in ("aaa", "bbb")
    ]
    yield {
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
            {"span_id": f"{name}-words", "source_id": name, "words": 9, "sha256": f"{index}" * 64}
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
    assert set(shown.spans["span_id"]) == {"jan-words"}


def test_ends_after_the_day_are_cut(small: Rows) -> None:
    small["memberships"] = [{"member_id": "aaa", "group_id": "bbb", "start_edtf": "2019", "end_edtf": "2020-03-02"}]
    small["memberships"] += [{"member_id": "bbb", "group_id": "aaa", "start_edtf": "2020-03"}]
    ann = {row["actor_id"]: row["end_edtf"] for row in _shown(small, FEB, "actors")}["ann"]
    assert ann is None
    assert [row["end_edtf"] for row in _shown(small, FEB, "memberships")] == [None]
    assert [row["end_edtf"] for row in _shown(small, MAR, "memberships")] == ["2020-03-02"]
    assert len(_shown(small, LATE, "memberships")) == 2


def test_a_tenure_is_there_when_it_had_begun_or_a_participation_shows_it(small: Rows) -> None:
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
    small["evidence"] += [_cite("participants", "talks-2020/ann-guest-expected", "jan")]
    seen = {
        day: [row["start_edtf"] for row in _shown(small, day, "tenures")]
        for day in (JAN, FEB, datetime.date(2020, 3, 31))
    }
    assert list(seen.values()) == [["[..2020-01-01]"], ["[..2020-02-01]"], ["2020-03", "[..2020-02-01]"]]


def test_no_participant_holds_an_office_of_later(small: Rows) -> None:
    test_a_tenure_is_there_when_it_had_begun_or_a_participation_shows_it(small)
    small["participants"][-1]["office_id"] = "chief"
    offices = {day: _shown(small, day, "participants")[-1]["office_id"] for day in (JAN, FEB)}
    assert offices == {JAN: None, FEB: "deputy"}


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
