"""Rules on evidence (E4…)."""

from communique.dates import Bounds
from communique.publicity import CITING, EVIDENCED
from communique.rules.catalogue import Failures, Row, Rows, key_of, rule
from communique.rules.facts import certainly_before, when


def _supported(rows: Rows) -> set[tuple[str, str]]:
    return {(item["table_name"], item["row_id"]) for item in rows["evidence"] if item["stance"] == "supports"}


@rule("E401", "error")
def every_row_is_supported(rows: Rows) -> Failures:
    """Every step, participation, remark, outcome and stated relation cites words that support it.

    A row that nobody can check again is not in the dataset. (That a plan lapsed in silence, no page says: see E411.)
    """
    supported = _supported(rows)
    for table, key in EVIDENCED.items():
        for row in rows[table]:
            is_silent = row.get("basis") == "inferred" or row.get("status") == "lapsed"
            if (table, row[key]) not in supported and not is_silent:
                yield table, row[key], "cites no words; add `spans`"


@rule("E402", "error")
def evidence_points_at_a_row(rows: Rows) -> Failures:
    """Evidence belongs to a row that exists.

    Rows are renamed and dropped; their evidence must go with them.
    """
    keys = {(table, row[key]) for table, key in CITING.items() for row in rows[table]}
    for item in rows["evidence"]:
        if (item["table_name"], item["row_id"]) not in keys:
            yield "evidence", key_of("evidence", item), f"{item['table_name']} has no row {item['row_id']!r}"


@rule("E403", "error")
def origin_chains_end(rows: Rows) -> Failures:
    """The origin of a source is itself an original.

    Ten reprints of one wire story are one origin; were the origin a reprint too, they would be counted twice.
    """
    origin = {source["source_id"]: source["origin_id"] for source in rows["sources"]}
    for source, first in origin.items():
        if origin[first] != first:
            yield "sources", source, f"its origin {first} has itself the origin {origin[first]}"


def _speakers(rows: Rows) -> set[str]:
    return {row["statement_id"] for row in rows["statement_actors"] if row["speech_role"] == "speaker"}


@rule("E404", "error")
def nameless_voices_are_described(rows: Rows) -> Failures:
    """A nameless voice is described; a described voice has no named speaker.

    "A senior official" is all that a reader can weigh of such a voice.
    """
    spoken = _speakers(rows)
    for row in rows["statements"]:
        is_named = row["statement_id"] in spoken
        if row["attribution"] == "anonymous" and not row["description"] and not is_named:
            yield "statements", row["statement_id"], "anonymous, but the voice has no description"
        if row["description"] and is_named:
            yield "statements", row["statement_id"], "has both a description and a named speaker"


@rule("E405", "error")
def tenures_are_supported(rows: Rows) -> Failures:
    """Every tenure cites words that support it, or a participation does that names person and office.

    The office decides the level of an event and the party of a person; a page that names a title shows it.
    """
    supported = _supported(rows)
    shown = {
        (row["person_id"], row["office_id"])
        for row in rows["participants"]
        if ("participants", row["participant_id"]) in supported
    }
    for row in rows["tenures"]:
        if ("tenures", row["tenure_id"]) not in supported and (row["person_id"], row["office_id"]) not in shown:
            yield "tenures", row["tenure_id"], "cites no words"


@rule("E406", "error")
def attribution_fits_the_voice(rows: Rows) -> Failures:
    """The attribution of a remark fits its voice.

    On record is who has a name; editorial is what the page itself says, so that nobody else is its speaker; and a
    voice without name and description can be neither a person's nor a spokesperson's.
    """
    spoken = _speakers(rows)
    described = {row["statement_id"] for row in rows["statements"] if row["description"]}
    for item in rows["evidence"]:
        if item["table_name"] != "statements" or item["stance"] != "supports":
            continue
        is_named, is_described = item["row_id"] in spoken, item["row_id"] in described
        if item["attribution"] == "editorial" and (is_named or is_described):
            yield "evidence", key_of("evidence", item), "editorial, but somebody else speaks"
        if item["attribution"] == "on_record" and not is_named:
            yield "evidence", key_of("evidence", item), "on record, but the voice names no speaker"
        if item["attribution"] in {"spokesperson", "analyst"} and not (is_named or is_described):
            yield "evidence", key_of("evidence", item), f"{item['attribution']}, but nobody speaks"


def _contradiction(item: Row, row: Row | None, supported: bool) -> str | None:
    """What is wrong with a piece of evidence that contradicts, if anything is."""
    value, column = item["contradicting"], item["column_name"]
    if value is None:
        return "contradicts, but names no value"
    if not supported:
        return "contradicts what nothing supports"
    own = row.get(column) if row and column else None
    return f"contradicts, but with the row's own value {value!r}" if str(own) == value else None


@rule("E407", "error")
def disagreeing_sources_are_both_kept(rows: Rows) -> Failures:
    """Words that contradict a row name the value that they give instead, and stand beside words that support it.

    Whoever disagrees with the choice must find both.
    """
    supported = _supported(rows)
    by_key = {(table, row[key]): row for table, key in CITING.items() for row in rows[table]}
    for item in rows["evidence"]:
        where = (item["table_name"], item["row_id"])
        if item["stance"] == "contradicts":
            wrong = _contradiction(item, by_key.get(where), where in supported)
        else:
            wrong = "supports, but names a contradicting value" if item["contradicting"] is not None else None
        if wrong:
            yield "evidence", key_of("evidence", item), wrong


@rule("E408", "error")
def disagreements_are_explained(rows: Rows) -> Failures:
    """Where sources disagree, a note at the words that contradict, or the step's dispute note, explains the choice.

    A choice without a reason cannot be weighed.
    """
    disputed = {("status_steps", row["step_id"]) for row in rows["status_steps"] if row["dispute_note"]}
    for item in rows["evidence"]:
        is_explained = item["note"] or (item["table_name"], item["row_id"]) in disputed
        if item["stance"] == "contradicts" and not is_explained:
            yield "evidence", key_of("evidence", item), "contradicts without a note"


@rule("E409", "error")
def only_pages_that_were_read_are_cited(rows: Rows) -> Failures:
    """Words are cited only from pages that were read.

    An unseen page is known by its reprint: the words stand there.
    """
    unseen = {row["source_id"] for row in rows["sources"] if row["extent"] == "unseen"}
    for row in rows["spans"]:
        if row["source_id"] in unseen:
            yield "spans", row["span_id"], f"{row['source_id']} is a page that nobody has seen"


@rule("E410", "error")
def spans_are_named_after_their_words(rows: Rows) -> Failures:
    """A span is named after its source and the first twelve digits of its hash.

    One sentence of one page is one span, whichever record cites it.
    """
    for row in rows["spans"]:
        expected = f"{row['source_id']}-{row['sha256'][:12]}"
        if row["span_id"] != expected:
            yield "spans", row["span_id"], f"expected {expected}"


@rule("E411", "warning")
def silent_lapses_were_searched(rows: Rows) -> Failures:
    """A lapse that no page reports rests on a row of coverage: its type and years were searched after its window.

    Silence shows something only where somebody listened.
    """
    supported = _supported(rows)
    types = {row["event_id"]: row["event_type"] for row in rows["events"]}
    for step in rows["status_steps"]:
        if step["status"] == "lapsed" and ("status_steps", step["step_id"]) not in supported:
            event_type, lapsed = types[step["event_id"]], when(step["date_edtf"])
            if not any(_was_searched(scope, event_type, lapsed) for scope in rows["coverage"]):
                yield "status_steps", step["step_id"], f"cites no words, and no search covers {event_type} then"


_CAN_TURN_OUT = frozenset({"assess", "expect", "intend", "commit", "explain", "inform"})
"""The acts whose words can turn out true or false, kept or not: only of them one may ask how sure they are."""


@rule("E412", "error")
def certainty_is_of_what_can_turn_out(rows: Rows) -> Failures:
    """A remark says how sure it is when it assesses, expects, intends, commits, explains or informs, and only then.

    Left open where it belongs, a certainty reads as unknown though the words were there; a demand has none.
    """
    for row in rows["statements"]:
        if row["act"] in _CAN_TURN_OUT and row["certainty"] is None:
            yield "statements", row["statement_id"], f"to {row['act']} is to be more or less sure: certainty is missing"
        elif row["act"] not in _CAN_TURN_OUT and row["certainty"] is not None:
            yield (
                "statements",
                row["statement_id"],
                f"to {row['act']} is not to be sure of something: leave certainty out",
            )


@rule("E413", "error")
def one_page_is_one_source(rows: Rows) -> Failures:
    """Two sources have two addresses.

    A page with two names counts as two origins, and confirms itself.
    """
    known: dict[str, str] = {}
    for row in rows["sources"]:
        first = known.setdefault(row["url"], row["source_id"])
        if row["url"] and first != row["source_id"]:
            yield "sources", row["source_id"], f"has the address of {first}; merge them"


def _was_searched(scope: Row, event_type: str, lapsed: Bounds) -> bool:
    covers_type = {event_type, event_type.partition(".")[0]} & set(scope["types"].split())
    years = when(scope["years"])
    is_within = not certainly_before(lapsed, years) and not certainly_before(years, lapsed)
    return bool(covers_type) and is_within and bool(lapsed.start and lapsed.start <= scope["searched_on"])
