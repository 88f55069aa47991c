"""Reading hostile records: whatever a file holds, there is one clear line and never a trace or a hang."""

import copy
import datetime
import os
import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.check import check_rows
from communique.derive import derive
from communique.schemas import table_schemas
from communique_tools.canonical import canonical, value_text
from communique_tools.collapse.normal import normal
from communique_tools.expansion import expand
from communique_tools.flat import flat_files, read_flat
from communique_tools.records import MOST_BYTES, Record, RecordError, parse, read
from communique_tools.validation.places import in_records
from communique_tools.validation.targets import records_findings

DATASET = Path(__file__).parents[2] / "dataset"
FOLDER = DATASET / "records" / "china-japan-korea"
# Between them they hold every section, and evidence of single columns.
TYPED = [
    (path, tomllib.loads(path.read_text(encoding="utf-8")))
    for path in (FOLDER / "cjk-som-2023.toml", FOLDER / "chn-jpn-abe-li-2015.toml", FOLDER / "cjk-summit-2023.toml")
]
FLAT = {
    table: [row for path in paths for row in read_flat(table, path)] for table, paths in flat_files(DATASET).items()
}
FILE = Path("a-meeting.toml")
HEAD = 'event_id = "a-meeting"\n'

NAMES = st.sampled_from(["", "a b", "\0", "a\nb", "a/b", "é", "steps", "spans", "remarks", "role", "date", "x" * 500])
TEXTS = st.sampled_from(
    ["", "x", "a b", "\0", "a\nb", "a\u2028b", "a/b", "x" * 5000, "chn", "2023", "9999-12-31", "0000", "[..]", "y17e7"]
)
DAYS = [datetime.date(2023, 1, 1), datetime.time(1), datetime.datetime.max]
SCALARS = TEXTS | st.sampled_from([5, -1, 2**70, True, 1.5, float("nan"), float("inf"), *DAYS])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2), max_leaves=4
)


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every table or list of a record, with each of its keys or positions."""
    keys = list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [(data, key) for key in keys] + [place for key in keys for place in _places(data[key])]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Path, dict[str, Any]]:
    """A real record in which one to three places hold something else, nothing, or one key more."""
    path, data = draw(st.sampled_from(TYPED))
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(_places(data)))
        match draw(st.sampled_from(["other", "other", "gone", "more"])):
            case "gone":
                del holder[key]
            case "more" if isinstance(holder, dict):
                holder[draw(NAMES)] = draw(VALUES)
            case _:
                holder[key] = draw(VALUES)
    return path, data


def _text(data: dict[str, Any]) -> str:
    """Any data as TOML, one key a line."""
    return "".join(f"{value_text({key: value})[2:-2]}\n" for key, value in data.items())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def test_whatever_a_record_holds_it_is_read_or_refused_in_one_line(given: tuple[Path, dict[str, Any]]) -> None:
    path, data = given
    try:
        record = parse(_text(data), path)
        rows = expand(record)
    except RecordError as error:
        assert "\n" not in error.message
        assert len(error.message) < 600
        assert 1 <= error.line <= len(data)
        return
    _typed(rows)
    written = canonical(record)
    assert canonical(parse(written, path)) == written
    _judged(record, rows)


def _typed(rows: dict[str, list[dict[str, Any]]]) -> None:
    kinds = {"string": str, "int64": int, "double": int | float, "bool": bool, "date32": datetime.date}
    for table, content in rows.items():
        for row in content:
            for column in table_schemas()[table].columns:
                value = row.get(column.name)
                assert value is None or isinstance(value, kinds[column.type])


def _judged(record: Record, rows: dict[str, list[dict[str, Any]]]) -> None:
    """What can be read can be derived, checked, located and formatted, whatever it says."""
    whole = {table: copy.deepcopy(FLAT.get(table, [])) for table in table_schemas()}
    locate = in_records(DATASET, {record.event_id: record})
    for finding in check_rows(derive({**whole, **copy.deepcopy(rows), "spans": rows["spans"]})).findings[:20]:
        assert "\n" not in str(locate(finding)) + finding.message
    try:
        normal(record, FLAT)
    except RecordError as error:
        assert "\n" not in error.message


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda content: content.decode("utf-8", "replace")))
def test_whatever_a_text_is_it_is_no_record_in_one_line(text: str) -> None:
    with pytest.raises(RecordError) as refused:
        parse(text, FILE)
    assert refused.value.line <= text.count("\n") + 1
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (HEAD, "2  no TOML: a key stands twice"),
        ("note = " + "[" * 50_000, "1  no TOML of a record: lists or tables are nested too deep"),
        ("note = " + "9" * 5000, "1  no TOML: Exceeds the limit"),
        ("\n" + ".".join(["a"] * 50_000) + " = 1", "3  no TOML of a record: more than 32 names"),
        ("note = 2023-02-30", "2  no TOML: Invalid date or datetime"),
        ("steps = []", "2  steps: [], expected a section that begins with [steps]"),
        ("topics = 3", "2  topics: 3, expected a list of texts"),
        ('topics = "trade"', '2  topics: "trade", expected a list of texts, such as ["trade"]'),
        ("title = ''' a\n b '''\nnote = 5", "4  note: 5, expected a text in quotes"),
        ("[steps]\noccurred = 5", "3  steps.occurred: 5, expected a table"),
        ("[steps.occurred]\ndate = 2023-09-26", "2  steps.occurred.date: 2023-09-26, expected a date in quotes"),
        ("[steps]\noccurred.spans = 5", "3  steps.occurred.spans: 5, expected a list of texts"),
        ("[steps]\noccurred = { spans = [['a']] }", '3  steps.occurred.spans: [["a"]], expected a list of texts'),
        ("[participants]\nchn = { role = [] }", "3  participants.chn.role: is an empty list, expected a role"),
        ("[participants]\nchn = { role = [[]] }", "3  participants.chn.role: [[]], expected a list of texts"),
        ("[participants]\nchn = [5]", "3  participants.chn: 5, expected a table such as { … }, or a list of them"),
        ("[relations]\nrevives = 'x'", '3  relations.revives: "x", expected a table'),
        ("[outcomes]\na = { quantity_low = nan }", "3  outcomes.a.quantity_low: nan, expected a number"),
        ("[outcomes]\na = { adopted_on = 2023-01-01T00:00:00 }", "3  outcomes.a.adopted_on: 2023-01-01T00:00:00, exp"),
        ("[voices]\nli = 5", "3  voices.li: 5, expected a table"),
        ("[voices.li]\nremarks = 5", "3  voices.li.remarks: 5, expected a table"),
        ("[voices.li]\nremarks.a = 5", "3  voices.li.remarks.a: 5, expected a table"),
        ("[voices.li]\nspeaker = 'li'\nremarks.a = {}", '4  voices.li.remarks.a.speaker: "li", expected a list'),
        ("[evidence]\nsteps = 5", "3  evidence.steps: 5, expected a table"),
        ("[evidence]\nsteps.a.dat = {}", "3  evidence.steps.a: unknown key 'dat'; did you mean 'date'?"),
        ("[evidence]\nsteps.a.date = [{}]", "3  evidence.steps.a.date.span: is missing, expected a text in quotes"),
        ("[spans]\ns = { words = 9 }", "3  spans.s.source: is missing, expected a text in quotes"),
        (f"[spans]\ns = {{ source = 'a', sha256 = 'b', words = {2**70} }}", f"3  spans.s.words: {2**70}, expected"),
    ],
)
def test_every_kind_of_wrong_value_names_line_key_value_and_what_was_expected(typed: str, message: str) -> None:
    with pytest.raises(RecordError) as refused:
        expand(parse(HEAD + typed, FILE))
    assert str(refused.value).startswith(f"{FILE}:{message}")


def test_a_byte_order_mark_is_refused_by_its_name() -> None:
    with pytest.raises(RecordError, match=":1  begins with a byte order mark"):
        parse("\ufeff" + HEAD, FILE)


def test_line_ends_of_another_system_are_no_reason_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b'event_id = "a-meeting"\r\n[steps]\r\noccurred = { spans = 5 }\r\n')
    with pytest.raises(RecordError, match=re.escape(":3  steps.occurred.spans: 5")):
        expand(read(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "broken.toml").symlink_to("nowhere")
    (tmp_path / "circle.toml").symlink_to("circle.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    for path in tmp_path.iterdir():
        with pytest.raises(RecordError, match="is no file; expected a record in TOML"):
            read(path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE
    path.write_text(HEAD, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(RecordError, match=":1  cannot be read: Permission denied"):
        read(path)


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(HEAD.encode() + 'note = "Sécurité"\n'.encode("cp1252"))
    with pytest.raises(RecordError, match=":2  not UTF-8: invalid continuation byte at byte 32; save it as UTF-8"):
        read(path)


def test_a_file_of_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(HEAD + f'note = "{"x" * 10_000_000}"', encoding="utf-8")
    begin = time.monotonic()
    with pytest.raises(RecordError, match=f"a record is one event, of at most {MOST_BYTES}"):
        read(path)
    assert time.monotonic() - begin < 1


def test_an_event_has_one_record(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / "records" / folder).mkdir(parents=True)
        (tmp_path / "records" / folder / FILE).write_text(HEAD, encoding="utf-8")
    [found] = records_findings(tmp_path)
    assert str(found.place) == str(tmp_path / "records" / "b" / f"{FILE}:1")
    assert "is that of" in found.finding.message
