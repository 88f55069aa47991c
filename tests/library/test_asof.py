"""The laws of ``as_of`` on the real dataset, for every event and every day."""

import copy
import datetime
import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from communique.asof import as_of, first_public_days, rows_as_of
from communique.check import check
from communique.dataset import Dataset
from communique.dates import bounds
from communique.derive import derive, step_order
from communique.publicity import Publicity
from communique.rules import RULES
from communique.schemas import table_schema
from communique.subset import rows_of

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
KEPT = ("events", *KEYS, "tenures", "actors", "series", "actor_codes", "sources")
COLUMNS = ("status", "date_edtf", "start_on", "end_on", "place_id", "mode")


@dataclass(frozen=True)
class Cut:
    """What stood on a day: every key, and the rows that later days may change."""

    event_id: str
    day: Day
    keys: dict[str, frozenset[Any]]
    rows: Rows
    errors: list[tuple[str, ...]]


@pytest.fixture(scope="module")
def whole(dataset: Dataset) -> Rows:
    return dataset.rows()


@pytest.fixture(scope="module")
def days(dataset: Dataset) -> list[Day]:
    return first_public_days(dataset)


def _cut(rows: Rows, day: Day) -> Rows:
    return derive(rows_as_of(rows, day))


def _keys(rows: Rows) -> dict[str, frozenset[Any]]:
    found = {}
    for table, content in rows.items():
        columns = table_schema(table).key
        found[table] = frozenset(tuple(row[name] for name in columns) for row in content)
    return found


def _errors(rows: Rows) -> list[tuple[str, ...]]:
    """What the rules find, but for those on single values: a cut nulls values and writes none but dates."""
    rules = [rule for rule in RULES.values() if rule.severity == "error" and rule.code not in {"N001", "N002"}]
    return [(rule.code, *failure) for rule in rules for failure in rule.failures(rows)]


def _neighbours(rows: Rows) -> dict[str, set[str]]:
    """Each event with those that a row links it to: what a cut shows of an event rests on them alone."""
    found = {row["event_id"]: {row["event_id"]} for row in rows["events"]}
    links = [(row["from_event_id"], row["to_event_id"]) for row in rows["relations"]]
    links += [(row["event_id"], row["because_event_id"]) for row in rows["status_steps"]]
    links += [(row["event_id"], row["about_event_id"]) for row in rows["statements"]]
    for one, other in links:
        if other:
            found[one].add(other)
            found[other].add(one)
    return found


def _life(event_id: str, rows: Rows) -> list[Cut]:
    """The cuts of an event among its neighbours, on the day before their first page and on the day of each."""
    public = Publicity.of(rows)
    silent = {row["public_on"] for row in rows["status_steps"] if row["status"] == "lapsed"}  # no page shows it
    days = sorted({*public.sources.values(), *silent})
    found = []
    for day in [days[0] - ONE_DAY, *days]:
        cut = derive(rows_as_of(rows, day, public))
        found.append(Cut(event_id, day, _keys(cut), {table: cut[table] for table in KEPT}, _errors(cut)))
    return found


@pytest.fixture(scope="module")
def lives(whole: Rows) -> dict[str, list[Cut]]:
    """Every event on every day on which something of it, or of an event that it is linked to, became public."""
    return {event_id: _life(event_id, rows_of(whole, ids)) for event_id, ids in _neighbours(whole).items()}


@pytest.fixture(scope="module")
def cuts(lives: dict[str, list[Cut]]) -> list[Cut]:
    return [cut for life in lives.values() for cut in life]


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
    for step in whole["status_steps"]:
        if step["status"] == "lapsed":  # in silence: when its window was over
            found.setdefault(("status_steps", step["step_id"]), [bounds(step["date_edtf"]).end or datetime.date.max])
    return found


def _steps(rows: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for step in rows["status_steps"]:
        found.setdefault(step["event_id"], []).append(step)
    return found


def _standing(steps: list[Row]) -> Row:
    ordered = sorted(steps, key=step_order)
    return ([step for step in ordered if not step["status"].startswith("date_")] or ordered)[-1]


def test_nothing_stands_before_the_first_page(lives: dict[str, list[Cut]]) -> None:
    for life in lives.values():
        assert all(not life[0].keys[table] for table in ("events", *KEYS, "sources", "spans", "evidence"))


def test_what_stood_stands_for_ever(lives: dict[str, list[Cut]]) -> None:
    for life in lives.values():
        for before, after in pairwise(life):
            for table, keys in before.keys.items():
                assert keys <= after.keys[table], f"{after.event_id}: {table} lost rows on {after.day}"


def test_an_event_among_its_neighbours_is_cut_as_it_is_in_the_whole(
    whole: Rows, days: list[Day], lives: dict[str, list[Cut]]
) -> None:
    for day in _spread(days, 8):
        cut = _cut(whole, day)
        for table in ("events", *KEYS):
            owner = "from_event_id" if table == "relations" else "event_id"
            shown: Rows = {event_id: [] for event_id in lives}
            for row in cut[table]:
                shown[row[owner]].append(row)
            for event_id, life in lives.items():
                last = [one for one in life if one.day <= day]
                alone = [row for row in last[-1].rows[table] if row[owner] == event_id] if last else []
                assert shown[event_id] == alone, f"{table} of {event_id} on {day}"


def test_the_last_day_is_the_dataset(dataset: Dataset, days: list[Day]) -> None:
    last = as_of(dataset, days[-1])
    for table in set(dataset) - {"codings"}:
        assert_frame_equal(last[table], dataset[table])
    assert last.codings.empty


def test_every_day_brings_something(lives: dict[str, list[Cut]]) -> None:
    for life in lives.values():
        assert all(before.keys != after.keys for before, after in pairwise(life))


def test_every_event_shows_only_steps_that_were_public(
    cuts: list[Cut], public: dict[tuple[str, str], list[Day]], whole: Rows
) -> None:
    all_steps = _steps(whole)
    for cut in cuts:
        shown = _steps(cut.rows)
        for event in cut.rows["events"]:
            steps = shown[event["event_id"]]
            known = {
                step["step_id"]
                for step in all_steps[event["event_id"]]
                if min(public["status_steps", step["step_id"]]) <= cut.day
            }
            assert {step["step_id"] for step in steps} <= known
            standing = _standing(steps)
            assert [event[name] for name in COLUMNS] == [standing[name] for name in COLUMNS]


def test_every_event_shows_all_that_was_public(
    cuts: list[Cut], public: dict[tuple[str, str], list[Day]], whole: Rows
) -> None:
    all_steps = _steps(whole)
    own_pages = {item["row_id"] for item in whole["evidence"] if item["column_name"] in {"status", "date_edtf"}}
    for cut in cuts:
        shown = {step["step_id"] for step in cut.rows["status_steps"]}
        steps = all_steps[cut.event_id]
        known = [step for step in steps if min(public["status_steps", step["step_id"]]) <= cut.day]
        held_back = [step for step in known if step["step_id"] not in shown]
        # an occurrence waits for its second party, a column that must be filled for its own page
        assert all(
            step["status"] in {"occurred", "postponed", "cancelled"} or step["step_id"] in own_pages
            for step in held_back
        )


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
        for owner in (name for name in noted if name.split("/")[0] == cut.event_id):
            assert cited[owner] <= cut.keys["evidence"], f"{owner} on {cut.day}"


def test_beginnings_and_ends_lie_by_the_day(cuts: list[Cut]) -> None:
    for cut in cuts:
        for table in ("tenures", "actors", "series"):
            for row in cut.rows[table]:
                for date in filter(None, (row["start_edtf"], row["end_edtf"])):
                    start, end = bounds(date)
                    # of who was appointed one may know no more than "not before"
                    assert (end or start or datetime.date.max) <= cut.day, f"{table} {row}"
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
    for day in _spread(days, 8):
        assert check(as_of(dataset, day)).errors == (), day


def test_every_day_passes_the_rules(cuts: list[Cut]) -> None:
    assert {(cut.event_id, cut.day): cut.errors for cut in cuts if cut.errors} == {}


@pytest.mark.parametrize("seed", range(4))
def test_a_cut_of_a_cut_is_the_earlier_cut(seed: int, whole: Rows, days: list[Day]) -> None:
    earlier, later = sorted(random.Random(seed).sample(days, 2))
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
