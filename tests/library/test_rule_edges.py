"""What a rule must let pass although it is near to what it finds."""

from pathlib import Path
from typing import Any

import pytest

from communique.check import check_rows
from communique_tools.rule_fixtures import Change, Fixture, Rows, broken, find, read_valid

ROOT = Path(__file__).parents[2]
OFFICIALS, CALL, DIALOGUE = "chn-jpn-officials-2024", "jpn-kor-call-2024", "chn-kor-dialogue-2024"
SUMMIT, BESIDE = "cjk-summit-2024", "jpn-kor-officials-2024"


@pytest.fixture(scope="module")
def valid() -> Rows:
    return read_valid(ROOT)


def _codes(valid: Rows, *changes: Change) -> list[str]:
    rows = broken(valid, Fixture("edge", "", "", (), changes))
    return [finding.code for finding in check_rows(rows).findings]


def _set(table: str, key: str, **values: Any) -> Change:
    return Change(table, key, set=values)


def _relation(valid: Rows, slug: str) -> Change:
    """A relation of the open plan, made anew under another name."""
    old = find(valid, "relations", f"{DIALOGUE}-b/after-{DIALOGUE}")
    return Change("relations", add={**old, "relation_id": f"{DIALOGUE}-b/{slug}", "basis": "inferred", "note": "So."})


PASSING = {
    "N002 a code may be NA: Namibia's": [_set("actor_codes", "nam iso_3166_1_alpha_2", code="NA")],
    "N002 a longitude may be 99 degrees west": [_set("places", "chengdu", lon=-99.0)],
    "N002 a quantity may be 9999": [_set("outcomes", f"{SUMMIT}/joint-statement", quantity_low=9999.0)],
    "N004 a withdrawn id has no successor": [
        Change("retired_ids", "chn-jpn-talks-2024", set={"retired_state": "withdrawn"}, unset=("into_id",))
    ],
    "N006 a scope may name one type": [_set("coverage", "neighbours-2024", types="meeting.summit call.phone")],
    "D102 a month may begin before the page was read": [
        _set("sources", "asan-analysis-2024", published_edtf="2024-11")
    ],
    "D103 a page may be a day older, in another time zone": [
        _set("sources", "hankyoreh-ruling-2024", published_edtf="2024-06-17")
    ],
    "D104 a plan may lie in the future": [_set("status_steps", f"{DIALOGUE}-b/agreed", planned_edtf="2031")],
    "D105 an end may be that of a vague beginning": [
        _set("memberships", "chn cjk 2008-12-13", end_edtf="[2008-01-01..2009-12-31]")
    ],
    "D106 one day between two bounds does not last": [
        _set("status_steps", "cjk-summit-2019/occurred", date_edtf="[2019-12-01..2019-12-24]")
    ],
    "S203 of two vague dates neither is certainly first": [
        _set("status_steps", f"{OFFICIALS}/agreed", date_edtf="[..2024-03-19]")
    ],
    "S204 a postponement may carry its date": [
        _set("status_steps", f"{DIALOGUE}-b/agreed", status="postponed", planned_edtf="2024-12")
    ],
    "S206 a call needs no place": [
        Change("status_steps", f"{BESIDE}/occurred", set={"mode": "video"}, unset=("place_id",))
    ],
    "S209 a page of the last day but one reports the past": [
        _set("status_steps", f"{SUMMIT}/occurred", date_edtf="2024-05-26/2024-05-28")
    ],
    "S210 a window ends on its last day": [_set("status_steps", f"{DIALOGUE}/lapsed", date_edtf="2024-09-30")],
    "P304 a call that came to nothing has no parties yet": [_set("events", CALL, title="Japan–South Korea call")],
    "P306 an office is handed over on one day": [
        _set("tenures", "sato-hana-jpn-prime-minister", end_edtf="[2024-10-01..2025-10-01]")
    ],
    "P306 an acting holder stands in": [
        _set("tenures", "sato-hana-jpn-prime-minister", end_edtf="2024-11-01"),
        _set("tenures", "mori-kenji-jpn-prime-minister", tenure_kind="acting"),
    ],
    "P307 a place without coordinates is not judged": [
        Change("places", "seoul", unset=("lat", "lon")),
        _set("status_steps", f"{BESIDE}/occurred", place_id="seoul"),
    ],
    "P309 at a courtesy call the higher is the host, even abroad": [
        _set("events", SUMMIT, event_type="meeting.courtesy_call"),
        _set("participants", f"{SUMMIT}/sato-hana-guest", role="host"),
    ],
    "P310 a member that had left speaks for itself": [
        _set("memberships", "chn cjk 2008-12-13", end_edtf="2015"),
        _set("participants", f"{OFFICIALS}/chen-rui-participant-expected", party_id="cjk"),
    ],
    "L602 two places have no middle": [
        _set("places", "fukuoka", lat=-33.59),
        Change("places", "kyoto", unset=("lat", "lon")),
    ],
    "E401 a lapse may be silent where somebody searched": [
        Change("evidence", f"status_steps {DIALOGUE}/lapsed  korea-times-dialogue-2024-", drop=True)
    ],
    "E408 a dispute note explains as well": [
        Change("evidence", f"status_steps {OFFICIALS}/occurred date_edtf asan-analysis-2024-", unset=("note",)),
        _set("status_steps", f"{OFFICIALS}/occurred", dispute_note="The reports of the day are preferred."),
    ],
    "R508 another series may go on meanwhile": [
        _set("events", OFFICIALS, title="China–Japan consultation", series_id="chn-kor-dialogue")
    ],
    "T701 a vice minister may be the first": [
        _set("events", OFFICIALS, title="Meeting of the First Vice Ministers before the talks")
    ],
    "T701 a year is no day": [_set("events", OFFICIALS, title="Consultation of the vice ministers of 2024")],
    "T702 the word of the type is the plan itself": [
        _set("events", "kor-ruling-2024", event_type="agreement.signed", title="Agreement to be signed in Seoul")
    ],
    "U801 a note tells two meetings of a day apart": [
        _set("participants", f"{BESIDE}/kim-seo-yeon-participant", party_id="chn")
    ],
}


def _found_key(valid: Rows, change: Change) -> Change:
    """The change with its key in full: a span's hash may be left out."""
    if change.table != "evidence" or change.add:
        return change
    keys = [
        " ".join(str(row[n] or "") for n in ("table_name", "row_id", "column_name", "span_id"))
        for row in valid["evidence"]
    ]
    (key,) = [key for key in keys if key.startswith(change.key)]
    return Change(change.table, key, change.set, change.unset, change.drop)


@pytest.mark.parametrize("name", PASSING)
def test_it_passes(valid: Rows, name: str) -> None:
    assert _codes(valid, *(_found_key(valid, change) for change in PASSING[name])) == []


def test_a_relation_may_stand_beside_another_between_the_same_events(valid: Rows) -> None:
    change = _relation(valid, "cites")
    assert _codes(valid, Change("relations", add={**change.add, "relation": "cites"})) == []
    assert _codes(valid, change) == ["R504"]
