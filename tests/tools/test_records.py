"""Reading records: what they expand to, and how a wrong one is refused."""

from pathlib import Path

import pytest

from communique_tools.expansion import expand
from communique_tools.records import RecordError, parse

SPAN = 's = { source = "a-page", words = 9, sha256 = "' + "0" * 64 + '" }\n'
GOOD = (
    'event_id = "a-meeting"\nevent_type = "meeting.summit"\ntitle = "A meeting"\n'
    '[steps]\noccurred = { date = "2023-09-26", spans = ["s"] }\n'
    '[voices.official]\ndescription = "an official"\nattribution = "anonymous"\n'
    'remarks.doubt = { act = "assess", gist = "Doubts it.", spans = ["s", "s carried_over"] }\n'
    "[spans]\n" + SPAN
)


def test_a_record_expands_to_rows_and_evidence() -> None:
    rows = expand(parse(GOOD, Path("a-meeting.toml")))
    assert rows["status_steps"][0]["step_id"] == "a-meeting/occurred"
    assert rows["statements"][0]["description"] == "an official"
    attributions = [item["attribution"] for item in rows["evidence"] if item["table_name"] == "statements"]
    assert attributions == ["anonymous", "carried_over"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[steps]", "[steps", "a-meeting.toml:4  no TOML"),
        ("title", "titel", "unknown key 'titel'; did you mean 'title'?"),
        ("date =", "dat =", "a-meeting.toml:5  steps.occurred: unknown key 'dat'; did you mean 'date'?"),
        ('["s"]', '["t"]', "steps.occurred: cites span 't', which [spans] does not hold"),
        ("words = 9", 'words = "nine"', 'spans.s.words: "nine", expected a whole number'),
        ('"a-meeting"', '"another"', "expected the file's name"),
        ('"2023-09-26"', "true", "steps.occurred.date: true, expected a date in quotes"),
    ],
)
def test_a_wrong_record_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(RecordError) as raised:
        expand(parse(GOOD.replace(old, new, 1), Path("a-meeting.toml")))
    assert message in str(raised.value)
