"""Rules on the terms and their counterparts in other schemes (V9…)."""

from communique.rules.catalogue import Failures, Rows, key_of, rule
from communique.schemas import table_schemas


@rule("V901", "error")
def every_type_has_its_counterparts(rows: Rows) -> Failures:
    """Every event type has a row in the crosswalk for each scheme, `none` included.

    That a scheme has no counterpart is a statement; a missing row is an oversight.
    """
    schemes = sorted(row["term"] for row in rows["terms"] if row["vocabulary"] == "event_scheme")
    known = {(row["event_type"], row["scheme"]) for row in rows["crosswalk"]}
    for row in rows["terms"]:
        missing = [scheme for scheme in schemes if (row["term"], scheme) not in known]
        if row["vocabulary"] == "event_type" and missing:
            yield "terms", key_of("terms", row), f"has no row in the crosswalk for {', '.join(missing)}"


@rule("V902", "error")
def terms_in_use_are_defined(rows: Rows) -> Failures:
    """Every term that a row uses is defined in the dataset's own table of terms.

    The dataset explains itself, without the code that made it. (A vocabulary of which it brings no term at all is that
    of the schemas, which every column is checked against.)
    """
    defined = {(row["vocabulary"], row["term"]) for row in rows["terms"]}
    brought = {vocabulary for vocabulary, _ in defined}
    for table, schema in table_schemas().items():
        for column in schema.columns:
            if column.vocabulary in brought:
                for row in rows[table]:
                    value = row.get(column.name)
                    if value is not None and (column.vocabulary, value) not in defined:
                        yield table, key_of(table, row), f"{column.name}: {value!r} is not defined in terms"


@rule("V903", "error")
def terms_hang_together(rows: Rows) -> Failures:
    """A term's broader term stands in the same vocabulary, and no term is broader than itself.

    Counts by the broader term would otherwise lose their narrower ones.
    """
    known = {(row["vocabulary"], row["term"]) for row in rows["terms"]}
    for row in rows["terms"]:
        broader = row["broader"]
        if broader is not None and (broader == row["term"] or (row["vocabulary"], broader) not in known):
            yield "terms", key_of("terms", row), f"broader: {row['vocabulary']} has no other term {broader!r}"


@rule("V904", "error")
def no_counterpart_is_a_dash(rows: Rows) -> Failures:
    """A counterpart has the code '-' when, and only when, its match is none.

    Otherwise a missing counterpart would be a code like any other.
    """
    for row in rows["crosswalk"]:
        if (row["code"] == "-") != (row["match_type"] == "none"):
            yield "crosswalk", key_of("crosswalk", row), f"the code is {row['code']!r}, the match {row['match_type']}"
