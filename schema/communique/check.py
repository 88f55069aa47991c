"""The check of a whole dataset: columns by the Pandera models, then keys, then the rules across rows."""

from collections.abc import Iterator

import pandas as pd
from pandera.errors import SchemaErrors

from communique.dataset import Dataset
from communique.report import Finding, Report
from communique.rules import RULES
from communique.schemas import TableSchema, table_schema
from communique.tables import TABLES


def _keys(frame: pd.DataFrame, schema: TableSchema) -> list[str]:
    parts = [frame[name].astype(object).where(frame[name].notna(), "").astype(str) for name in schema.key]
    return [" ".join(values) for values in zip(*parts, strict=True)]


def check_table(table: str, frame: pd.DataFrame) -> Iterator[Finding]:
    """The findings of one table alone: the Pandera model (C…) and the uniqueness of its key (K101)."""
    schema = table_schema(table)
    missing = [column.name for column in schema.columns if column.name not in frame.columns]
    if missing:
        yield Finding("C001", table, "-", f"columns are missing: {', '.join(missing)}")
        return
    keys = _keys(frame, schema)
    try:
        TABLES[table].validate(frame.reset_index(drop=True), lazy=True)
    except SchemaErrors as error:
        yield from _column_findings(table, keys, error.failure_cases)
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield Finding("K101", table, key, "the key stands twice")
        seen.add(key)


def _column_findings(table: str, keys: list[str], cases: pd.DataFrame) -> Iterator[Finding]:
    for case in cases.to_dict("records"):
        index = case["index"]
        key = keys[int(index)] if pd.notna(index) else "-"
        check = str(case["check"])
        code = "C002" if check == "not_nullable" else "C003" if check.startswith("isin") else "C004"
        wrong = {
            "C002": "is null, but must hold a value",
            "C003": f"{case['failure_case']!r} is no term of its vocabulary",
            "C004": f"{case['failure_case']!r} fails {check}",
        }[code]
        yield Finding(code, table, key, f"{case['column']}: {wrong}", column=str(case["column"]))


def check_references(dataset: Dataset) -> Iterator[Finding]:
    """Foreign keys that point nowhere (K102)."""
    for table in TABLES:
        schema = table_schema(table)
        frame = dataset[table]
        keys = _keys(frame, schema)
        for column in schema.columns:
            if column.foreign_key is None:
                continue
            known = set(dataset[column.foreign_key][table_schema(column.foreign_key).key[0]])
            for key, value in zip(keys, frame[column.name], strict=True):
                if pd.notna(value) and value not in known:
                    message = f"{column.name}: {column.foreign_key} has no {value!r}"
                    yield Finding("K102", table, key, message, column=column.name)


def check(dataset: Dataset) -> Report:
    """Everything that is wrong with a dataset."""
    findings = [finding for table in TABLES for finding in check_table(table, dataset[table])]
    findings += check_references(dataset)
    if not findings:  # the rules may rely on well-formed tables
        rows = dataset.rows()
        for rule in RULES.values():
            findings += [
                Finding(rule.code, table, key, message, rule.severity) for table, key, message in rule.failures(rows)
            ]
    return Report(tuple(sorted(findings)))
