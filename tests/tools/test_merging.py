"""Two names of one thing become one: references, ids built from the name, and tenures follow."""

from typing import Any

import pytest

from communique_tools.merging import ClashError, Merger, merged_data, merged_rows
from communique_tools.records import Rows

PERSON = Merger("actors", "kim-seong-hwan", "kim-sung-hwan")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("kim-seong-hwan", "kim-sung-hwan"),
        ("kim-seong-hwan-kor-minister", "kim-sung-hwan-kor-minister"),
        ("cjk-talks-2025/kim-seong-hwan-guest", "cjk-talks-2025/kim-sung-hwan-guest"),
        ("cjk-talks-2025/lee-kim-seong-hwan-guest", "cjk-talks-2025/lee-kim-seong-hwan-guest"),
        ("kim-seong-hwana", "kim-seong-hwana"),
    ],
)
def test_an_id_follows_where_the_name_is_a_part_of_it(before: str, after: str) -> None:
    assert PERSON.renamed(before) == after


def test_a_record_names_the_new_one_wherever_it_named_the_old() -> None:
    data: dict[str, Any] = {
        "participants": {"kim-seong-hwan": {"role": "guest"}, "lee": {"role": "host"}},
        "evidence": {"participants": {"kim-seong-hwan-guest": {"office": [{"span": "s"}]}}},
        "voices": {"minister": {"speaker": ["kim-seong-hwan"], "remarks": {"a": {"gist": "kim-seong-hwan spoke"}}}},
    }
    merged = merged_data(data, PERSON)
    assert set(merged["participants"]) == {"kim-sung-hwan", "lee"}
    assert set(merged["evidence"]["participants"]) == {"kim-sung-hwan-guest"}
    assert merged["voices"]["minister"]["speaker"] == ["kim-sung-hwan"]
    assert merged["voices"]["minister"]["remarks"]["a"]["gist"] == "kim-seong-hwan spoke"
    assert "kim-seong-hwan" in data["participants"]


def test_two_who_both_take_part_are_not_made_one() -> None:
    data: dict[str, Any] = {
        "event_id": "talks",
        "participants": {"kim-seong-hwan": {"role": "guest"}, "kim-sung-hwan": {"role": "host"}},
    }
    with pytest.raises(ClashError, match="kim-seong-hwan and kim-sung-hwan both take part in talks"):
        merged_data(data, PERSON)


def test_the_one_row_says_what_it_says_and_the_other_fills_what_it_leaves_open() -> None:
    merged = merged_rows(
        {
            "actors": [  # in the order of the file, in which the old name may come first
                {"actor_id": "kim-seong-hwan", "actor_kind": "person", "name": "Kim Seong-hwan", "parent_id": "kor"},
                {"actor_id": "kim-sung-hwan", "actor_kind": "person", "name": "Kim Sung-hwan", "parent_id": None},
            ],
            "coverage": [{"scope_id": "s", "parties": "chn kim-seong-hwan"}],
        },
        PERSON,
    )
    [row] = merged["actors"]
    assert (row["name"], row["parent_id"]) == ("Kim Sung-hwan", "kor")
    assert merged["coverage"][0]["parties"] == "chn kim-sung-hwan"


def _tenure(name: str, start: str, end: str | None, office: str = "kor-minister") -> dict[str, str | None]:
    return {
        "tenure_id": name,
        "person_id": "kim-seong-hwan",
        "office_id": office,
        "start_edtf": start,
        "end_edtf": end,
        "tenure_kind": "substantive",
    }


@pytest.mark.parametrize(
    ("second", "start", "end"),
    [
        (("[2024-01-05..2024-02-01]", None), "[2024-01-05..2024-02-01]", "[2025-01-01..]"),
        (("2024-01-20", "[..2025-06-30]"), "2024-01-20", "[2025-01-01..2025-06-30]"),
    ],
)
def test_tenures_that_may_be_one_are_one_with_the_narrower_bounds(
    second: tuple[str, str | None], start: str, end: str
) -> None:
    rows: Rows = {
        "tenures": [_tenure("a", "[..2024-03-01]", "[2025-01-01..]"), _tenure("b", *second)],
        "evidence": [{"table_name": "tenures", "row_id": "b", "column_name": None, "span_id": "s"}],
    }
    merged = merged_rows(rows, PERSON)
    [tenure] = merged["tenures"]
    assert (tenure["tenure_id"], tenure["start_edtf"], tenure["end_edtf"]) == ("a", start, end)
    assert tenure["person_id"] == "kim-sung-hwan"
    assert merged["evidence"][0]["row_id"] == "a"


def test_a_second_term_stays_one_of_its_own() -> None:
    rows: Rows = {"tenures": [_tenure("first", "2017-01-20", "2021-01-20"), _tenure("second", "2025-01-20", None)]}
    assert len(merged_rows(rows, PERSON)["tenures"]) == 2


def test_the_words_of_a_merged_page_are_named_after_the_other() -> None:
    page = Merger("sources", "yonhap-a", "yonhap-b")
    rows: Rows = {
        "spans": [{"span_id": "yonhap-a-0123456789ab", "source_id": "yonhap-a"}],
        "evidence": [{"table_name": "tenures", "row_id": "t", "column_name": None, "span_id": "yonhap-a-0123456789ab"}],
    }
    merged = merged_rows(rows, page)
    assert merged["spans"][0]["span_id"] == merged["evidence"][0]["span_id"] == "yonhap-b-0123456789ab"


def test_the_same_words_of_one_page_are_one_span_and_cited_once() -> None:
    words: dict[str, Any] = {"words": 12, "sha256": "a" * 64}
    data: dict[str, Any] = {
        "steps": {"occurred": {"date": "2024", "spans": ["new-aaaa", "old-aaaa spokesperson", "old-bbbb"]}},
        "voices": {"page": {"remarks": {"hope": {"act": "expect", "spans": ["old-aaaa spokesperson"]}}}},
        "evidence": {"steps": {"occurred": {"date": [{"span": "old-aaaa", "contradicts": "2023"}]}}},
        "spans": {
            "new-aaaa": {"source": "new-page", **words},
            "old-aaaa": {"source": "old-page", **words},
            "old-bbbb": {"source": "old-page", "words": 9, "sha256": "b" * 64},
        },
    }
    merged = merged_data(data, Merger("sources", "old-page", "new-page"))
    assert list(merged["spans"]) == ["new-aaaa", "old-bbbb"]
    assert merged["steps"]["occurred"]["spans"] == ["new-aaaa", "old-bbbb"]
    assert merged["voices"]["page"]["remarks"]["hope"]["spans"] == ["new-aaaa spokesperson"]
    assert merged["evidence"]["steps"]["occurred"]["date"] == [{"span": "new-aaaa", "contradicts": "2023"}]
    assert merged_data(merged, Merger("sources", "old-page", "new-page")) == merged
