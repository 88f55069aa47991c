"""Rules on dates (D1…)."""

from communique.dates import DateError, bounds
from communique.rules.catalogue import Failures, Rows, rule
from communique.schemas import table_schema


@rule("D101", "error")
def dates_are_edtf(rows: Rows) -> Failures:
    """Every EDTF column holds a date in EDTF."""
    for table, content in rows.items():
        schema = table_schema(table)
        for column in (c.name for c in schema.columns if c.format == "edtf"):
            for row in content:
                try:
                    bounds(row[column]) if row[column] else None
                except DateError as error:
                    yield table, " ".join(str(row[name]) for name in schema.key), f"{column}: {error}"


@rule("D102", "error")
def published_before_retrieved(rows: Rows) -> Failures:
    """A page was published on or before the day on which it was read."""
    for source in rows["sources"]:
        start = bounds(source["published_edtf"]).start if source["published_edtf"] else None
        if start and start > source["retrieved_on"]:
            yield "sources", source["source_id"], f"published {start}, retrieved {source['retrieved_on']}"


@rule("D103", "error")
def the_past_is_reported_after_it(rows: Rows) -> Failures:
    """A page that reports a step as past is not older than the step, but for a day of time zones."""
    source_of = {span["span_id"]: span["source_id"] for span in rows["spans"]}
    published = {s["source_id"]: s["published_edtf"] for s in rows["sources"]}
    starts = {s["step_id"]: s["start_on"] for s in rows["status_steps"] if s["status"] == "occurred"}
    for item in rows["evidence"]:
        start = starts.get(item["row_id"])
        edtf = published.get(source_of.get(item["span_id"], ""))
        end = bounds(edtf).end if edtf else None
        is_support = item["table_name"] == "status_steps" and item["stance"] == "supports"
        if is_support and start and end and (start - end).days > 1:
            yield "status_steps", item["row_id"], f"cites a page of {end} for what began on {start}"
