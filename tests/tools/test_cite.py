"""``communique cite``: words become evidence of a row, and a row that is missing is made for them."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from communique.evidence import fingerprint
from communique_tools import records
from communique_tools.citing import CitingError, cite
from communique_tools.cli import communique

VALID = Path(__file__).parents[1] / "fixtures" / "valid"
WORDS = "The two ministers will meet in Seoul in the second half of July, it was said."
SPAN = {"source": "a-page", "words": 16, "sha256": "0" * 64}
NAME = "cited-000000000000"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of a call in a checkout of its own."""
    shutil.copytree(VALID, tmp_path / "dataset")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "dataset" / "records" / "jpn-kor-call-2024.toml"


def run(*arguments: str, source: str, words: str = WORDS) -> Result:
    return CliRunner().invoke(communique, ["cite", *arguments, "--source", source], input=words)


def a_source(record: Path) -> str:
    spans: dict[str, Any] = records.read(record).data["spans"]
    return str(next(iter(spans.values()))["source"])


def test_a_row_that_is_there_cites_one_span_more_and_keeps_its_values(record: Path) -> None:
    before = records.read(record).data
    result = run("jpn-kor-call-2024", "steps.proposed", "--locator", "line 2", source=a_source(record))
    assert result.exit_code == 0, result.output
    after = records.read(record).data
    [new] = [span for span in after["spans"].values() if span not in before["spans"].values()]
    assert new["sha256"] == fingerprint(WORDS).sha256
    assert new["locator"] == "line 2"
    step, held = after["steps"]["proposed"], before["steps"]["proposed"]
    assert len(step["spans"]) == len(held["spans"]) + 1
    assert {**step, "spans": 0} == {**held, "spans": 0}
    assert "+" in result.stdout


def test_the_words_may_credit_somebody_for_the_row(record: Path) -> None:
    source = a_source(record)
    assert run("jpn-kor-call-2024", "steps.proposed", "--attribution", "anonymous", source=source).exit_code == 0
    cited = records.read(record).data["steps"]["proposed"]["spans"]
    assert sum(item.endswith(" anonymous") for item in cited) == 1
    wrong = run("jpn-kor-call-2024", "steps.proposed", "--attribution", "anonymos", source=source)
    assert (wrong.exit_code, "did you mean 'anonymous'?" in wrong.stderr) == (2, True)


def test_the_same_words_are_cited_once(record: Path) -> None:
    source = a_source(record)
    assert run("jpn-kor-call-2024", "steps.proposed", source=source).exit_code == 0
    text = record.read_text(encoding="utf-8")
    again = run("jpn-kor-call-2024", "steps.proposed", source=source)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "cites these words already" in again.stderr
    assert record.read_text(encoding="utf-8") == text


def test_a_step_that_is_missing_is_made(record: Path) -> None:
    settings = ("--set", "status=rumoured", "--set", "date=2024-06-01", "--set", "planned=2024-06")
    assert run("jpn-kor-call-2024", "steps.heard", *settings, source=a_source(record)).exit_code == 0
    step = records.read(record).data["steps"]["heard"]
    assert {key: step[key] for key in ("status", "date", "planned")} == {
        "status": "rumoured",
        "date": "2024-06-01",
        "planned": "2024-06",
    }


def test_a_dry_run_writes_nothing(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    result = run("jpn-kor-call-2024", "steps.proposed", "--dry-run", source=a_source(record))
    assert result.exit_code == 0
    assert "+proposed" in result.stdout
    assert record.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no-such-call-2024", "steps.proposed"), "no-such-call-2024: no such record"),
        (("jpn-kor-call-2024", "step.proposed"), "'step.proposed' names no row; expected something like steps."),
        (("jpn-kor-call-2024", "steps"), "'steps' names no row"),
        (("jpn-kor-call-2024", "steps.heard"), "is not there; to make it, --set its values"),
        (("jpn-kor-call-2024", "steps.proposed", "--set", "date=2024"), "is there already"),
        (("jpn-kor-call-2024", "steps.heard", "--set", "dat=2024"), "dat: unknown key; did you mean 'date'?"),
        (("jpn-kor-call-2024", "steps.heard", "--set", "status=agree"), "did you mean 'agreed'?"),
        (("jpn-kor-call-2024", "steps.heard", "--set", "status"), "--set status: expected KEY=VALUE"),
        (("jpn-kor-call-2024", "participants.lee", "--set", "is_veto=maybe"), "'maybe', expected true or false"),
        (("jpn-kor-call-2024", "outcomes.fund", "--set", "quantity_low=many"), "'many', expected a number"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(record: Path, arguments: tuple[str, ...], message: str) -> None:
    text = record.read_text(encoding="utf-8")
    result = run(*arguments, source=a_source(record))
    assert result.exit_code == 2
    assert message in result.stderr
    assert record.read_text(encoding="utf-8") == text


def test_pages_and_words_are_judged_first(record: Path) -> None:
    unknown = run("jpn-kor-call-2024", "steps.proposed", source="x")
    assert (unknown.exit_code, "no such page in dataset/sources" in unknown.stderr) == (2, True)
    short = run("jpn-kor-call-2024", "steps.proposed", words="They met again.", source=a_source(record))
    assert (short.exit_code, "3 words; take 8 to 160" in short.stderr) == (2, True)
    gist = ("--set", "act=inform", "--set", f"gist={WORDS}")
    copied = run("jpn-kor-call-2024", "voices.a.plan", *gist, source=a_source(record))
    assert (copied.exit_code, "use your own words" in copied.stderr) == (2, True)


def test_a_new_voice_keeps_who_speaks_and_the_remark_the_rest() -> None:
    typed = {"speaker": "lee,kim", "attribution": "on_record", "act": "expect", "certainty": "probable"}
    [voice] = cite({}, "voices.both.hope", SPAN, typed)["voices"].values()
    assert voice["speaker"] == ["lee", "kim"]
    assert voice["attribution"] == "on_record"
    assert voice["remarks"] == {"hope": {"act": "expect", "certainty": "probable", "spans": [NAME]}}


def test_of_several_rows_of_one_participant_one_is_named_or_one_more_made() -> None:
    data: dict[str, Any] = {"participants": {"lee": {"role": "guest"}}}
    data = cite(data, "participants.lee.+", SPAN, {"role": "guest", "attendance": "expected"})
    first, second = data["participants"]["lee"]
    assert (first, second["spans"]) == ({"role": "guest"}, [NAME])
    with pytest.raises(CitingError, match=r"lee has 2 rows; add \.1 to \.2"):
        cite(data, "participants.lee", SPAN, {})
    with pytest.raises(CitingError, match=r"expected \.1 to \.2"):
        cite(data, "participants.lee.3", SPAN, {})
    assert cite(data, "participants.lee.1", SPAN, {})["participants"]["lee"][0]["spans"] == [NAME]


def test_a_relation_is_named_by_its_other_event() -> None:
    data = cite({}, "relations.follows_up.talks-2023", SPAN, {})
    assert data["relations"] == {"follows_up": [{"to": "talks-2023", "spans": [NAME]}]}
    again = cite(data, "relations.follows_up.talks-2023", {**SPAN, "sha256": "1" * 64}, {})
    assert again["relations"]["follows_up"][0]["spans"] == [NAME, "cited-111111111111"]


@given(st.sampled_from(["steps.a", "outcomes.a", "participants.a", "relations.prepares.a"]), st.integers(1, 4))
def test_citing_is_idempotent_and_never_loses_a_row(row: str, times: int) -> None:
    data: dict[str, Any] = {
        "steps": {"a": {"date": "2024"}},
        "outcomes": {"a": {"title": "A."}},
        "participants": {"a": {"role": "guest", "spans": ["older"]}},
        "relations": {"prepares": [{"to": "a"}, {"to": "b"}]},
    }
    once = cite(data, row, SPAN, {})
    again = once
    for _ in range(times):
        again = cite(again, row, SPAN, {})
    assert again == once
    assert {section: len(once[section]) for section in data} == {section: len(data[section]) for section in data}
