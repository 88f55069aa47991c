"""The level of an event: that of the lowest head of delegation who was there, or was to be there."""

from typing import Any

import pytest

from communique.derive import derive
from communique.schemas import table_schemas

OFFICES = {"president": "head_of_state", "minister": "minister", "deputy": "vice_minister", "envoy": "ambassador"}


def _level(event_type: str, *heads: tuple[str, str | None, str, str | None]) -> str | None:
    """The level of an event with these heads: party, office, role and attendance of each."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in table_schemas()}
    rows["offices"] = [{"office_id": name, "body_id": None, "level": level} for name, level in OFFICES.items()]
    rows["events"] = [{"event_id": "talks", "event_type": event_type}]
    rows["status_steps"] = [
        {"step_id": "talks/occurred", "event_id": "talks", "status": "occurred", "date_edtf": "2024-05-26"}
    ]
    rows["participants"] = [
        {
            "participant_id": f"talks/{number}",
            "event_id": "talks",
            "party_id": party,
            "office_id": office,
            "role": role,
            "attendance": attendance,
        }
        for number, (party, office, role, attendance) in enumerate(heads)
    ]
    [event] = derive(rows)["events"]
    level: str | None = event["level"]
    return level


@pytest.mark.parametrize("event_type", ["meeting.ministerial", "visit.official", "call.phone", "ceremony"])
def test_the_lower_of_two_heads_counts_and_of_a_delegation_the_higher(event_type: str) -> None:
    heads = (
        ("jpn", "minister", "host", None),
        ("jpn", "deputy", "participant", None),
        ("kor", "deputy", "guest", None),
    )
    assert _level(event_type, *heads) == "vice_minister"
    assert _level(event_type, *heads[:2], ("kor", "president", "guest", None)) == "minister"


@pytest.mark.parametrize("event_type", ["agreement.signed", "statement.joint", "envoy.summoned", "mechanism.launched"])
def test_what_has_no_heads_of_delegations_has_no_level(event_type: str) -> None:
    assert _level(event_type, ("jpn", "minister", "participant", None)) is None


def test_a_plan_has_the_level_of_those_expected_even_if_one_declined() -> None:
    plan = (("jpn", "minister", "host", "expected"), ("kor", "deputy", "guest", "declined"))
    assert _level("meeting.ministerial", *plan) == "vice_minister"


def test_whoever_came_replaces_those_expected_and_who_stayed_away_counts_for_nobody() -> None:
    heads = (
        ("jpn", "minister", "host", None),
        ("kor", "minister", "guest", "expected"),
        ("kor", "minister", "guest", "absent"),
        ("kor", "deputy", "guest", "remote"),
    )
    assert _level("meeting.ministerial", *heads) == "vice_minister"


def test_mediators_and_heads_without_an_office_have_no_part_in_it() -> None:
    assert _level("meeting.summit", ("usa", "envoy", "mediator", None), ("jpn", None, "host", None)) is None
