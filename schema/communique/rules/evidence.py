"""Rules on evidence (E4…)."""

from communique.rules.catalogue import Failures, Rows, rule

EVIDENCED = {
    "status_steps": "step_id",
    "participants": "participant_id",
    "statements": "statement_id",
    "relations": "relation_id",
    "outcomes": "outcome_id",
}


@rule("E401", "error")
def every_row_is_supported(rows: Rows) -> Failures:
    """Every step, participant, remark, stated relation and outcome cites words that support it."""
    supported = {(e["table_name"], e["row_id"]) for e in rows["evidence"] if e["stance"] == "supports"}
    for table, key in EVIDENCED.items():
        for row in rows[table]:
            if (table, row[key]) not in supported and row.get("basis") != "inferred":
                yield table, row[key], "cites no words; add `spans`"


@rule("E402", "error")
def evidence_points_at_a_row(rows: Rows) -> Failures:
    """Evidence belongs to a row that exists."""
    keys = {(table, row[key]) for table, key in EVIDENCED.items() for row in rows[table]}
    for item in rows["evidence"]:
        if (item["table_name"], item["row_id"]) not in keys:
            yield "evidence", f"{item['table_name']} {item['row_id']}", "supports a row that does not exist"


@rule("E403", "error")
def origin_chains_end(rows: Rows) -> Failures:
    """The origin of a source is itself an original."""
    origin = {source["source_id"]: source["origin_id"] for source in rows["sources"]}
    for source, first in origin.items():
        if origin[first] != first:
            yield "sources", source, f"its origin {first} has itself the origin {origin[first]}"


@rule("E404", "error")
def nameless_voices_are_described(rows: Rows) -> Failures:
    """A nameless voice is described; a described voice has no named speaker."""
    spoken = {a["statement_id"] for a in rows["statement_actors"] if a["speech_role"] == "speaker"}
    for statement in rows["statements"]:
        is_named = statement["statement_id"] in spoken
        if statement["attribution"] == "anonymous" and not statement["description"] and not is_named:
            yield "statements", statement["statement_id"], "anonymous, but the voice has no description"
        if statement["description"] and is_named:
            yield "statements", statement["statement_id"], "has both a description and a named speaker"
