"""What the rules stand on: bounds, circles and distances, each by a law that does not repeat the code."""

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from communique.rules.circles import circles
from communique.rules.distance import kilometres
from communique.rules.facts import OPEN, certainly_before, inner, states, when

_NODES = st.sampled_from("abcdefg")
_PLACES = st.fixed_dictionaries({"lat": st.floats(-90, 90), "lon": st.floats(-180, 180)})
_DAYS = st.dates().map(lambda day: day.isoformat())
_SPANS = st.tuples(_DAYS, _DAYS).map(sorted).map(tuple)


def _reach(links: list[tuple[str, str]], start: str) -> set[str]:
    """Everything to which some links lead from a node, by going on until nothing is new."""
    reached: set[str] = set()
    while True:
        more = {end for begin, end in links if begin == start or begin in reached} - reached
        if not more:
            return reached
        reached |= more


@given(links=st.lists(st.tuples(_NODES, _NODES), max_size=14))
def test_two_nodes_share_a_circle_when_each_reaches_the_other(links: list[tuple[str, str]]) -> None:
    component = circles(links)
    for first in component:
        for second in component:
            if first != second:
                mutual = second in _reach(links, first) and first in _reach(links, second)
                assert (component[first] == component[second]) == mutual


def test_a_long_chain_is_no_circle_and_no_recursion() -> None:
    chain = [(str(number), str(number + 1)) for number in range(50_000)]
    assert len(set(circles(chain).values())) == 50_001
    assert len(set(circles([*chain, ("50000", "0")]).values())) == 1


@given(here=_PLACES, there=_PLACES)
def test_a_way_is_as_long_as_the_way_back(here: dict[str, float], there: dict[str, float]) -> None:
    assert math.isclose(kilometres(here, there), kilometres(there, here), abs_tol=1e-6)
    assert 0 <= kilometres(here, there) <= 20_016
    assert kilometres(here, here) == 0


def test_seoul_lies_1150_km_from_tokyo() -> None:
    apart = kilometres({"lat": 37.57, "lon": 126.98}, {"lat": 35.69, "lon": 139.69})
    assert 1140 < apart < 1170


@given(span=_SPANS)
def test_what_was_certainly_so_lies_within_what_may_have_been(span: tuple[str, str]) -> None:
    first, last = span
    lasted, one_day = f"{first}/{last}", f"[{first}..{last}]"
    assert inner(lasted) == when(lasted)
    assert inner(one_day) == (when(one_day) if first == last else OPEN)


def test_an_imprecise_interval_is_certain_only_in_its_middle() -> None:
    assert inner("2024-05/2024-07") == (when("2024-05-31").end, when("2024-07-01").start)
    assert inner("2024-05") == inner(None) == when(None) == when("some day") == OPEN


@given(first=_SPANS, second=_SPANS)
def test_at_most_one_of_two_dates_is_certainly_first(first: tuple[str, str], second: tuple[str, str]) -> None:
    one, other = when(f"[{first[0]}..{first[1]}]"), when(f"[{second[0]}..{second[1]}]")
    assert not (certainly_before(one, other) and certainly_before(other, one))
    assert not certainly_before(one, OPEN)
    assert not certainly_before(OPEN, one)


def test_a_body_belongs_to_the_state_above_it() -> None:
    actors: list[dict[str, Any]] = [
        {"actor_id": "kor", "actor_kind": "state", "parent_id": None},
        {"actor_id": "mofa", "actor_kind": "government_body", "parent_id": "kor"},
        {"actor_id": "bureau", "actor_kind": "government_body", "parent_id": "mofa"},
        {"actor_id": "tcs", "actor_kind": "organisation", "parent_id": None},
        {"actor_id": "egg", "actor_kind": "organisation", "parent_id": "hen"},
        {"actor_id": "hen", "actor_kind": "organisation", "parent_id": "egg"},
    ]
    assert states({"actors": actors}) == {"kor": "kor", "mofa": "kor", "bureau": "kor"}
