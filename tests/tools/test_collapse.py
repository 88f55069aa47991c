"""The way back: tables lead to the very text that they came from, and every record has one form."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.dataset import Dataset
from communique.derive import derive
from communique.frames import arrow_table, to_frame
from communique.loading import read_tables
from communique.schemas import table_schemas
from communique_tools import records
from communique_tools.canonical import canonical
from communique_tools.collapse import collapse
from communique_tools.collapse.citations import span_names
from communique_tools.collapse.flat import flat_text
from communique_tools.collapse.implied import CollapseError, participant_key
from communique_tools.collapse.normal import normal
from communique_tools.expansion import expand
from communique_tools.flat import flat_files, read_flat
from communique_tools.record_keys import EVENT_TABLES
from communique_tools.records import Record, RecordError
from communique_tools.release.edition import DRAFT, table_contents
from communique_tools.release.parquet import write_tables

DATASET = Path(__file__).parents[2] / "dataset"
RECORDS = list(records.files(DATASET / "records"))
FLAT = [(table, path) for table, paths in flat_files(DATASET).items() for path in paths]
FILE = Path("chn-jpn-talks-2024.toml")


@pytest.fixture(scope="session")
def from_parquet(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The rows of the dataset, written to Parquet and read again."""
    folder = tmp_path_factory.mktemp("tables")
    write_tables(table_contents(dataset), folder, DRAFT)
    tables = read_tables(folder)
    return Dataset({name: to_frame(table) for name, table in tables.items()}).rows()


@pytest.fixture(scope="session")
def texts(from_parquet: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    return {key: canonical(Record(Path(f"{key}.toml"), data)) for key, data in collapse(from_parquet).items()}


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_record_comes_back_from_parquet_byte_for_byte(path: Path, texts: dict[str, str]) -> None:
    assert texts[path.stem] == path.read_bytes().decode(), "`communique fmt` gives every record its one form"


@pytest.mark.parametrize(("table", "path"), FLAT, ids=lambda value: getattr(value, "name", value))
def test_every_flat_table_comes_back_byte_for_byte(
    table: str, path: Path, from_parquet: dict[str, list[dict[str, Any]]]
) -> None:
    key_of = table_schemas()[table].key_of
    typed = {key_of(row): row for row in read_flat(table, path)}
    rows = [{**row, "attribution": typed[key_of(row)]["attribution"]} if table == "evidence" else row
            for row in from_parquet[table] if key_of(row) in typed]  # fmt: skip
    assert flat_text(table, rows) == path.read_bytes().decode(), "`communique fmt` gives every table its one form"


ACTORS = [
    {"actor_id": "chn", "actor_kind": "state", "name": "China"},
    {"actor_id": "jpn", "actor_kind": "state", "name": "Japan"},
    {"actor_id": "chn-mfa", "actor_kind": "government_body", "name": "Ministry", "parent_id": "chn"},
    {"actor_id": "li-ming", "actor_kind": "person", "name": "Li Ming"},
    {"actor_id": "sato-ken", "actor_kind": "person", "name": "Sato Ken"},
    {"actor_id": "wire", "actor_kind": "publisher", "name": "Wire", "publisher_kind": "wire"},
]
OFFICES = [
    {"office_id": "chn-minister", "title": "Minister", "body_id": "chn-mfa", "level": "minister"},
    {"office_id": "chn-envoy", "title": "Envoy", "body_id": "chn", "level": "envoy"},
]
TENURES = [
    {"tenure_id": f"li-ming-{office}", "person_id": "li-ming", "office_id": office, "start_edtf": start,
     "tenure_kind": "substantive"}
    for office, start in (("chn-minister", "2020"), ("chn-envoy", "2024-06"))
]  # fmt: skip
SOURCES = [
    {"source_id": key, "publisher_id": "wire", "published_edtf": "2024-05-28", "lang": "en", "source_kind": kind,
     "origin_id": key, "retrieved_on": datetime.date(2026, 11, 24), "extent": "whole"}
    for key, kind in (
        ("wire-1", "news_report"), ("wire-2", "readout"), ("mofa-1", "press_conference"), ("mofa-10", "analysis"),
    )
]  # fmt: skip
KNOWN: dict[str, list[dict[str, Any]]] = {
    "actors": ACTORS,
    "offices": OFFICES,
    "tenures": TENURES,
    "sources": SOURCES,
}


def formed(typed: str) -> str:
    """A record's one form, without the head and the spans."""
    text = canonical(normal(records.parse(f'event_id = "{FILE.stem}"\n{typed}', FILE), KNOWN))
    return text.partition("\n")[2].partition("\n[spans]")[0].strip()


SPAN = '[spans]\na = {{ source = "{}", words = 9, sha256 = "{}" }}\n'
A = SPAN.format("wire-1", "1a2b" + "0" * 60)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        (
            "[steps]\noccurred = { date = '2024-05-27', spans = ['a'] }\n"
            "proposed = { date = '2024-05-02', spans = ['a'] }",
            '[steps]\nproposed = { date = "2024-05-02", spans = ["wire-1a2b"] }\n'
            'occurred = { date = "2024-05-27", spans = ["wire-1a2b"] }',
        ),
        (
            "[steps]\nunder_way = { status = 'under_way', date = '2024', spans = ['a'] }",
            '[steps]\nunder-way = { date = "2024", spans = ["wire-1a2b"] }',
        ),
        (
            "[participants]\nsato-ken = [{ role = 'guest', spans = ['a'] },"
            " { role = ['chair', 'guest'], attendance = 'expected', spans = ['a'] }]\n"
            "jpn = { role = 'host', spans = ['a'] }",
            '[participants]\njpn = { role = "host", spans = ["wire-1a2b"] }\n'
            'sato-ken = [ { role = "chair", attendance = "expected", spans = ["wire-1a2b"] }, '
            '{ role = "guest", attendance = "expected", spans = ["wire-1a2b"] }, '
            '{ role = "guest", spans = ["wire-1a2b"] } ]',
        ),
        (
            "[relations]\nafter = { to = 'z', basis = 'stated', spans = ['a'] }\n"
            "prepares = [{ to = 'b', spans = ['a'] }]",
            '[relations]\nprepares = [ { to = "b", spans = ["wire-1a2b"] } ]\n'
            'after = [ { to = "z", spans = ["wire-1a2b"] } ]',
        ),
        (
            "[outcomes]\nx = { standing = 'actual', quantity_low = 3.0, adopted_on = 2024-05-27, spans = ['a'] }",
            '[outcomes]\nx = { quantity_low = 3, adopted_on = "2024-05-27", spans = ["wire-1a2b"] }',
        ),
        (
            "[voices.page]\nattribution = 'editorial'\nact = 'aim'\nremarks.y = { gist = 'Y', spans = ['a'] }\n"
            "remarks.x = { gist = 'X', setting = 'other', spans = ['a unattributed'] }\n"
            "remarks.z = { gist = 'Z', about_statement = 'chn-jpn-talks-2024/x', spans = ['a'] }",
            '[voices.page]\nattribution = "editorial"\n'
            'remarks.x = { act = "aim", setting = "other", spans = ["wire-1a2b unattributed"], gist = "X" }\n'
            'remarks.y = { act = "aim", spans = ["wire-1a2b"], gist = "Y" }\n'
            'remarks.z = { act = "aim", about_statement = "x", spans = ["wire-1a2b"], gist = "Z" }',
        ),
        (
            "[voices.li]\nattribution = 'document'\n"
            "remarks.x = { speaker = ['li-ming'], said = '2024', spans = ['a'] }\n"
            "remarks.y = { speaker = ['li-ming'], said = '2023', spans = ['a'] }",
            '[voices.li]\nspeaker = ["li-ming"]\nattribution = "document"\n'
            'remarks.x = { said = "2024", spans = ["wire-1a2b"] }\n'
            'remarks.y = { said = "2023", spans = ["wire-1a2b"] }',
        ),
        (
            "[steps]\noccurred = { date = '2024', place = 'x', spans = ['a unattributed'] }\n"
            "[evidence.steps.occurred]\nplace = { span = 'a', note = 'N', attribution = 'unattributed' }\n"
            "date = { span = 'a', contradicts = '2023' }",
            '[steps]\noccurred = { date = "2024", place = "x", spans = ["wire-1a2b"] }\n\n[evidence]\n'
            'steps.occurred.date = [ { span = "wire-1a2b", contradicts = "2023" } ]\n'
            'steps.occurred.place = [ { span = "wire-1a2b", note = "N" } ]',
        ),
    ],
    ids=["by-date", "slugs", "by-role", "by-term", "defaults", "remarks", "shared-by-the-voice", "column-evidence"],
)  # fmt: skip
def test_a_record_takes_its_one_form(typed: str, form: str) -> None:
    assert formed(f"{typed}\n{A}") == form


@pytest.mark.parametrize(
    ("day", "typed", "kept"),
    [
        ("2024-05-27", 'office = "chn-minister"', ""),
        ("2024-05-27", 'office = "chn-envoy"', ', office = "chn-envoy"'),
        ("2024-05-27", 'party = "chn"', ""),
        ("2024-05-27", 'party = "chn-mfa"', ', party = "chn-mfa"'),
        ("2010-01-01", 'office = "chn-minister", party = "chn"', ', office = "chn-minister"'),
    ],
)
def test_only_what_the_build_would_not_say_is_typed(day: str, typed: str, kept: str) -> None:
    steps = f"[steps]\noccurred = {{ date = '{day}', spans = ['a'] }}\n"
    people = f"[participants]\nli-ming = {{ role = 'guest', {typed}, spans = ['a'] }}\n"
    line = formed(steps + people + A).rpartition("\n")[2]
    assert line == f'li-ming = {{ role = "guest"{kept}, spans = ["wire-1a2b"] }}'


def test_spans_stand_by_page_and_place_and_so_do_those_that_a_row_cites() -> None:
    spans = "".join(
        f'{name} = {{ source = "{source}", words = 9, sha256 = "{digest * 64}", locator = "{place}" }}\n'
        for name, source, digest, place in (
            ("a", "wire-1", "a", "paragraph 10"), ("b", "wire-1", "b", "paragraph 9"), ("c", "mofa-1", "c", "title"),
        )
    )  # fmt: skip
    typed = (
        f"event_id = '{FILE.stem}'\n[steps]\noccurred = {{ date = '2024', spans = ['a', 'b', 'c'] }}\n[spans]\n{spans}"
    )
    lines = canonical(normal(records.parse(typed, FILE), KNOWN)).splitlines()
    assert [line.split(" ")[0] for line in lines[-3:]] == ["mofa-cccc", "wire-bbbb", "wire-aaaa"]
    assert 'spans = ["mofa-cccc", "wire-bbbb", "wire-aaaa"]' in lines[3]


def test_a_span_name_grows_only_as_far_as_it_must() -> None:
    spans = [
        {"span_id": f"{source}-{digest[:12]}", "source_id": source, "sha256": digest}
        for source, digest in (
            ("kyodo-a", "1" * 64), ("kyodo-b", "1" * 64), ("kyodo-c", "1" * 4 + "2" * 60), ("jiji-a", "1" * 64),
        )
    ]  # fmt: skip
    assert list(span_names(spans).values()) == [
        "kyodo-a-111111111111", "kyodo-b-111111111111", "kyodo-11112222", "jiji-1111",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (A, ":3  span 'a' supports no row; cite it or drop it"),
        ("[voices.x]\nspeaker = ['chn']\n", ":2  voice 'x' has no remarks; add one or drop it"),
        ("[steps]\noccurred = { dat = '2024' }\n", ":3  steps.occurred: unknown key 'dat'; did you mean 'date'?"),
    ],
)
def test_what_would_be_lost_is_refused(typed: str, message: str) -> None:
    with pytest.raises(RecordError) as refused:
        formed(typed)
    assert str(refused.value) == f"{FILE}{message}"


def test_a_record_that_is_only_begun_has_a_form_too() -> None:
    begun = "[steps]\noccurred = {}\nproposed = { date = '2024' }\n[participants]\nli-ming = {}\n[relations]\n"
    assert formed(begun) == ('[steps]\nproposed = { date = "2024" }\noccurred = {}\n\n[participants]\nli-ming = {}')


@pytest.mark.parametrize("key", ["e/li-ming-guest", "e/guest-expected", "e/li-ming", "e/-guest-expected"])
def test_a_participant_is_named_after_its_key_role_and_attendance(key: str) -> None:
    row = {"participant_id": key, "event_id": "e", "role": "guest", "attendance": "expected"}
    with pytest.raises(CollapseError, match="expected e/<key>-guest-expected"):
        participant_key(row)


names = st.sampled_from(["alpha", "beta", "gamma-2"])
dates = st.sampled_from(["2024", "2024-05", "2024-05-27", "[..2024-06-01]", "2024-05-01/2024-05-03"])
attributions = st.sampled_from(["", " anonymous", " document", " unattributed", " on_record"])
actors = st.lists(st.sampled_from(["chn", "jpn", "li-ming"]), min_size=1, max_size=2, unique=True)
digests = st.sampled_from(["aaaa0000" * 8, "aaaa0000" * 7 + "bbbbbbbb", "aaaa1111" * 8, "cccc" * 16])


@st.composite
def citations(draw: st.DrawFn, local: list[str]) -> list[str]:
    """The spans that a row cites, some with an attribution of their own."""
    chosen = draw(st.lists(st.sampled_from(local), min_size=1, max_size=3, unique=True))
    return [name + draw(attributions) for name in chosen]


@st.composite
def records_of_all_sorts(draw: st.DrawFn) -> dict[str, Any]:
    """A record in any of the ways in which one may type it."""
    sources = st.sampled_from([source["source_id"] for source in SOURCES])
    spans = draw(st.lists(st.tuples(sources, digests), min_size=1, max_size=4, unique_by=lambda s: (s[0], s[1][:12])))
    local = [f"s{number}" for number in range(len(spans))]
    cited = citations(local)

    def row(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({"spans": cited}, optional=keys)

    statuses = st.sampled_from(["occurred", "proposed", "date_proposed", "scheduled"])
    step = row(planned=dates, place=st.just("seoul"), by=st.just("chn"), dispute_note=st.just("No."))
    steps = draw(st.dictionaries(names, st.tuples(step, statuses, dates), max_size=3))
    entry = row(
        office=st.sampled_from(["chn-minister", "chn-envoy"]),
        party=st.sampled_from(["chn", "jpn", "chn-mfa"]),
        vote=st.just("for"),
        is_veto=st.booleans(),
    )
    roles = st.tuples(
        st.sampled_from(["host", "guest", "chair"]),
        st.sampled_from([{}, {"attendance": "expected"}, {"attendance": "absent"}]),
    )
    entries = st.lists(st.tuples(roles, entry), min_size=1, max_size=3, unique_by=lambda one: str(one[0]))
    people = draw(st.dictionaries(st.sampled_from(["li-ming", "sato-ken", "jpn", "chn-minister"]), entries, max_size=3))
    relation = st.tuples(st.sampled_from(["other-a", "other-b"]), row(basis=st.sampled_from(["stated", "inferred"])))
    related = st.dictionaries(
        st.sampled_from(["after", "prepares", "follows_up"]),
        st.lists(relation, min_size=1, max_size=2, unique_by=lambda one: one[0]),
        max_size=2,
    )
    outcome = row(
        kind=st.just("size"), standing=st.sampled_from(["actual", "planned"]),
        quantity_low=st.integers(0, 9) | st.floats(0, 9), adopted_on=st.dates().map(str) | st.dates(),
    )  # fmt: skip
    spoken = {
        "speaker": actors, "affiliation": actors, "subject": actors, "addressee": actors, "relayer": actors,
        "said": dates, "setting": st.just("other"), "description": st.just("an official"), "act": st.just("aim"),
        "about_event": st.just("other-a"), "gist": st.text("xyz", min_size=1, max_size=3),
        "attribution": st.sampled_from(["anonymous", "document", "analyst"]),
    }  # fmt: skip
    voices = st.dictionaries(
        names,
        st.tuples(
            st.fixed_dictionaries({}, optional=spoken),
            st.dictionaries(names, row(**spoken), min_size=1, max_size=2),
        ),
        max_size=2,
    )
    column = st.fixed_dictionaries(
        {"span": st.sampled_from(local)},
        optional={"contradicts": st.just("2023"), "note": st.just("N"), "attribution": st.just("analyst")},
    )
    own = draw(st.dictionaries(st.sampled_from(["date", "planned", "place"]), column, max_size=2))
    return {
        "event_id": FILE.stem,
        **draw(st.fixed_dictionaries({}, optional={"title": st.text("xyz"), "note": st.just("N"), "series": names})),
        "topics": draw(st.lists(st.sampled_from(["trade", "economy", "history"]), unique=True)),
        "steps": {
            "first": {"status": "rumoured", "date": "2023", "spans": local},  # so that every span is cited
            **{slug: {**of, "status": status, "date": date} for slug, (of, status, date) in steps.items()},
        },
        "participants": {
            key: [{**of, "role": role, **attended} for (role, attended), of in several]
            for key, several in people.items()
        },
        "relations": {
            term: [{**of, "to": to} for to, of in several] for term, several in draw(related).items()
        },
        "outcomes": draw(st.dictionaries(names.map("o-{}".format), outcome, max_size=2)),
        "voices": {
            name: {**shared, "remarks": {f"{name}-{slug}": remark for slug, remark in remarks.items()}}
            for name, (shared, remarks) in draw(voices).items()
        },
        "evidence": {"steps": {"first": {key: [entry] for key, entry in own.items()}}},
        "spans": {
            name: {"source": source, "words": 9, "sha256": digest}
            for name, (source, digest) in zip(local, spans, strict=True)
        },
    }  # fmt: skip


def complete(record: Record) -> dict[str, list[dict[str, Any]]]:
    return derive({table: [] for table in table_schemas()} | KNOWN | expand(record))


def said(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    order = {table: schema.columns for table, schema in table_schemas().items()}
    return {
        table: sorted(
            repr([(c.name, row.get(c.name)) for c in order[table]]).replace(".0)", ")") for row in rows[table]
        )
        for table in EVENT_TABLES
    }


@settings(max_examples=150, deadline=None)
@given(records_of_all_sorts())
def test_the_one_form_says_the_same_and_tables_lead_back_to_it(data: dict[str, Any]) -> None:
    record = Record(FILE, data)
    form = normal(record, KNOWN)
    text = canonical(form)
    assert said(complete(form)) == said(complete(record))
    assert canonical(normal(records.parse(text, FILE), KNOWN)) == text
    whole = {table: arrow_table(table, rows).to_pylist() for table, rows in complete(record).items()}
    assert canonical(Record(FILE, collapse(whole)[FILE.stem])) == text


@settings(max_examples=50, deadline=None)
@given(records_of_all_sorts(), st.randoms())
def test_one_form_whatever_the_order_in_which_rows_were_typed(data: dict[str, Any], random: Any) -> None:
    def shuffled(value: dict[str, Any]) -> dict[str, Any]:
        items = list(value.items())
        random.shuffle(items)
        return dict(items)

    mixed = {key: shuffled(value) if isinstance(value, dict) else value for key, value in data.items()}
    assert normal(Record(FILE, mixed), KNOWN).data == normal(Record(FILE, data), KNOWN).data
