"""The check of a whole dataset: columns, then keys, then references, then the rules across rows.

``check_table`` asks the Pandera model about anybody's frame. ``check_rows`` asks the compiled pass about rows,
which says the same and needs no pandas; ``check`` does both.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from communique.columns import NULL, column_findings, key_findings, nearest, reference_findings, shown, term_verdict
from communique.report import Finding, Report
from communique.rules import RULES
from communique.schemas import TableSchema, table_schema, table_schemas

if TYPE_CHECKING:
    import pandas as pd

    from communique.dataset import Dataset

Rows = dict[str, list[dict[str, Any]]]


def rule_findings(rows: Rows) -> Iterator[Finding]:
    """What the rules across rows find in well-formed tables."""
    for rule in RULES.values():
        for table, key, message in rule.failures(rows):
            yield Finding(rule.code, table, key, message, rule.severity)


def check_rows(rows: Rows) -> Report:
    """Everything that is wrong with a dataset given as rows; the rules are asked only of well-formed tables."""
    schemas = table_schemas()
    found: list[Finding] = []
    for name, schema in schemas.items():
        found += column_findings(schema, rows[name])
        found += key_findings(schema, rows[name])
    found += reference_findings(schemas, rows)
    if not found:
        found += rule_findings(rows)
    return Report.of(found)


_KINDS = {
    "string": "a text",
    "int64": "a whole number",
    "double": "a number",
    "bool": "true or false",
    "date32": "a day such as 2023-09-26",
}


def _case(schema: TableSchema, column: str, check: str, value: object) -> tuple[str, str]:
    if check == "not_nullable":
        return NULL
    if check.startswith("isin"):
        return term_verdict(value, schema.column(column).vocabulary or "")
    if check.startswith(("coerce_dtype", "dtype")):
        return "C004", f"{shown(value)}: expected {_KINDS[schema.column(column).type]}"
    return "C004", f"{shown(value)} fails {check}"


def check_table(table: str, frame: "pd.DataFrame") -> Iterator[Finding]:
    """The findings of one frame alone: missing columns (C001), its Pandera model (C002 to C004), its key (K101)."""
    import pandas as pd
    from pandera.errors import SchemaErrors

    from communique.frames import to_rows
    from communique.tables import TABLES

    schema = table_schema(table)
    missing = [column.name for column in schema.columns if column.name not in frame.columns]
    if missing:
        yield Finding("C001", table, "-", f"columns are missing: {', '.join(missing)}")
        return
    if twice := [str(name) for name in frame.columns[frame.columns.duplicated()]]:
        yield Finding("C001", table, "-", f"columns stand twice: {shown(', '.join(twice))}")
        return
    rows = to_rows(frame, schema)
    told: set[tuple[str, object]] = set()
    try:
        TABLES[table].validate(frame.reset_index(drop=True), lazy=True)
    except SchemaErrors as error:
        for case in error.failure_cases.to_dict("records"):
            column, index = str(case["column"]), case["index"]
            if pd.isna(index):
                name = case["failure_case"]
                hint = nearest(name, (known.name for known in schema.columns))
                yield Finding("C001", table, "-", f"unknown column {shown(name)}{hint}")
                continue
            if (column, index) in told:  # a value of another type fails twice, once for itself and once for the type
                continue
            told.add((column, index))
            code, words = _case(schema, column, str(case["check"]), case["failure_case"])
            yield Finding(code, table, schema.key_of(rows[int(index)]), f"{column}: {words}", column=column)
    yield from key_findings(schema, rows)


def check(dataset: "Dataset") -> Report:
    """Everything that is wrong with a dataset, the Pandera models having the first word on its frames."""
    found = [finding for table in table_schemas() for finding in check_table(table, dataset[table])]
    if found:
        return Report.of(found)
    return check_rows(dataset.rows())
