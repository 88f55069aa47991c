"""What the article says from which the dataset starts: each item is answered by one query."""

from typing import Any

import pandas as pd
import pytest

import communique
from communique.dataset import Dataset

MEETING = "cjk-som-2023"
PAGE = "almayadeen-som-2023"


@pytest.fixture(scope="module")
def cited(dataset: Dataset) -> pd.DataFrame:
    """Evidence with the source of its words."""
    return dataset.evidence.merge(dataset.spans, on="span_id")


def _tuples(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    values = frame[list(columns)].astype(object)
    return sorted(map(tuple, values.where(values.notna(), None).to_numpy().tolist()))


def test_who_met_for_whom_in_which_office(dataset: Dataset) -> None:
    there = dataset.participants.query("event_id == @MEETING and attendance.isna() and person_id.notna()")
    assert set(_tuples(there, "person_id", "party_id", "office_id")) == {
        ("chung-byung-won", "kor", "kor-deputy-foreign-minister-political"),
        ("funakoshi-takehiro", "jpn", "jpn-senior-deputy-foreign-minister"),
        ("nong-rong", "chn", "chn-assistant-foreign-minister"),
        ("lee-hee-sup", "tcs", "tcs-secretary-general"),
    }


def test_at_which_level_where_and_when(dataset: Dataset) -> None:
    meeting = dataset.events.query("event_id == @MEETING").merge(dataset.places, on="place_id")
    assert _tuples(meeting, "event_type", "level", "date_edtf", "country_id", "mode", "confidence") == [
        ("meeting.senior_officials", "vice_minister", "2023-09-26", "kor", "in_person", "confirmed")
    ]


def test_the_two_purposes(dataset: Dataset) -> None:
    aims = dataset.statements.query("event_id == @MEETING and act == 'aim'")
    assert _tuples(aims, "statement_id", "attribution", "about_event_id") == [
        ("cjk-som-2023/aim-reassure", "unattributed", None),
        ("cjk-som-2023/aim-summits", "editorial", "cjk-summit-2023"),
    ]


def test_the_summits_on_hold_since_2019_and_why(dataset: Dataset, cited: pd.DataFrame) -> None:
    lapsed = dataset.events.query("event_type == 'mechanism.lapsed' and series_id == 'cjk-summit'")
    assert _tuples(lapsed, "event_id", "status") == [("cjk-summits-lapsed-2019", "occurred")]
    assert str(lapsed["start_on"].item()).startswith("2019-12")
    reasons = cited.query("table_name == 'statements' and row_id.str.startswith('cjk-summits-lapsed-2019/')")
    assert PAGE in set(reasons["source_id"])


def test_the_nameless_official_and_the_second_remark_without_a_new_attribution(
    dataset: Dataset, cited: pd.DataFrame
) -> None:
    remarks = ["cjk-som-2023/discomfort", "cjk-som-2023/manage-ties"]
    voice = dataset.statements.query("statement_id in @remarks")
    assert set(_tuples(voice, "description", "anonymity_reason")) == {
        ("a senior South Korean government official", "sensitive")
    }
    here = cited.query("source_id == @PAGE and row_id in @remarks")
    assert _tuples(here, "row_id", "attribution") == [(remarks[0], "anonymous"), (remarks[1], "carried_over")]


def test_the_spokesman(dataset: Dataset) -> None:
    spoken = dataset.statement_actors.query("actor_id == 'wang-wenbin' and speech_role == 'speaker'")
    remark = spoken.merge(dataset.statements, on="statement_id").query("statement_id == 'cjk-som-2023/common-interest'")
    assert _tuples(remark, "act", "attribution", "setting") == [("assess", "spokesperson", "press_conference")]


def test_the_december_summit_and_what_became_of_it(dataset: Dataset) -> None:
    life = dataset.status_steps.query("event_id == 'cjk-summit-2023'")
    steps = set(_tuples(life, "status", "planned_edtf"))
    assert ("date_proposed", "2023-12") in steps
    assert "postponed" in {status for status, _ in steps}
    plan = dataset.events.query("event_id == 'cjk-summit-2023'")
    assert _tuples(plan, "status", "date_edtf", "place_id") == [("occurred", "2024-05-27", "seoul")]


def test_the_visit_that_seoul_sought(dataset: Dataset, cited: pd.DataFrame) -> None:
    life = dataset.status_steps.query("event_id == 'chn-kor-xi-visit-2022'").sort_values("end_on")
    assert life["status"].tolist()[0] == "proposed"
    pushing = cited.query("row_id == 'chn-kor-xi-visit-2022/pushing'")
    assert PAGE in set(pushing["source_id"])


def test_what_xi_said_to_han_in_hangzhou(dataset: Dataset, cited: pd.DataFrame) -> None:
    talks = dataset.events.query("event_id == 'chn-kor-xi-han-2023'")
    assert _tuples(talks, "date_edtf", "place_id") == [("2023-09-23", "hangzhou")]
    here = cited.query("source_id == @PAGE and row_id.str.startswith('chn-kor-xi-han-2023/')")
    assert {"meet-halfway", "strategic-partnership", "visit-considered", "deeper-cooperation"} <= {
        row_id.partition("/")[2] for row_id in here["row_id"]
    }


def test_thaad_and_the_chill_after_it(dataset: Dataset) -> None:
    caused = dataset.relations.query("relation == 'caused_by' and to_event_id == 'kor-usa-thaad-2016'")
    effects = _tuples(caused.merge(dataset.events, left_on="from_event_id", right_on="event_id"), "event_type")
    assert ("relations.strained",) in effects


def test_three_forecasts_unattributed_here_and_an_analysts_in_the_original(
    dataset: Dataset, cited: pd.DataFrame
) -> None:
    forecasts = dataset.statements.query("event_id == @MEETING and voice == 'tong-zhao'")
    by_page = cited.query("row_id in @forecasts.statement_id")
    assert len(forecasts) == 3
    assert set(_tuples(by_page, "source_id", "attribution")) == {
        (PAGE, "unattributed"),
        ("newsflash-som-2023", "analyst"),
    }
    assert set(forecasts["attribution"]) == {"analyst"}


def test_its_copies_are_one_origin(dataset: Dataset) -> None:
    origin = dataset.sources.set_index("source_id").loc[PAGE, "origin_id"]
    pages = dataset.sources[dataset.sources["origin_id"] == origin]
    assert len(pages) > 2
    assert set(pages["credits_id"].dropna()) == {"reuters"}


def test_the_day_after_the_end_was_not_known(dataset: Dataset) -> None:
    known = communique.as_of(dataset, "2023-09-27")
    assert _tuples(known.events.query("event_id == 'cjk-summit-2023'"), "status", "place_id") == [("agreed", None)]
