"""The one layout of a record: nothing is lost, and a second time nothing changes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique_tools import records
from communique_tools.canonical import REMARK_ORDER, ROW_ORDER, VOICE_ORDER, canonical, value_text
from communique_tools.expansion import expand
from communique_tools.record_keys import COLUMNS_OF, EVENT, REMARK, SECTIONS, VOICE
from communique_tools.records import Record

RECORDS = list(records.files(Path(__file__).parents[2] / "dataset" / "records"))
FILE = Path("irn-sau-relations.toml")

# Every construct of a record, as it is to be written.
LAYOUT = """\
event_id = "irn-sau-relations"
event_type = "relations.restored"
title = "Diplomatic relations between Iran and Saudi Arabia"
series = "irn-sau"
topics = ["diplomatic_relations", "security"]
note = "What must survive."

[steps]
proposed = { date = "[..2023-03-06]", by = "chn", spans = ["m1"] }
agreed = { date = "2023-03-10", planned = "[2023-03-10..2023-05-10]", place = "beijing", mode = "in_person", spans = ["m2 document"] }
agreed-window = { status = "agreed", date = "2023-04-06", planned_note = "to_be_agreed", because = "irn-sau-talks-beijing", spans = ["m3"] }
postponed = { date = "2023-05-09", by = "irn", reason = "health", dispute_note = "Tehran gives the 8th.", spans = ["m3", "m4 anonymous"] }

[participants]
ali-shamkhani = [ { role = "participant", spans = ["m1"] }, { role = "signatory", spans = ["m2"] } ]
wang-yi = { role = "mediator", office = "chn-foreign-affairs-director", spans = ["m2"] }
sau-foreign-minister = { role = "guest", attendance = "expected", spans = ["m2"] }
rus = { role = "participant", vote = "against", is_veto = true, spans = ["m5"] }

[relations]
revives = [ { to = "irn-sau-security-2001", spans = ["m2"] } ]
follows_up = [ { to = "irn-sau-talks-baghdad", basis = "inferred", note = "Same envoys and agenda.", spans = ["m1"] } ]

[outcomes]
joint-statement = { kind = "joint_statement", title = "Three-party statement", adopted_on = "2023-03-10", spans = ["m2"] }
votes-for = { kind = "tally", title = "In favour", quantity_low = 13, quantity_high = 13, unit = "votes", spans = ["m5"] }

[voices.both]
speaker = ["irn", "sau"]
attribution = "document"
remarks.thanks = { act = "thank", addressee = ["irq", "omn", "chn"], spans = ["m2"], gist = "Grateful for hosting rounds of talks." }
remarks.pact = { act = "commit", about_event = "irn-sau-security-2001", about = "[2023-03-10..]", certainty = "certain", spans = ["m2"], gist = "Will carry out the pact." }

[voices.official]
description = "a senior Gulf official"
affiliation = ["sau"]
anonymity_reason = "not_authorised"
relayer = ["reuters"]
attribution = "anonymous"
said = "2023-03-12"
setting = "interview"
remarks.doubt = { act = "assess", certainty = "possible", subject = ["irn"], addressee = ["usa"], spans = ["m4", "m6 carried_over"], gist = "Unsure that it lasts." }

[evidence]
steps.agreed.date = [ { span = "m7", contradicts = "2023-03-09", attribution = "document" }, { span = "m2", note = "Dateline and text agree." } ]

[spans]
m1 = { source = "mehr-irn-sau", words = 24, sha256 = "9f86d081884c7d659a2feaa0c55ad015", locator = "paragraph 1" }
"""  # noqa: E501


def text(typed: str) -> str:
    return canonical(records.parse(f'event_id = "{FILE.stem}"\n{typed}', FILE)).partition("\n")[2].strip()


def test_the_layout_is_kept_as_it_is() -> None:
    assert canonical(records.parse(LAYOUT, FILE)) == LAYOUT


def shuffled(value: Any) -> Any:
    """The same tables with their keys in reverse, where the order of keys says nothing."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


def test_keys_and_sections_take_their_order_whatever_was_typed() -> None:
    data = records.parse(LAYOUT, FILE).data
    mixed = canonical(Record(FILE, shuffled(data)))
    assert sorted(mixed.splitlines()) == sorted(LAYOUT.splitlines())
    headers = [line.strip("[]").partition(".")[0] for line in mixed.splitlines() if line.startswith("[")]
    assert list(dict.fromkeys(headers)) == list(SECTIONS)
    assert mixed.splitlines()[: len(EVENT)] == LAYOUT.splitlines()[: len(EVENT)]


def test_rows_keep_the_order_in_which_they_were_typed() -> None:
    assert (
        text("[spans]\nb = {}\na = {}\n[steps]\nz = {}\ny = {}") == "[steps]\nz = {}\ny = {}\n\n[spans]\nb = {}\na = {}"
    )


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_record_says_the_same_in_its_one_layout(path: Path) -> None:
    record = records.read(path)
    written = canonical(record)
    again = records.parse(written, path)
    assert again.data == record.data
    assert canonical(again) == written
    assert expand(again) == expand(record)


def test_every_key_of_a_record_has_its_place() -> None:
    for section, columns in COLUMNS_OF.items():
        assert {*columns, "spans"} <= set(ROW_ORDER[section]), section
    assert {*VOICE, *REMARK} == set(VOICE_ORDER)
    assert {*VOICE, *REMARK, "spans"} - {"remarks"} == set(REMARK_ORDER)
    assert all(len(set(order)) == len(order) for order in (*ROW_ORDER.values(), VOICE_ORDER, EVENT, SECTIONS))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[steps.occurred]\nplace = 'x'\ndate = '2023'", '[steps]\noccurred = { date = "2023", place = "x" }'),
        ("title = '''a\nb'''", 'title = "a\\nb"'),
        ("title = '\"\\'", 'title = "\\"\\\\"'),
        ('title = "\\u0000\\u007f\\u001b é 中"', 'title = "\\u0000\\u007F\\u001B é 中"'),
        ("[spans]\n'a b' = {}\n'' = {}", '[spans]\n"a b" = {}\n"" = {}'),
        ("[outcomes]\na = { adopted_on = 2023-09-26 }", "[outcomes]\na = { adopted_on = 2023-09-26 }"),
        ("[outcomes]\na = { quantity_low = 1e3 }", "[outcomes]\na = { quantity_low = 1000.0 }"),
        ("[voices.page.remarks.x]\nact = 'aim'", '[voices.page]\nremarks.x = { act = "aim" }'),
        ("[voices]", "[voices]"),
        ("[voices]\na = 1\n[voices.b]", "[voices]\na = 1\n\n[voices.b]"),
        ("[evidence.steps.occurred]\ndate = []", "[evidence]\nsteps.occurred.date = []"),
        ("[relations]\n[[relations.after]]\nto = 'x'", '[relations]\nafter = [ { to = "x" } ]'),
        ("[steps]\na = { zzz = 1, spans = [] }", "[steps]\na = { spans = [], zzz = 1 }"),
    ],
)  # fmt: skip
def test_other_ways_of_typing_become_the_one(typed: str, written: str) -> None:
    assert text(typed) == written


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(TypeError, match="None is no value of TOML"):
        value_text([None])


scalars = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.dates(),
    st.times(),
    st.datetimes(),
)
names = st.one_of(
    st.sampled_from(["date", "spans", "remarks", "occurred", "a.b"]), st.text('aB-_ é"\\\n\x00', max_size=4)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
tables = st.dictionaries(names, values, max_size=3)
sections = st.dictionaries(names, values | tables, max_size=3)
data = st.fixed_dictionaries(
    {},
    optional={**dict.fromkeys(EVENT, values), **dict.fromkeys(SECTIONS, sections)},
)


@settings(max_examples=100, deadline=None)
@given(data)
def test_nothing_is_lost_and_a_second_time_nothing_changes(anything: dict[str, Any]) -> None:
    written = canonical(Record(FILE, anything))
    read = tomllib.loads(written)
    assert read == anything
    assert canonical(Record(FILE, read)) == written


@settings(max_examples=25, deadline=None)
@given(data)
def test_a_line_never_holds_two_rows(anything: dict[str, Any]) -> None:
    spans = anything.get("spans", {})
    written = canonical(Record(FILE, {"spans": spans}))
    assert written.count("\n") == 1 + len(spans)
