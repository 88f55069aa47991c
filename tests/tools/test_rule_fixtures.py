"""Fixtures of rules: what a change does, and what is no fixture."""

from pathlib import Path

import pytest

from communique_tools.rule_fixtures import (
    Change,
    Fixture,
    FixtureError,
    Rows,
    broken,
    find,
    read_fixture,
    read_fixtures,
    read_valid,
)

ROOT = Path(__file__).parents[2]
CALL = "jpn-kor-call-2024"


@pytest.fixture(scope="module")
def valid() -> Rows:
    return read_valid(ROOT)


def _broken(valid: Rows, *changes: Change) -> Rows:
    return broken(valid, Fixture("a-fixture", "", "", (), changes))


def test_what_follows_from_a_change_is_derived_anew(valid: Rows) -> None:
    rows = _broken(valid, Change("status_steps", f"{CALL}/cancelled", set={"date_edtf": "2024-06"}))
    assert find(valid, "events", CALL)["date_precision"] == "day"
    assert find(rows, "events", CALL)["date_precision"] == "month"


def test_a_derived_value_that_is_set_stands(valid: Rows) -> None:
    rows = _broken(valid, Change("events", CALL, set={"status": "occurred"}))
    assert find(rows, "events", CALL)["status"] == "occurred"


def test_rows_come_and_go(valid: Rows) -> None:
    rows = _broken(
        valid,
        Change("event_topics", f"{CALL} history", drop=True),
        Change("event_topics", add={"event_id": CALL, "topic": "trade"}),
    )
    assert [row["topic"] for row in rows["event_topics"] if row["event_id"] == CALL] == ["trade"]


def test_the_valid_dataset_stays_as_it_was(valid: Rows) -> None:
    before = {table: [dict(row) for row in content] for table, content in valid.items()}
    _broken(valid, Change("events", CALL, unset=("note",), set={"title": "Another"}))
    assert valid == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Change("events", "no-event", drop=True), "events has no row 'no-event'"),
        (Change("events", CALL, set={"titel": "Call"}), "events has no column 'titel'"),
        (Change("events", add={"id": CALL}), "events has no column 'id'"),
    ],
)
def test_a_change_of_nothing_is_refused(valid: Rows, change: Change, message: str) -> None:
    with pytest.raises(FixtureError, match=message):
        _broken(valid, change)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("S205-x", 'code = "S206"\ntable = "t"\nkeys = []\nchanges = []\n', "the code is S206"),
        ("S205-x", 'code = "S205"\ntable = "t"\nkeys = []\n[[changes]]\nputs = 1\n', "unknown puts"),
    ],
)
def test_what_is_no_fixture_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FixtureError, match=message):
        read_fixture(path)


def test_fixtures_are_read_in_order_of_name(tmp_path: Path) -> None:
    for code in ("S206", "D101"):
        text = f'code = "{code}"\ntable = "t"\nkeys = []\nchanges = []\n'
        (tmp_path / f"{code}-x.toml").write_text(text, encoding="utf-8")
    assert [fixture.code for fixture in read_fixtures(tmp_path)] == ["D101", "S206"]
